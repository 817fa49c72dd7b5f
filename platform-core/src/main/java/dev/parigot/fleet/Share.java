package dev.parigot.fleet;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * What one app takes of a node, across its releases, and what it may. The processor time is known
 * from looks at its guests, by the thread of {@link Turns}.
 */
final class Share {
  /** What an instance takes beside its memory, on average. */
  static final long INSTANCE_BYTES = 64 << 10;

  /**
   * What a call from outside takes of the cores beside its guest, refused ones too: to be read,
   * found its way, and answered. About what {@code parigot bench http} prints for a request.
   */
  static final long CALL_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

  /** How far back "lately" reaches. */
  private static final double LATELY_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Who had no call for so long is not waited for. */
  private static final long PRESENT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final long ASLEEP_NANOS = TimeUnit.SECONDS.toNanos(3);

  /** What an app may take at once that was quiet before, and what it has to have again. */
  private static final long MOST_SAVED_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final long SAVED_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /**
   * What it may take.
   *
   * @param calls from outside that run at a time
   * @param cores of which it may take the time, on average; 0 for all that nobody else needs
   * @param memoryBytes of all its instances; another one is not started beyond that
   */
  record Limits(int calls, double cores, long memoryBytes) {}

  private final Turns turns;
  private final Limits limits;
  private final Door door;
  private final Set<Turns.Seat> seats = ConcurrentHashMap.newKeySet();
  private final AtomicInteger queued = new AtomicInteger();
  private final LongAdder arrived = new LongAdder();

  private volatile boolean awake;
  private volatile boolean called;
  private volatile boolean spent;
  private volatile boolean narrowed;
  private volatile double coresLately;

  private long charged;
  private double saved;
  private long lastSeen;
  private boolean present;
  private boolean crowded;

  Share(Turns turns, Limits limits) {
    this.turns = turns;
    this.limits = limits;
    this.door = new Door(limits.calls());
    this.saved = MOST_SAVED_NANOS * limits.cores();
  }

  Limits limits() {
    return limits;
  }

  /** Where calls from outside come in. */
  Door door() {
    return door;
  }

  /** A call from outside has come. */
  void arrive() {
    arrived.increment();
    call();
  }

  /** Whether a call that comes now will have to wait, or would if it came a moment later. */
  boolean isFull() {
    return narrowed || door.availablePermits() <= 0;
  }

  /** Somebody calls. Cheap: hardly ever writes. */
  void call() {
    if (!called) {
      called = true;
    }
    if (!awake) {
      awake = true;
      turns.wake(this);
    }
  }

  /** A call begins to wait for an instance: it will run as soon as one is free. */
  void queue() {
    queued.incrementAndGet();
  }

  void unqueue() {
    queued.decrementAndGet();
  }

  Turns.Seat sit(Guest guest, InstancePool pool) {
    call();
    Turns.Seat seat = turns.sit(guest, this, pool);
    seats.add(seat);
    return seat;
  }

  void leave(Turns.Seat seat) {
    turns.leave(seat);
    seats.remove(seat);
  }

  /** What its instances take. */
  long memoryBytes() {
    return seats.stream().mapToLong(seat -> seat.guest().memoryBytes() + INSTANCE_BYTES).sum();
  }

  /**
   * Ends idle instances, if need be, so that there is room for one more; false if there is none.
   */
  boolean makeRoom() {
    for (Turns.Seat seat : seats) {
      if (memoryBytes() < limits.memoryBytes()) {
        return true;
      }
      seat.pool().endIfIdle(seat.guest());
    }
    return memoryBytes() < limits.memoryBytes();
  }

  /** How many cores it has kept busy lately, on average. */
  double coresLately() {
    return coresLately;
  }

  /** Whether it has taken what it may, and has to wait. */
  boolean hasSpentItsTime() {
    return spent;
  }

  void charge(long nanos) {
    charged += nanos;
    called = true;
  }

  /** Time has passed, in which it took what it was charged for. */
  void pass(long elapsed, long now) {
    if (called) {
      called = false;
      lastSeen = now;
    }
    charged += arrived.sumThenReset() * CALL_NANOS;
    present = now - lastSeen < PRESENT_NANOS;
    if (elapsed > 0) {
      double weight = Math.min(1, elapsed / LATELY_NANOS);
      coresLately += weight * ((double) charged / elapsed - coresLately);
    }
    if (limits.cores() > 0) {
      saved =
          Math.min(MOST_SAVED_NANOS * limits.cores(), saved + limits.cores() * elapsed - charged);
      spent = saved < (spent ? SAVED_AGAIN_NANOS * limits.cores() : 0);
    }
    charged = 0;
    awake = now - lastSeen < ASLEEP_NANOS || spent;
  }

  /** Whether it was called within the last second. */
  boolean isPresent() {
    return present;
  }

  void crowd(boolean now) {
    crowded = now;
  }

  /** Whether it takes much, and others are present: then all that it runs takes turns. */
  boolean isCrowded() {
    return crowded;
  }

  /**
   * Lets as many calls in as can run. Those that wait for something else than a turn take no core,
   * and others may come in their stead.
   *
   * @param inGuests how many of its guests run code of their own
   */
  void widen(int places, int inGuests) {
    boolean narrows = crowded || spent;
    if (narrows) {
      int elsewhere = Math.max(0, door.inside() - inGuests - queued.get());
      door.widen(spent ? 0 : places + elsewhere);
    } else if (narrowed) {
      door.widen(limits.calls());
    }
    narrowed = narrows;
  }

  /** Whether nothing is to be expected of it; a call wakes it up. */
  boolean fallsAsleep() {
    if (awake) {
      return false;
    }
    // Whoever has seen it awake until now has called it.
    if (called) {
      awake = true;
      return false;
    }
    coresLately = 0;
    return !awake;
  }
}
