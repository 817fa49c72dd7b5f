/** Schedules: services called by the clock. */
@NullMarked
package dev.parigot.cron;

import org.jspecify.annotations.NullMarked;
