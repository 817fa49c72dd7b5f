package dev.parigot.local;

import dev.parigot.situation.Time;
import dev.parigot.timing.Scheduler;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** The clock of a scheduler. It stands still while guests compute. */
final class VirtualTime implements Time {
  /** When it begins. */
  static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");

  private static final long BEGINNING_NANOS = TimeUnit.SECONDS.toNanos(BEGINNING.getEpochSecond());

  private final Scheduler scheduler;

  VirtualTime(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  @Override
  public long nowNanos() {
    return BEGINNING_NANOS + scheduler.now();
  }

  Instant instant() {
    return BEGINNING.plusNanos(scheduler.now());
  }

  @Override
  public long monotonicNanos() {
    return scheduler.now();
  }

  @Override
  public void sleep(long nanos) {
    if (nanos > 0) {
      scheduler.await("a sleep", () -> false, after(scheduler.now(), nanos));
    }
  }

  /** That long after that time; never, if that is further away than a clock can tell. */
  static long after(long time, long nanos) {
    return nanos > Long.MAX_VALUE - time ? Long.MAX_VALUE : time + nanos;
  }

  @Override
  public boolean passesByItself() {
    return false;
  }
}
