package dev.parigot.fleet;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Shares the cores of a node out among apps. It looks at all guests every few milliseconds, charges
 * their apps for those that are found running, and where more run for long than there are cores
 * for, it pauses those of whoever had the most lately. It costs a call nothing. See DESIGN.md.
 */
final class Turns {
  /** How often {@link #look} is best called. */
  static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  /** A call that has run for so long takes turns with others; a shorter one is left alone. */
  static final long LONG_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /** How long a turn is. */
  static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(40);

  /** A look that comes later than that charges nobody for what it did not see. */
  private static final long MOST_BETWEEN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private static final Comparator<Seat> WHO_GOES_FIRST =
      Comparator.comparing((Seat seat) -> !seat.isInTurn())
          .thenComparingDouble(seat -> seat.share.coresLately())
          .thenComparingLong(seat -> seat.ran);

  private final int cores;
  private final Set<Seat> seats = ConcurrentHashMap.newKeySet();
  private final Set<Share> awake = ConcurrentHashMap.newKeySet();
  private long last;
  private boolean begun;

  Turns(int cores) {
    this.cores = cores;
  }

  Share share(Share.Limits limits) {
    return new Share(this, limits);
  }

  /** Has the guest looked at until it is told to {@link #leave}. */
  Seat sit(Guest guest, Share share, InstancePool pool) {
    Seat seat = new Seat(guest, share, pool);
    seats.add(seat);
    return seat;
  }

  void leave(Seat seat) {
    seats.remove(seat);
  }

  /** A share of which something is to be expected. */
  void wake(Share share) {
    awake.add(share);
  }

  /** One thread at a time. */
  void look(long now) {
    long elapsed = begun ? Math.min(now - last, MOST_BETWEEN_NANOS) : 0;
    begun = true;
    last = now;
    List<Seat> running = seats.stream().filter(Seat::look).toList();
    charge(running, elapsed, now);
    long present = awake.stream().filter(Share::isPresent).count();
    boolean others = present > 1;
    awake.forEach(share -> share.crowd(others && share.coresLately() > cores / 4.0));
    turn(running);
    awake.forEach(share -> share.widen(Math.max(1, cores - 1), inGuests(share, running)));
    awake.removeIf(Share::fallsAsleep);
  }

  /** Each has as much of the cores as the others. */
  private void charge(List<Seat> running, long elapsed, long now) {
    List<Seat> taking = running.stream().filter(seat -> !seat.paused).toList();
    long each = (long) (elapsed * Math.min(1, (double) cores / Math.max(1, taking.size())));
    taking.forEach(seat -> seat.charge(each));
    awake.forEach(share -> share.pass(elapsed, now));
  }

  /** Lets those run that are next, and pauses those that are not. */
  private void turn(List<Seat> running) {
    List<Seat> waiting = new ArrayList<>();
    for (Seat seat : running) {
      if (seat.share.hasSpentItsTime()) {
        seat.pause();
      } else if (seat.ran >= LONG_NANOS || seat.share.isCrowded()) {
        waiting.add(seat);
      } else {
        seat.resume();
      }
    }
    waiting.sort(WHO_GOES_FIRST);
    int places = places(waiting);
    for (int i = 0; i < waiting.size(); i++) {
      if (i < places) {
        waiting.get(i).giveTurn();
      } else {
        waiting.get(i).pause();
      }
    }
  }

  /** One core is kept free for the short calls of others, if there is anybody else. */
  private int places(List<Seat> waiting) {
    Set<Share> those = waiting.stream().map(seat -> seat.share).collect(Collectors.toSet());
    boolean others = awake.stream().anyMatch(share -> share.isPresent() && !those.contains(share));
    return others ? Math.max(1, cores - 1) : cores;
  }

  private static int inGuests(Share share, List<Seat> running) {
    return (int) running.stream().filter(seat -> seat.share == share).count();
  }

  /** A guest, and the call that it was last seen in. But for its making, of one thread. */
  static final class Seat {
    private final Guest guest;
    private final Share share;
    private final InstancePool pool;
    private long visit = -1;
    private long ran;
    private long turn;
    private boolean chosen;
    private boolean paused;

    private Seat(Guest guest, Share share, InstancePool pool) {
      this.guest = guest;
      this.share = share;
      this.pool = pool;
    }

    Guest guest() {
      return guest;
    }

    InstancePool pool() {
      return pool;
    }

    /** Whether it runs code of its own, or would if it were not paused. */
    private boolean look() {
      long now = guest.running();
      if (now != visit) {
        resume();
        visit = now;
        ran = 0;
        chosen = false;
      }
      return now >= 0;
    }

    private void charge(long nanos) {
      ran += nanos;
      turn += nanos;
      share.charge(nanos);
      pool.charge(nanos);
    }

    /** One that has only just come is not: else many short calls would be ahead of a long one. */
    private boolean isInTurn() {
      return chosen && turn < TURN_NANOS;
    }

    private void giveTurn() {
      resume();
      if (!isInTurn()) {
        chosen = true;
        turn = 0;
      }
    }

    private void pause() {
      chosen = false;
      if (!paused) {
        paused = true;
        guest.pause();
      }
    }

    private void resume() {
      if (paused) {
        paused = false;
        guest.resume();
      }
    }
  }
}
