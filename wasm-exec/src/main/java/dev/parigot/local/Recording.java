package dev.parigot.local;

import java.util.List;

/**
 * A run of a test, and what its steps did.
 *
 * @param events in the order in which they happened; those of a run without end are cut off
 * @param times when each step was taken that is no fault, in nanoseconds of the run's clock
 */
public record Recording(TestReport report, List<Event> events, List<Long> times) {
  public Recording {
    events = List.copyOf(events);
    times = List.copyOf(times);
  }
}
