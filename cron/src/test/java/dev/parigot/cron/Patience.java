package dev.parigot.cron;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what happens on other threads. */
final class Patience {
  private static final Duration MOST = Duration.ofSeconds(40);

  private Patience() {}

  static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + MOST.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("it did not happen within " + MOST);
      }
      rest();
    }
  }

  static void rest() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
