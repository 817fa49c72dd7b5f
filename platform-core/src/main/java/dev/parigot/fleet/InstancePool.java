package dev.parigot.fleet;

import dev.parigot.engine.CallOutcome;
import dev.parigot.engine.CannotStart;
import dev.parigot.problem.Problem;
import dev.parigot.situation.Call;
import dev.parigot.situation.Time;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
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
  private static final int NO_ROOM = 507;

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

  /**
   * What happened since it was last read, and what there is now.
   *
   * @param overNanos the time since it was last read, or made
   * @param lentNanos time in which instances were lent to calls, of all instances together
   * @param waits calls that waited, for the app's door or for an instance
   * @param cpuNanos processor time of its guests
   * @param first starts because there was no instance
   * @param late starts because a call had waited for as long as a start takes
   * @param idleNanos since the last call; 0 if one is in progress
   */
  record Seen(
      long overNanos,
      int instances,
      long lentNanos,
      Waits.Seen waits,
      long cpuNanos,
      long memoryBytes,
      int first,
      int late,
      long shortestStartNanos,
      long idleNanos) {}

  private final Size size;
  private final Share share;
  private final Guest.Starter starter;
  private final Time time;
  private final Failures failures;
  private final Waits waits = new Waits();
  private final AtomicLong cpuNanos = new AtomicLong();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition freed = lock.newCondition();
  private final Deque<Idle> idle = new ArrayDeque<>();
  private final Map<Guest, Turns.Seat> seats = new IdentityHashMap<>();
  private int instances;
  private int starting;
  private int waiting;
  private int holders = 1;
  private boolean closed;

  private long lentNanos;
  private long changed;
  private long lastCall;
  private long lastRead;
  private int first;
  private int late;
  private long shortestStart;

  private volatile boolean failing;
  private volatile @Nullable String lastError;

  InstancePool(Size size, Share share, Guest.Starter starter, Time time, Failures failures) {
    this.size = size;
    this.share = share;
    this.starter = starter;
    this.time = time;
    this.failures = failures;
    this.changed = time.monotonicNanos();
    this.lastCall = changed;
    this.lastRead = changed;
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
    reach(size.min);
  }

  /** The same of any number, as far as there may be so many. */
  void reach(int count) {
    try {
      warm(count);
    } catch (CannotStart | Problem e) {
      log.debug("An instance could not be started ahead", e);
    }
  }

  /**
   * Closes idle instances, those first that had no call the longest, until {@code count} are left.
   */
  void shrink(int count) {
    List<Guest> surplus = new ArrayList<>();
    lock.lock();
    try {
      pass();
      while (instances > Math.max(count, size.min) && !idle.isEmpty()) {
        surplus.add(idle.removeLast().guest);
        instances--;
      }
    } finally {
      lock.unlock();
    }
    surplus.forEach(this::end);
  }

  /** Closes an instance if it is idle and not one of those that are to be kept. */
  void endIfIdle(Guest guest) {
    lock.lock();
    try {
      pass();
      if (instances <= size.min || !idle.removeIf(each -> each.guest == guest)) {
        return;
      }
      instances--;
    } finally {
      lock.unlock();
    }
    end(guest);
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
        pass();
        closed = true;
        rest = idle.stream().map(Idle::guest).toList();
        instances -= rest.size();
        idle.clear();
        freed.signalAll();
      }
    } finally {
      lock.unlock();
    }
    rest.forEach(this::end);
  }

  private void end(Guest guest) {
    Turns.Seat seat;
    lock.lock();
    try {
      seat = seats.remove(guest);
    } finally {
      lock.unlock();
    }
    if (seat != null) {
      share.leave(seat);
    }
    guest.close();
  }

  Size size() {
    return size;
  }

  /** Where those are counted who wait for the service. */
  Waits waits() {
    return waits;
  }

  /** One of its guests has taken processor time. */
  void charge(long nanos) {
    cpuNanos.addAndGet(nanos);
  }

  /** For one reader: what was read is forgotten. */
  Seen read() {
    lock.lock();
    try {
      pass();
      Seen seen =
          new Seen(
              changed - lastRead,
              instances,
              lentNanos,
              waits.read(changed),
              cpuNanos.getAndSet(0),
              seats.keySet().stream().mapToLong(Guest::memoryBytes).sum(),
              first,
              late,
              shortestStart,
              lent() + starting > 0 ? 0 : changed - lastCall);
      lastRead = changed;
      lentNanos = 0;
      first = 0;
      late = 0;
      return seen;
    } finally {
      lock.unlock();
    }
  }

  private int lent() {
    return instances - idle.size() - starting;
  }

  /** To be called before the numbers of instances change. */
  private void pass() {
    long now = time.monotonicNanos();
    lentNanos += lent() * (now - changed);
    changed = now;
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
  private record Idle(Guest guest, long thread) {}

  private Taken take(long deadline) {
    lock.lock();
    try {
      pass();
      lastCall = changed;
      if (closed) {
        return stopped();
      }
      if (waiting == 0 && !idle.isEmpty()) {
        return new Taken.Instance(pop());
      }
      if (instances == 0) {
        first++;
        return room();
      }
      if (waiting < size.waiting) {
        return await(deadline, changed);
      }
      return instances < size.max
          ? room()
          : new Taken.Nothing(
              CallOutcome.Failed.beforeItBegan(
                  429,
                  "Too many calls wait for an instance (" + size.waiting + "); try again later."));
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for an instance. Once that has taken as long as a start takes, another one is worth its
   * start, if there may be one: so no call waits longer than twice what it has to.
   */
  private Taken await(long deadline, long begun) {
    long now = begun;
    waiting++;
    share.queue();
    waits.begin(begun);
    try {
      while (!closed) {
        boolean mayStart = instances < size.max;
        long enough = begun + shortestStart;
        if (mayStart && (instances == 0 || now - enough >= 0)) {
          late++;
          return room();
        }
        if (now - deadline >= 0) {
          return new Taken.Nothing(
              new CallOutcome.Failed(
                  408,
                  "Timed out waiting for one of " + size.max + " instances, all of them busy."));
        }
        long until = mayStart && enough - deadline < 0 ? enough : deadline;
        long _ = freed.awaitNanos(until - now);
        pass();
        now = changed;
        if (!idle.isEmpty() && !closed) {
          return new Taken.Instance(pop());
        }
      }
      return stopped();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Taken.Nothing(
          new CallOutcome.Failed(499, "Cancelled while waiting for an instance."));
    } finally {
      waiting--;
      share.unqueue();
      waits.end(now, begun);
    }
  }

  private static Taken stopped() {
    return new Taken.Nothing(
        CallOutcome.Failed.beforeItBegan(503, "The service is being stopped."));
  }

  private Taken room() {
    instances++;
    starting++;
    return new Taken.Room();
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

  private CallOutcome startAndUse(Call call, byte[] request) {
    Guest guest;
    try {
      guest = start();
    } catch (CannotStart e) {
      return e.outcome();
    } catch (Problem e) {
      return CallOutcome.Failed.beforeItBegan(e.status() == NO_ROOM ? NO_ROOM : 503, e.what());
    }
    return use(guest, call, request);
  }

  /** Starts an instance for which there is room; gives the room back if that fails. */
  private Guest start() {
    boolean started = false;
    try {
      if (!share.makeRoom()) {
        throw noRoom();
      }
      long begun = time.monotonicNanos();
      Guest guest = starter.make();
      start(guest);
      started = true;
      took(time.monotonicNanos() - begun);
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

  /** Has a seat from the first on: its start may take long, or never end. */
  private void start(Guest guest) {
    Turns.Seat seat = share.sit(guest, this);
    lock.lock();
    try {
      seats.put(guest, seat);
    } finally {
      lock.unlock();
    }
    boolean started = false;
    try {
      guest.start();
      started = true;
    } finally {
      if (!started) {
        end(guest);
      }
    }
  }

  private void took(long nanos) {
    lock.lock();
    try {
      pass();
      starting--;
      shortestStart = shortestStart == 0 ? nanos : Math.min(shortestStart, nanos);
    } finally {
      lock.unlock();
    }
  }

  private Problem noRoom() {
    return new Problem(
        Problem.Kind.RESOURCE,
        NO_ROOM,
        "app-memory-full",
        "The instances of the app take all the memory that one app may have, "
            + (share.limits().memoryBytes() >> 20)
            + " MiB, so that no other one can be started.",
        "Have fewer instances (max), smaller ones (memory), or ask the operator for more.",
        List.of());
  }

  private CallOutcome use(Guest guest, Call call, byte[] request) {
    CallOutcome outcome;
    try {
      outcome = Cancellation.during(guest, () -> guest.call(call, request));
    } catch (RuntimeException | Error e) {
      end(guest);
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
      case CallOutcome.Failed(int code, String message, boolean _) -> {
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
      pass();
      instances++;
      starting++;
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void giveUpRoom() {
    lock.lock();
    try {
      pass();
      instances--;
      starting--;
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
      pass();
      keep &= !closed;
      if (keep) {
        idle.push(new Idle(guest, Thread.currentThread().threadId()));
      } else {
        instances--;
      }
      freed.signal();
    } finally {
      lock.unlock();
    }
    if (!keep) {
      end(guest);
    }
  }
}
