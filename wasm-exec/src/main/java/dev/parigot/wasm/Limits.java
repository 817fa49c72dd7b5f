package dev.parigot.wasm;

import org.jspecify.annotations.Nullable;

/**
 * How small and how big a table (in elements) or a memory (in pages) may be.
 *
 * @param minimum unsigned
 * @param maximum unsigned; null if it is open
 * @param shared between threads
 * @param wide whether it is indexed by 64 bits
 */
public record Limits(long minimum, @Nullable Long maximum, boolean shared, boolean wide) {
  /** Indexed by 32 bits, not shared. */
  public static Limits of(long minimum, @Nullable Long maximum) {
    return new Limits(minimum, maximum, false, false);
  }

  public Limits withMaximum(long newMaximum) {
    return new Limits(minimum, newMaximum, shared, wide);
  }
}
