package dev.parigot.situation;

import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Makes the ids of calls and traces: unique, and cheap enough for every call. They are no secrets.
 */
public final class CallIds {
  private final String run;
  private final AtomicLong count = new AtomicLong();

  public CallIds(RandomGenerator random) {
    this.run = hex(random.nextLong());
  }

  /** Such as {@code 5f3a09c1-2b}: the run of the process, and the number of the call in it. */
  public String call() {
    return run.substring(0, 8) + "-" + Long.toHexString(count.incrementAndGet());
  }

  /** The W3C trace context of a call from outside. */
  public String trace() {
    return "00-" + run + hex(count.incrementAndGet()) + "-" + span() + "-01";
  }

  /** The trace context of a call made during another one: the same trace, another span. */
  public String within(String traceparent) {
    return traceparent.substring(0, 36) + span() + "-01";
  }

  private String span() {
    return hex(count.incrementAndGet());
  }

  private static String hex(long value) {
    return HexFormat.of().toHexDigits(value);
  }
}
