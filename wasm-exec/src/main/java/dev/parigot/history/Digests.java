package dev.parigot.history;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Names for values that tell whether two are equal. They are salted with what nobody keeps: else
 * small values, such as a price, could be found by trying all.
 */
final class Digests {
  private static final int SALT_BYTES = 32;
  private static final int BYTES = 8;

  private final byte[] salt = new byte[SALT_BYTES];

  /**
   * @param random a cryptographic source where values are anybody's
   */
  Digests(RandomGenerator random) {
    random.nextBytes(salt);
  }

  String of(byte[] value) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(salt);
      return HexFormat.of().formatHex(digest.digest(value), 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has it", e);
    }
  }

  @Nullable String ofNullable(byte @Nullable [] value) {
    return value == null ? null : of(value);
  }
}
