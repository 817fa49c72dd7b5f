package dev.parigot.engine;

import dev.parigot.host.GuestStop;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where the one thread is that may be in an instance. A guest is cancelled only while it runs its
 * own code: cancelling interrupts the thread, and one that is outside, in an import, may be inside
 * a database that doesn't bear it. There the guest is told when it comes back.
 *
 * <p>The state is one word, a place and the number of the visit, so that who finds a visit overdue
 * never ends the next one.
 */
final class Occupancy {
  /** Nobody is in. */
  private static final long IDLE = 0;

  /** A thread runs the guest's code. */
  private static final long GUEST = 1;

  /** The guest waits in an import, or has returned and is being left. */
  private static final long OUTSIDE = 2;

  /** The context is being closed under a running guest. */
  private static final long CANCELLED = 3;

  /** It will never be entered again. */
  private static final long ENDED = 4;

  private static final long PLACES = 7;
  private static final long NEXT_VISIT = 8;

  private final AtomicLong word = new AtomicLong(IDLE);

  /** The visit that was last found overdue, as a word without its place. */
  private volatile long overdueVisit = -1;

  private volatile boolean closing;

  /** Throws {@link IllegalStateException} unless nobody is in and it has not ended. */
  void enter() {
    long now = word.get();
    if (place(now) != IDLE || !word.compareAndSet(now, visit(now) + NEXT_VISIT + GUEST)) {
      throw new IllegalStateException(
          place(now) >= CANCELLED
              ? "The instance has ended"
              : "The instance is busy: it takes one call at a time");
    }
  }

  /** From the guest into an import; throws {@link GuestStop} if the guest is being cancelled. */
  void goOutside() {
    if (!move(GUEST, OUTSIDE)) {
      throw stop();
    }
  }

  /** Back into the guest, whatever it has missed. */
  void comeBack() {
    move(OUTSIDE, GUEST);
  }

  /** Throws {@link GuestStop} if the guest missed its end while it was outside. */
  void check() {
    if (closing || overdue()) {
      throw stop();
    }
  }

  private GuestStop stop() {
    return overdue() ? new GuestStop.Overdue() : new GuestStop.Cancelled();
  }

  /**
   * The guest has returned, and can't be cancelled any more; answers false if it is being cancelled
   * now.
   */
  boolean settle() {
    return move(GUEST, OUTSIDE) || place(word.get()) != CANCELLED;
  }

  /** Ends the visit; answers whether another one may follow. */
  boolean leave(boolean sound) {
    if (!sound || closing || overdue()) {
      move(OUTSIDE, ENDED);
      return false;
    }
    move(OUTSIDE, IDLE);
    return !closing || !move(IDLE, ENDED);
  }

  /** Whether a thread runs the guest's code. */
  boolean inGuest() {
    return place(word.get()) == GUEST;
  }

  /** The present visit if a thread runs the guest's code, or -1. */
  long visitInGuest() {
    long now = word.get();
    return place(now) == GUEST ? visit(now) : -1;
  }

  /** Whether the context is being closed under the guest. */
  boolean cancelled() {
    return place(word.get()) == CANCELLED;
  }

  /** Whether the present visit has been found overdue. */
  boolean overdue() {
    return overdueVisit == visit(word.get());
  }

  /**
   * The present visit, to be given to {@link #expire} if its deadline has passed, or -1 if nobody
   * is in who could be late.
   */
  long visit() {
    long now = word.get();
    return place(now) == GUEST || place(now) == OUTSIDE ? visit(now) : -1;
  }

  /** That visit is overdue; answers whether the context is to be closed under the guest. */
  boolean expire(long visit) {
    overdueVisit = visit;
    return word.compareAndSet(visit + GUEST, visit + CANCELLED);
  }

  /**
   * It is not wanted any more; answers whether the context is to be closed now, by who asks. If
   * not, the thread that is outside does so when it leaves.
   */
  boolean end() {
    closing = true;
    while (true) {
      long now = word.get();
      long place = place(now);
      if (place == IDLE || place == GUEST) {
        long then = visit(now) + (place == IDLE ? ENDED : CANCELLED);
        if (word.compareAndSet(now, then)) {
          return true;
        }
      } else {
        return false;
      }
    }
  }

  private boolean move(long from, long to) {
    long now = word.get();
    return place(now) == from && word.compareAndSet(now, visit(now) + to);
  }

  private static long place(long word) {
    return word & PLACES;
  }

  private static long visit(long word) {
    return word & ~PLACES;
  }
}
