package dev.parigot.local;

import dev.parigot.situation.Time;
import dev.parigot.timing.Scheduler;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** The clock of a scheduler. It stands still while guests compute. */
final class VirtualTime implements Time {
  private final Scheduler scheduler;
  private final Instant beginning;
  private final boolean patient;

  VirtualTime(Scheduler scheduler, Instant beginning) {
    this(scheduler, beginning, false);
  }

  private VirtualTime(Scheduler scheduler, Instant beginning, boolean patient) {
    this.scheduler = scheduler;
    this.beginning = beginning;
    this.patient = patient;
  }

  /** The same for a test: it sleeps for the app to be done, and no fault ends that too soon. */
  VirtualTime ofTests() {
    return new VirtualTime(scheduler, beginning, true);
  }

  /** When it began. */
  Instant beginning() {
    return beginning;
  }

  @Override
  public long nowNanos() {
    return TimeUnit.SECONDS.toNanos(beginning.getEpochSecond())
        + beginning.getNano()
        + scheduler.now();
  }

  Instant instant() {
    return beginning.plusNanos(scheduler.now());
  }

  @Override
  public long monotonicNanos() {
    return scheduler.now();
  }

  @Override
  public void sleep(long nanos) {
    if (nanos <= 0) {
      return;
    }
    long until = after(scheduler.now(), nanos);
    if (patient) {
      scheduler.sleepPatiently(until);
    } else {
      scheduler.sleep(until);
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
