package dev.parigot.metering;

import java.util.concurrent.atomic.LongAdder;

/** Calls counted, by any number of threads. */
sealed class Tally {
  private final LongAdder calls = new LongAdder();
  private final LongAdder errors = new LongAdder();

  final void count(boolean failed) {
    calls.increment();
    if (failed) {
      errors.increment();
    }
  }

  final long calls() {
    return calls.sum();
  }

  final long errors() {
    return errors.sum();
  }

  /** Calls counted with their durations. */
  static final class Timed extends Tally {
    private final Durations durations = new Durations();

    void count(boolean failed, long durationNanos) {
      count(failed);
      durations.add(durationNanos);
    }

    Durations durations() {
      return durations;
    }
  }
}
