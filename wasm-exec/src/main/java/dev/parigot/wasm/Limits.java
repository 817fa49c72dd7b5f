package dev.parigot.wasm;

import org.jspecify.annotations.Nullable;

/**
 * How small and how big a table (in elements) or a memory (in pages) may be.
 *
 * @param minimum at most 32 bits, unsigned; of a 64-bit memory at most 2^48
 * @param maximum as the minimum; null if it is open
 */
public record Limits(long minimum, @Nullable Long maximum) {
  public Limits withMaximum(long newMaximum) {
    return new Limits(minimum, newMaximum);
  }
}
