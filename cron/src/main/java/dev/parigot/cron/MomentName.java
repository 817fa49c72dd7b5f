package dev.parigot.cron;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a moment of an app is called: {@code restock@1774000000} is a tick, in seconds since 1970,
 * {@code restock#42} a run that somebody asked for. Names of schedules have neither character.
 *
 * @param tick null for a run that was asked for
 * @param run 0 for a tick
 */
record MomentName(String job, @Nullable Instant tick, long run) {
  private static final char TICK = '@';
  private static final char RUN = '#';

  static String ofTick(String job, Instant tick) {
    return job + TICK + tick.getEpochSecond();
  }

  static String ofRun(String job, long run) {
    return job + RUN + run;
  }

  static MomentName of(String name) {
    int tick = name.lastIndexOf(TICK);
    int end = tick < 0 ? name.lastIndexOf(RUN) : tick;
    String job = name.substring(0, end);
    long number = Long.parseLong(name.substring(end + 1));
    return tick < 0
        ? new MomentName(job, null, number)
        : new MomentName(job, Instant.ofEpochSecond(number), 0);
  }
}
