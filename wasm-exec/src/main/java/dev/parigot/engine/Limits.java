package dev.parigot.engine;

import java.time.Duration;

/**
 * What one instance may use.
 *
 * @param memoryBytes of linear memory, in whole pages of 64 KiB; written into the module as its
 *     maximum
 * @param tableElements of each table; written into the module as its maximum
 * @param start how long instantiation and {@code _initialize} may take together
 */
public record Limits(long memoryBytes, int tableElements, Duration start) {
  /** 64 MiB, a million table elements, 10 s to start. */
  public static final Limits DEFAULT = new Limits(64L << 20, 1 << 20, Duration.ofSeconds(10));

  /** The largest request and the largest response of a call: 10 MiB. */
  public static final int MESSAGE_BYTES = 10 << 20;

  public Limits {
    if (memoryBytes <= 0 || memoryBytes > 4L << 30 || memoryBytes % 65536 != 0) {
      throw new IllegalArgumentException("memory of " + memoryBytes + " bytes is no whole pages");
    }
    if (tableElements < 0) {
      throw new IllegalArgumentException("tables of " + tableElements + " elements");
    }
  }

  public Limits withMemory(long bytes) {
    return new Limits(bytes, tableElements, start);
  }
}
