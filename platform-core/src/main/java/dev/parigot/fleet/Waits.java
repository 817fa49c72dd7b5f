package dev.parigot.fleet;

import java.util.ArrayDeque;
import java.util.Deque;

/** How many wait, and for how long. What it keeps is what happened since it was last read. */
final class Waits {
  /** Of more waits than that, the newest are kept. */
  private static final int MOST_KEPT = 512;

  private final Deque<Long> ended = new ArrayDeque<>();
  private int waiting;
  private long waitedNanos;
  private long at;

  /** Somebody begins to wait; answers how many do. */
  synchronized int begin(long now) {
    pass(now);
    return ++waiting;
  }

  synchronized void end(long now, long begun) {
    pass(now);
    waiting--;
    if (ended.size() == MOST_KEPT) {
      ended.removeFirst();
    }
    ended.addLast(now - begun);
  }

  private void pass(long now) {
    waitedNanos += waiting * (now - at);
    at = now;
  }

  /**
   * What was seen of those who waited.
   *
   * @param sumNanos of all, up to now
   * @param now how many wait now
   * @param endedNanos how long each waited that has ended
   */
  record Seen(long sumNanos, int now, long[] endedNanos) {}

  synchronized Seen read(long now) {
    pass(now);
    Seen seen = new Seen(waitedNanos, waiting, ended.stream().mapToLong(Long::longValue).toArray());
    waitedNanos = 0;
    ended.clear();
    return seen;
  }
}
