package dev.parigot.situation;

/** The clocks that a guest sees, and the waiting it may do. Deadlines are on the monotonic one. */
public interface Time {
  /** Nanoseconds since 1970-01-01T00:00:00Z. */
  long nowNanos();

  /** Nanoseconds since an arbitrary moment; never goes back. */
  long monotonicNanos();

  /** Waits that long; returns at once if {@code nanos} is not above 0. */
  void sleep(long nanos) throws InterruptedException;

  /**
   * Whether it passes while a guest computes, so that somebody has to watch for guests past their
   * deadline. Virtual time does not: who moves it ends what is late.
   */
  default boolean passesByItself() {
    return true;
  }
}
