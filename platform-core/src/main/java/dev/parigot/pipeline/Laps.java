package dev.parigot.pipeline;

import dev.parigot.release.Release;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** How long each part of a deployment takes, one after the other. */
final class Laps {
  /** For the deployment before. */
  static final String WAIT = "wait";

  /** Reading and checking what was pushed. */
  static final String CHECK = "check";

  /** Its own tests. */
  static final String TEST = "test";

  static final String STORE = "store";

  /** The new services, their health included. */
  static final String START = "start";

  /** From there until it is live; a push moves its branch meanwhile. */
  static final String ACCEPT = "accept";

  private final Clock clock;
  private final List<Release.Step> laps = new ArrayList<>();
  private Instant since;

  Laps(Clock clock) {
    this.clock = clock;
    this.since = clock.instant();
  }

  /** Ends a part, and begins the next one. */
  void end(String part) {
    Instant now = clock.instant();
    laps.add(new Release.Step(part, Duration.between(since, now).toMillis()));
    since = now;
  }

  List<Release.Step> all() {
    return List.copyOf(laps);
  }

  /** All of it but the wait. */
  Duration duration() {
    return Duration.ofMillis(
        laps.stream()
            .filter(lap -> !lap.name().equals(WAIT))
            .mapToLong(Release.Step::millis)
            .sum());
  }
}
