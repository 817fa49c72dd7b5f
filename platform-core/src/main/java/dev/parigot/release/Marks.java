package dev.parigot.release;

import java.util.Arrays;

/**
 * A set of digests by their first 64 bits: 8 bytes for each, however many there are. Two that begin
 * alike count as one; then one is kept for nothing.
 */
final class Marks {
  private static final int PREFIX = "sha256:".length();
  private static final int DIGITS = 16;

  private long[] marks = new long[1024];
  private int size;
  private boolean sorted = true;

  /** {@code sha256:<hex>}. */
  void add(String digest) {
    if (size == marks.length) {
      sort();
      marks = Arrays.copyOf(marks, Math.max(marks.length, 2 * size));
    }
    marks[size++] = mark(digest);
    sorted = false;
  }

  boolean has(String digest) {
    sort();
    return Arrays.binarySearch(marks, 0, size, mark(digest)) >= 0;
  }

  /** Leaves each once. */
  private void sort() {
    if (sorted) {
      return;
    }
    Arrays.sort(marks, 0, size);
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (kept == 0 || marks[i] != marks[kept - 1]) {
        marks[kept++] = marks[i];
      }
    }
    size = kept;
    sorted = true;
  }

  private static long mark(String digest) {
    return Long.parseUnsignedLong(digest, PREFIX, PREFIX + DIGITS, 16);
  }
}
