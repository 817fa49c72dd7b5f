package dev.parigot.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Nothing before its time, ticks as their overlap allows, no clock that goes back. */
final class Times {
  private static final String EARLY = "timers";
  private static final String OVERLAP = "overlap";
  private static final String CLOCK = "clocks";

  private final List<Violation> violations = new ArrayList<>();
  private final Map<String, Event.Clock> readings = new HashMap<>();
  private final Map<String, Event.Ran> ticks = new HashMap<>();

  private Times() {}

  static List<Violation> check(History history) {
    Times times = new Times();
    for (Event event : history.events()) {
      switch (event) {
        case Event.Slept slept -> times.check(slept);
        case Event.Clock reading -> times.check(reading);
        case Event.Ran ran -> times.check(ran);
        default -> {}
      }
    }
    return times.violations;
  }

  private void check(Event.Slept slept) {
    if (!Legal.isDue(slept.took(), slept.nanos())) {
      violations.add(
          new Violation(
              EARLY,
              "%s and was woken up after %d ns".formatted(Told.of(slept), slept.took()),
              slept,
              slept));
    }
  }

  private void check(Event.Clock reading) {
    Event.Clock before = readings.put(reading.by().instance(), reading);
    if (before != null && reading.nanos() < before.nanos()) {
      violations.add(
          new Violation(
              CLOCK,
              "%s after it had read %d ns: it went back"
                  .formatted(Told.of(reading), before.nanos()),
              before,
              reading));
    }
  }

  private void check(Event.Ran ran) {
    if (!Legal.isDue(ran.began(), ran.due())) {
      violations.add(new Violation(EARLY, Told.of(ran) + ", early, at " + ran.began(), ran, ran));
    }
    Event.Ran before = ticks.put(ran.schedule(), ran);
    if (before != null && !Legal.mayRun(ran.overlap(), !before.span().before(ran.span()))) {
      violations.add(
          new Violation(
              OVERLAP,
              "%s while the one of %s still ran, which its overlap forbids"
                  .formatted(Told.of(ran), before.due()),
              before,
              ran));
    }
  }
}
