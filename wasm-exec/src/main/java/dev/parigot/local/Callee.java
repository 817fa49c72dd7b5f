package dev.parigot.local;

/** A service as calls get to it. */
final class Callee {
  private final Pool pool;
  private final long timeoutNanos;
  private final int most;
  private int busy;

  /**
   * @param pool of the program that it belongs to
   * @param timeoutNanos how long a call of it may take
   * @param most calls of it at a time, each in an instance of its own
   */
  Callee(Pool pool, long timeoutNanos, int most) {
    this.pool = pool;
    this.timeoutNanos = timeoutNanos;
    this.most = most;
  }

  Pool pool() {
    return pool;
  }

  long timeoutNanos() {
    return timeoutNanos;
  }

  /** Whether an instance can be had. */
  boolean available() {
    return busy < most;
  }

  void enter() {
    busy++;
  }

  void leave() {
    busy--;
  }
}
