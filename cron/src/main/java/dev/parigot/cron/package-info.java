/**
 * Runs what is due by the clock. Nothing does so yet: schedules are checked at push, and kept by
 * tests.
 */
@NullMarked
package dev.parigot.cron;

import org.jspecify.annotations.NullMarked;
