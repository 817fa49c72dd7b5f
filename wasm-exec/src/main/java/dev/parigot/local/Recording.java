package dev.parigot.local;

import java.util.List;

/**
 * A run of a test, and what its steps did.
 *
 * @param events in the order in which they happened; those of a run without end are cut off
 */
public record Recording(TestReport report, List<Event> events) {
  public Recording {
    events = List.copyOf(events);
  }
}
