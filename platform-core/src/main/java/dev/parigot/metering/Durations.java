package dev.parigot.metering;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * A histogram of durations in nanoseconds. Eight buckets to every doubling, from a microsecond to
 * half an hour; what is shorter or longer counts in the first or last one.
 */
final class Durations {
  private static final int SUB_BITS = 3;

  /** 2^10 ns, about a microsecond. */
  private static final int SHORTEST_BITS = 10;

  /** 2^41 ns, about 37 minutes. */
  private static final int LONGEST_BITS = 41;

  private static final int BUCKETS = (LONGEST_BITS - SHORTEST_BITS) << SUB_BITS;

  private final AtomicIntegerArray counts = new AtomicIntegerArray(BUCKETS);

  void add(long nanos) {
    counts.incrementAndGet(bucket(nanos));
  }

  void add(Durations others) {
    for (int i = 0; i < BUCKETS; i++) {
      int count = others.counts.get(i);
      if (count > 0) {
        counts.addAndGet(i, count);
      }
    }
  }

  /** The duration that so many percent don't exceed, rounded up to its bucket's end; 0 if none. */
  long percentile(int percent) {
    long all = 0;
    for (int i = 0; i < BUCKETS; i++) {
      all += counts.get(i);
    }
    long rank = Math.ceilDiv(all * percent, 100);
    long seen = 0;
    for (int i = 0; i < BUCKETS; i++) {
      seen += counts.get(i);
      if (seen > 0 && seen >= rank) {
        return end(i);
      }
    }
    return 0;
  }

  private static int bucket(long nanos) {
    long clamped = Math.clamp(nanos, 1L << SHORTEST_BITS, (1L << LONGEST_BITS) - 1);
    int bits = Long.SIZE - 1 - Long.numberOfLeadingZeros(clamped);
    int sub = (int) (clamped >>> (bits - SUB_BITS)) & ((1 << SUB_BITS) - 1);
    return ((bits - SHORTEST_BITS) << SUB_BITS) + sub;
  }

  /** The largest duration of a bucket. */
  private static long end(int bucket) {
    int bits = SHORTEST_BITS + (bucket >> SUB_BITS);
    long sub = bucket & ((1 << SUB_BITS) - 1);
    return ((1L << SUB_BITS) + sub + 1 << (bits - SUB_BITS)) - 1;
  }
}
