package dev.parigot.engine;

import java.time.Duration;

/**
 * What one instance may use.
 *
 * @param memoryBytes of linear memory, in whole pages of 64 KiB and under 2 GiB; written into the
 *     module as its maximum
 * @param start how long instantiation and {@code _initialize} may take together
 */
public record Limits(long memoryBytes, Duration start) {
  /** The largest request and the largest response of a call: 10 MiB. */
  public static final int MESSAGE_BYTES = 10 << 20;

  /**
   * The stack of a thread that runs guests: 4 MiB. A call from function to function takes about 3
   * KiB of it before any code is compiled, and 32 bytes at the least afterwards; a service that is
   * called and waited for goes on in its caller's stack.
   */
  public static final long STACK_BYTES = 4L << 20;

  /**
   * The stack of a thread that runs guests under test: 32 MiB, so that the bound of {@link Code} is
   * reached before its end, compiled or not.
   */
  public static final long TEST_STACK_BYTES = 32L << 20;

  private static final int PAGE_BYTES = 1 << 16;

  /** 64 MiB, and 10 s to start. */
  public static final Limits DEFAULT = new Limits(64L << 20, Duration.ofSeconds(10));

  public Limits {
    if (memoryBytes <= 0 || memoryBytes >= 2L << 30 || memoryBytes % PAGE_BYTES != 0) {
      throw new IllegalArgumentException(
          "A memory has whole pages of 64 KiB and less than 2 GiB, not " + memoryBytes + " bytes");
    }
  }

  public Limits withMemory(long bytes) {
    return new Limits(bytes, start);
  }

  public Limits withStart(Duration duration) {
    return new Limits(memoryBytes, duration);
  }
}
