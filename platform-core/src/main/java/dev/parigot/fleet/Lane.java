package dev.parigot.fleet;

import dev.parigot.engine.CallOutcome;
import dev.parigot.situation.Time;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What one app may take of a node, across its releases. */
final class Lane {
  /** Bytes of requests of started calls that have not run, and of results that nobody took yet. */
  static final long MOST_HELD_BYTES = 64L << 20;

  private final Share share;
  private final int mostWaiting;
  private final AtomicLong held = new AtomicLong();
  private final Background started;
  private final Background deliveries;
  private final ConcurrentMap<String, AtomicInteger> queues = new ConcurrentHashMap<>();

  Lane(FleetSettings settings, Share share, Executor guests) {
    this.share = share;
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

  /** What the app takes of the node's cores and memory, and may. */
  Share share() {
    return share;
  }

  /**
   * Waits for room for a call from outside; null if there is, else the refusal.
   *
   * @param waits where it is counted if it waits
   */
  @Nullable CallOutcome enter(Time time, long deadline, Waits waits) {
    share.arrive();
    return share.door().tryAcquire() ? null : await(time, deadline, waits);
  }

  private @Nullable CallOutcome await(Time time, long deadline, Waits waits) {
    Door door = share.door();
    if (door.getQueueLength() >= mostWaiting) {
      return tooMany();
    }
    long begun = time.monotonicNanos();
    waits.begin(begun);
    try {
      if (door.tryAcquire(deadline - begun, TimeUnit.NANOSECONDS)) {
        return null;
      }
      return share.hasSpentItsTime()
          ? tooMany()
          : new CallOutcome.Failed(408, "Timed out: the app has too many calls in progress.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new CallOutcome.Failed(499, "Cancelled.");
    } finally {
      waits.end(time.monotonicNanos(), begun);
    }
  }

  private CallOutcome tooMany() {
    return CallOutcome.Failed.beforeItBegan(
        429,
        share.hasSpentItsTime()
            ? "The app has taken the processor time that it may, %s of a core on average; try again later."
                .formatted(share.limits().cores())
            : "Too many calls wait for the app; try again later.");
  }

  void exit() {
    share.door().release();
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
