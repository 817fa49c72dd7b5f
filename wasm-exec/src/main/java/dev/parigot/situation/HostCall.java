package dev.parigot.situation;

import org.jspecify.annotations.Nullable;

/**
 * One use of an import by a guest.
 *
 * @param cause the call on whose behalf the guest runs
 * @param instance of the service {@code cause.service()}
 * @param module of the import, such as {@code parigot:kv}
 * @param function of that module
 * @param key what it is about: the key of {@code parigot:kv} and {@code parigot:config}, the queue
 *     of {@code parigot:queue}, the channel of {@code parigot:channel}, the callee of {@code
 *     parigot:future}; else empty
 * @param given what the guest says beside the key, as far as others look at it
 */
public record HostCall(
    Call cause, String instance, String module, String function, byte[] key, Given given) {
  /** What it does, such as {@code parigot:kv get}: the word for it in traces and histories. */
  public String action() {
    return module + " " + function;
  }

  /**
   * What a guest says beside the key.
   *
   * @param value to be set or sent; null for none
   * @param other the value that is expected, or the key after which others are listed; null for
   *     none
   * @param number how many keys are listed at most, or the nanoseconds of a wait; else 0
   */
  public record Given(byte @Nullable [] value, byte @Nullable [] other, long number) {
    public static final Given NOTHING = new Given(null, null, 0);

    public static Given of(byte[] value) {
      return new Given(value, null, 0);
    }
  }
}
