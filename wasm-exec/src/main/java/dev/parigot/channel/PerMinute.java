package dev.parigot.channel;

import java.util.Arrays;

/** Counts what happened within the last minute, second by second. */
final class PerMinute {
  private static final int SECONDS = 60;

  private final int[] counts = new int[SECONDS];
  private long last;

  void count(long second) {
    forget(second);
    // What comes from another process may be older.
    if (second > last - SECONDS) {
      counts[(int) (second % SECONDS)]++;
    }
  }

  int sum(long second) {
    forget(second);
    return Arrays.stream(counts).sum();
  }

  private void forget(long second) {
    for (long each = Math.max(last + 1, second - SECONDS + 1); each <= second; each++) {
      counts[(int) (each % SECONDS)] = 0;
    }
    last = Math.max(last, second);
  }
}
