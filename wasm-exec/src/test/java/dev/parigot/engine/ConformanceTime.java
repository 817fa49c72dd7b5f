package dev.parigot.engine;

import dev.parigot.situation.Time;
import java.util.concurrent.TimeUnit;

/** The real clock, which a test module can move forward as well. */
final class ConformanceTime implements Time {
  private long ahead;

  @Override
  public synchronized long nowNanos() {
    return TestSituation.REAL.nowNanos() + ahead;
  }

  @Override
  public synchronized long monotonicNanos() {
    return TestSituation.REAL.monotonicNanos() + ahead;
  }

  @Override
  public synchronized void sleep(long nanos) throws InterruptedException {
    long end = monotonicNanos() + nanos;
    for (long left = nanos; left > 0; left = end - monotonicNanos()) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }

  synchronized void advance(long nanos) {
    ahead += Math.max(0, nanos);
    notifyAll();
  }
}
