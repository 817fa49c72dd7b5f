package dev.parigot.fleet;

import dev.parigot.engine.CallOutcome;
import dev.parigot.situation.Time;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What one app may take of a node, across its releases. */
final class Lane {
  /** Bytes of requests of started calls that have not run, and of results that nobody took yet. */
  static final long MOST_HELD_BYTES = 64L << 20;

  private final Semaphore outside;
  private final int mostWaiting;
  private final AtomicLong held = new AtomicLong();
  private final Background started;
  private final Background deliveries;
  private final ConcurrentMap<String, AtomicInteger> queues = new ConcurrentHashMap<>();

  Lane(FleetSettings settings, Executor guests) {
    this.outside = new Semaphore(settings.callsPerApp(), true);
    this.mostWaiting = settings.waitingPerService();
    this.started = new Background(guests, settings.startedCalls(), settings.startedWaiting());
    this.deliveries = new Background(guests, settings.deliveries(), Integer.MAX_VALUE);
  }

  /** Where started calls run that nobody waits for. */
  Background started() {
    return started;
  }

  /** Where messages are delivered: a flood of started calls must not hold them up. */
  Background deliveries() {
    return deliveries;
  }

  /** Takes a place among those who deliver messages of one queue; false if {@code most} have. */
  boolean take(String queue, int most) {
    AtomicInteger taken = queues.computeIfAbsent(queue, _ -> new AtomicInteger());
    if (taken.incrementAndGet() <= most) {
      return true;
    }
    taken.decrementAndGet();
    return false;
  }

  void giveBack(String queue) {
    queues.computeIfAbsent(queue, _ -> new AtomicInteger()).decrementAndGet();
  }

  /** How many places are taken. */
  int taken(String queue) {
    AtomicInteger taken = queues.get(queue);
    return taken == null ? 0 : taken.get();
  }

  /** Begins what a lack of threads has held up. */
  void resume() {
    started.resume();
    deliveries.resume();
  }

  /** Drops what waits. */
  void close() {
    started.close();
    deliveries.close();
  }

  /** Waits for room for a call from outside; null if there is, else the refusal. */
  @Nullable CallOutcome enter(Time time, long deadline) {
    if (outside.tryAcquire()) {
      return null;
    }
    if (outside.getQueueLength() >= mostWaiting) {
      return new CallOutcome.Failed(429, "Too many calls wait for the app; try again later.");
    }
    try {
      if (outside.tryAcquire(deadline - time.monotonicNanos(), TimeUnit.NANOSECONDS)) {
        return null;
      }
      return new CallOutcome.Failed(408, "Timed out: the app has too many calls in progress.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new CallOutcome.Failed(499, "Cancelled.");
    }
  }

  void exit() {
    outside.release();
  }

  /** Whether there is room to hold so many bytes more; if so, they are counted. */
  boolean hold(long bytes) {
    if (held.addAndGet(bytes) <= MOST_HELD_BYTES) {
      return true;
    }
    held.addAndGet(-bytes);
    return false;
  }

  void letGo(long bytes) {
    held.addAndGet(-bytes);
  }
}
