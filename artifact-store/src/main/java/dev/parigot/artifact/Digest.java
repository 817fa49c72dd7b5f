package dev.parigot.artifact;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The name of an artifact: the SHA-256 of its bytes, written {@code sha256:<hex>}.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record Digest(String hex) {
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");
  private static final String PREFIX = "sha256:";

  public Digest {
    if (!HEX.matcher(hex).matches()) {
      throw new IllegalArgumentException("not 64 lower-case hexadecimal digits: " + hex);
    }
  }

  /**
   * Reads {@code sha256:<hex>}; an {@link IllegalArgumentException} if it is nothing of the kind.
   */
  public static Digest of(String text) {
    if (!text.startsWith(PREFIX)) {
      throw new IllegalArgumentException("a digest begins with sha256: but this is " + text);
    }
    return new Digest(text.substring(PREFIX.length()));
  }

  /** The digest of these bytes. */
  public static Digest sha256(byte[] content) {
    try {
      byte[] sum = MessageDigest.getInstance("SHA-256").digest(content);
      return new Digest(HexFormat.of().formatHex(sum));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** {@code sha256:<hex>}. */
  @Override
  public String toString() {
    return PREFIX + hex;
  }
}
