package dev.parigot.scaling;

import java.time.Instant;

/**
 * What a service had to do in the {@link #STEP_SECONDS} seconds from a moment on.
 *
 * @param calls that ended, a second
 * @param errors those of them that failed, a second
 * @param running calls that were in an instance at once, on average
 * @param waiting calls that waited at once, for their app's door or for an instance, on average
 * @param waitP95Nanos how long 95 of 100 waited at most, of those that waited; 0 if none did
 * @param instances at the end
 * @param cores of which its guests took the time, on average
 * @param memoryBytes of its instances at the end
 */
public record Load(
    Instant at,
    double calls,
    double errors,
    double running,
    double waiting,
    long waitP95Nanos,
    int instances,
    double cores,
    long memoryBytes) {
  /** How long a step is. */
  public static final int STEP_SECONDS = 5;

  /** How many are kept: an hour. */
  public static final int KEPT = 3600 / STEP_SECONDS;

  /** Nothing was called, and nothing was there. */
  static Load none(Instant at) {
    return new Load(at, 0, 0, 0, 0, 0, 0, 0, 0);
  }
}
