package dev.parigot.fleet;

import dev.parigot.engine.CallOutcome;
import dev.parigot.engine.CannotStart;
import dev.parigot.problem.Problem;
import dev.parigot.situation.Call;
import dev.parigot.situation.Time;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The instances of one service under one configuration. Lends each to one call at a time, makes new
 * ones up to a maximum, and lets a bounded number of calls wait. Deployments that share it hold it;
 * when the last one has let go, it ends.
 */
final class InstancePool {
  private static final Logger log = LoggerFactory.getLogger(InstancePool.class);

  /**
   * How many instances there may be.
   *
   * @param min kept when idle
   * @param max at most
   * @param waiting calls that may wait for one
   */
  record Size(int min, int max, int waiting) {}

  /** Is told when a guest ended badly. */
  @FunctionalInterface
  interface Failures {
    void told(String instance, String call, String text);
  }

  private final Size size;
  private final Guest.Starter starter;
  private final Time time;
  private final Failures failures;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition freed = lock.newCondition();
  private final Deque<Idle> idle = new ArrayDeque<>();
  private int instances;
  private int waiting;
  private int holders = 1;
  private boolean closed;

  private volatile boolean failing;
  private volatile @Nullable String lastError;

  InstancePool(Size size, Guest.Starter starter, Time time, Failures failures) {
    this.size = size;
    this.starter = starter;
    this.time = time;
    this.failures = failures;
  }

  /** Runs a call in an instance of its own for as long as it lasts. */
  CallOutcome call(Call call, byte[] request) {
    return switch (take(call.deadlineNanos())) {
      case Taken.Instance(Guest guest) -> use(guest, call, request);
      case Taken.Room _ -> startAndUse(call, request);
      case Taken.Nothing(CallOutcome refusal) -> refusal;
    };
  }

  /**
   * Makes instances, and warms them, until there are {@code count}, on the calling thread. A {@code
   * CannotStart} or a {@code Problem} if that fails.
   */
  void warm(int count) {
    while (reserveBelow(count)) {
      Guest guest = start();
      try {
        guest.warm();
      } finally {
        giveBack(guest);
      }
    }
  }

  /**
   * Makes instances until there are as many as are to be kept; a failure is told and remembered.
   */
  void fill() {
    try {
      warm(size.min);
    } catch (CannotStart | Problem e) {
      log.debug("An instance to be kept could not be started", e);
    }
  }

  /** Closes instances that had no call for {@code nanos}, but for those that are to be kept. */
  void trim(long nanos) {
    List<Guest> surplus = new ArrayList<>();
    lock.lock();
    try {
      long before = time.monotonicNanos() - nanos;
      while (instances > size.min && !idle.isEmpty() && idle.getLast().since - before < 0) {
        surplus.add(idle.removeLast().guest);
        instances--;
      }
    } finally {
      lock.unlock();
    }
    surplus.forEach(Guest::close);
  }

  /** Lets one more deployment hold it; false if it has ended. */
  boolean hold() {
    lock.lock();
    try {
      if (holders == 0) {
        return false;
      }
      holders++;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Ends what {@link #hold} or the constructor began; the last holder ends the pool. */
  void letGo() {
    List<Guest> rest = List.of();
    lock.lock();
    try {
      if (--holders == 0) {
        closed = true;
        rest = idle.stream().map(Idle::guest).toList();
        instances -= rest.size();
        idle.clear();
        freed.signalAll();
      }
    } finally {
      lock.unlock();
    }
    rest.forEach(Guest::close);
  }

  int instances() {
    lock.lock();
    try {
      return instances;
    } finally {
      lock.unlock();
    }
  }

  /** Whether there are fewer instances than are to be kept. */
  boolean lacking() {
    return instances() < size.min;
  }

  /** Whether the newest call or start ended in a trap, a timeout or a refusal to start. */
  boolean failing() {
    return failing;
  }

  @Nullable String lastError() {
    return lastError;
  }

  private sealed interface Taken {
    /** An idle instance, now the taker's. */
    record Instance(Guest guest) implements Taken {}

    /** Room for another instance, which the taker is to start. */
    record Room() implements Taken {}

    record Nothing(CallOutcome refusal) implements Taken {}
  }

  /**
   * An instance without a call.
   *
   * @param thread that its last call was made on
   */
  private record Idle(Guest guest, long thread, long since) {}

  private Taken take(long deadline) {
    lock.lock();
    try {
      boolean mustQueue = waiting > 0;
      while (mustQueue || (idle.isEmpty() && instances >= size.max)) {
        if (closed) {
          break;
        }
        CallOutcome refusal = await(deadline);
        if (refusal != null) {
          return new Taken.Nothing(refusal);
        }
        mustQueue = false;
      }
      if (closed) {
        return new Taken.Nothing(new CallOutcome.Failed(503, "The service is being stopped."));
      }
      if (!idle.isEmpty()) {
        return new Taken.Instance(pop());
      }
      instances++;
      return new Taken.Room();
    } finally {
      lock.unlock();
    }
  }

  /** Preferably an instance that was last called on this thread: the engine enters it faster. */
  private Guest pop() {
    long here = Thread.currentThread().threadId();
    for (Iterator<Idle> each = idle.iterator(); each.hasNext(); ) {
      Idle next = each.next();
      if (next.thread == here) {
        each.remove();
        return next.guest;
      }
    }
    return idle.pop().guest;
  }

  private @Nullable CallOutcome await(long deadline) {
    if (waiting >= size.waiting) {
      return new CallOutcome.Failed(
          429, "Too many calls wait for an instance (" + size.waiting + "); try again later.");
    }
    long left = deadline - time.monotonicNanos();
    waiting++;
    try {
      if (left <= 0 || freed.awaitNanos(left) <= 0) {
        return new CallOutcome.Failed(
            408, "Timed out waiting for one of " + size.max + " instances, all of them busy.");
      }
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new CallOutcome.Failed(499, "Cancelled while waiting for an instance.");
    } finally {
      waiting--;
    }
  }

  private CallOutcome startAndUse(Call call, byte[] request) {
    Guest guest;
    try {
      guest = start();
    } catch (CannotStart e) {
      return e.outcome();
    } catch (Problem e) {
      return new CallOutcome.Failed(503, e.what());
    }
    return use(guest, call, request);
  }

  /** Starts an instance for which there is room; gives the room back if that fails. */
  private Guest start() {
    boolean started = false;
    try {
      Guest guest = starter.start();
      started = true;
      return guest;
    } catch (CannotStart | Problem e) {
      failed(String.valueOf(e.getMessage()));
      throw e;
    } finally {
      if (!started) {
        giveUpRoom();
      }
    }
  }

  private CallOutcome use(Guest guest, Call call, byte[] request) {
    CallOutcome outcome;
    try {
      outcome = Cancellation.during(guest, () -> guest.call(call, request));
    } catch (RuntimeException | Error e) {
      guest.close();
      log.error("A call into {} failed in the platform", guest.name(), e);
      outcome = new CallOutcome.Failed(500, "The platform failed during the call.");
    } finally {
      giveBack(guest);
    }
    remember(outcome, guest, call);
    return outcome;
  }

  private void remember(CallOutcome outcome, Guest guest, Call call) {
    switch (outcome) {
      case CallOutcome.Returned _ -> failing = false;
      case CallOutcome.Failed(int code, String message) -> {
        failing = false;
        if (code >= 500 && code < 600) {
          lastError = code + " " + message;
          failures.told(guest.name(), call.id(), call.method() + " failed: " + lastError);
        }
      }
      case CallOutcome.Trapped(String reason) -> {
        failed(reason);
        failures.told(guest.name(), call.id(), call.method() + " trapped: " + reason);
      }
      case CallOutcome.LimitReached(CallOutcome.Limit limit) -> {
        String text = limit == CallOutcome.Limit.TIME ? "timed out" : "ran out of memory";
        failed(call.method() + " " + text);
        failures.told(guest.name(), call.id(), call.method() + " " + text);
      }
    }
  }

  private void failed(String text) {
    lastError = text;
    failing = true;
  }

  private boolean reserveBelow(int count) {
    lock.lock();
    try {
      if (closed || instances >= Math.min(count, size.max)) {
        return false;
      }
      instances++;
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void giveUpRoom() {
    lock.lock();
    try {
      instances--;
      freed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** An instance that can be used again becomes idle; any other one ends. */
  private void giveBack(Guest guest) {
    boolean keep = guest.usable();
    lock.lock();
    try {
      keep &= !closed;
      if (keep) {
        idle.push(new Idle(guest, Thread.currentThread().threadId(), time.monotonicNanos()));
      } else {
        instances--;
      }
      freed.signal();
    } finally {
      lock.unlock();
    }
    if (!keep) {
      guest.close();
    }
  }
}
