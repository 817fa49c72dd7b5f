package dev.parigot.metering;

import java.time.Clock;

/** Counts calls by app and service over the last 60 seconds, cheaply enough for every call. */
public final class Metering {
  public Metering(Clock clock) {}

  /** The figures of one service over the last 60 seconds. */
  public record Figures(long calls, long errors, long p95Nanos) {}

  /** Counts a call that ended. */
  public void record(long app, String service, boolean failed, long durationNanos) {
    throw new AssertionError("skeleton");
  }

  public Figures figures(long app, String service) {
    throw new AssertionError("skeleton");
  }

  /**
   * Calls and errors in each of the last {@code minutes} minutes, oldest first: for a sparkline.
   */
  public long[][] history(long app, int minutes) {
    throw new AssertionError("skeleton");
  }

  /** Forgets an app. */
  public void forget(long app) {
    throw new AssertionError("skeleton");
  }
}
