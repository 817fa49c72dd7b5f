package dev.parigot.fleet;

import dev.parigot.situation.Time;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Time as it passes outside. */
record WallTime(Clock clock) implements Time {
  @Override
  public long nowNanos() {
    Instant now = clock.instant();
    return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
  }

  @Override
  public long monotonicNanos() {
    return System.nanoTime();
  }

  @Override
  public void sleep(long nanos) throws InterruptedException {
    if (nanos > 0) {
      TimeUnit.NANOSECONDS.sleep(nanos);
    }
  }
}
