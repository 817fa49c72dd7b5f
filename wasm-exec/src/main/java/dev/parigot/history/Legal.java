package dev.parigot.history;

import dev.parigot.manifest.Manifest.Overlap;
import java.time.Instant;

/**
 * What may happen to an app. Production and the scheduler of tests ask before they do it, and who
 * checks a history asks whether it was.
 */
public final class Legal {
  private Legal() {}

  /** Whether a call may enter an instance in which there are so many. */
  public static boolean mayEnter(int inside) {
    return inside == 0;
  }

  /** Whether what was to happen at a time, or after it, may happen now. */
  public static boolean isDue(long now, long time) {
    return now >= time;
  }

  /** The same of a tick. */
  public static boolean isDue(Instant now, Instant tick) {
    return !now.isBefore(tick);
  }

  /** Whether a tick may make its call, by whether the one before still runs. */
  public static boolean mayRun(Overlap overlap, boolean running) {
    return !running || overlap != Overlap.FORBID;
  }

  /** Whether a tick that makes its call ends the one before. */
  public static boolean replaces(Overlap overlap, boolean running) {
    return running && overlap == Overlap.REPLACE;
  }

  /** Whether an attempt may be made to deliver a message; the first is 1. */
  public static boolean mayAttempt(int attempt, int attempts) {
    return attempt >= 1 && attempt <= attempts;
  }

  /** Whether a message may be given up after an attempt that failed; else it is repeated. */
  public static boolean mayGiveUp(int attempt, int attempts) {
    return attempt >= attempts;
  }

  /** Whether a message may be delivered by how many of its key were sent before and are not. */
  public static boolean mayDeliver(int before) {
    return before == 0;
  }
}
