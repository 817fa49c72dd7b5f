package dev.parigot.timing;

import java.util.concurrent.Executor;

/**
 * Who runs schedules.
 *
 * @param count how many at a time
 * @param threads runs each of them; must not make one wait for another
 */
public record Workers(int count, Executor threads) {
  /** Whoever asks, one schedule after the other. */
  public static final Workers ALONE = new Workers(1, Runnable::run);

  public Workers {
    if (count < 1) {
      throw new IllegalArgumentException("There has to be a worker");
    }
  }
}
