/** Calls the methods that schedules name when they are due, and keeps what became of it. */
@NullMarked
package dev.parigot.cron;

import org.jspecify.annotations.NullMarked;
