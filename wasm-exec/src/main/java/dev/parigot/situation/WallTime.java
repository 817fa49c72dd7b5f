package dev.parigot.situation;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Time as it passes outside.
 *
 * @param monotonic nanoseconds that never go back, such as {@code System::nanoTime}
 */
public record WallTime(Clock clock, LongSupplier monotonic) implements Time {
  @Override
  public long nowNanos() {
    Instant now = clock.instant();
    return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
  }

  @Override
  public long monotonicNanos() {
    return monotonic.getAsLong();
  }

  @Override
  public void sleep(long nanos) throws InterruptedException {
    if (nanos > 0) {
      TimeUnit.NANOSECONDS.sleep(nanos);
    }
  }
}
