/** Schedules: when a method is due by the clock. */
@NullMarked
package dev.parigot.cron;

import org.jspecify.annotations.NullMarked;
