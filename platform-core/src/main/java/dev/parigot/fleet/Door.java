package dev.parigot.fleet;

import java.util.concurrent.Semaphore;

/** Lets a number of calls in at a time, the first come the first, which may change meanwhile. */
final class Door extends Semaphore {
  private static final long serialVersionUID = 1;

  private final int most;
  private int width;

  Door(int most) {
    super(most, true);
    this.most = most;
    this.width = most;
  }

  /** Lets so many in; those who are inside already stay. */
  synchronized void widen(int now) {
    int next = Math.clamp(now, 0, most);
    if (next > width) {
      release(next - width);
    } else {
      reducePermits(width - next);
    }
    width = next;
  }

  synchronized int inside() {
    return width - availablePermits();
  }
}
