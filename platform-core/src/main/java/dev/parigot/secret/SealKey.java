package dev.parigot.secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** A key of 256 bits, which is told by its id only. */
public final class SealKey {
  private static final int BYTES = 32;
  private static final int ID_BYTES = 6;

  private final byte[] bytes;
  private final String id;

  private SealKey(byte[] bytes) {
    this.bytes = bytes;
    this.id = id(bytes);
  }

  static SealKey random(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new SealKey(bytes);
  }

  /** A new key as text. */
  public static String newText(SecureRandom random) {
    return Base64.getEncoder().encodeToString(random(random).bytes);
  }

  /**
   * Reads a key: 32 bytes in Base64, as {@code openssl rand -base64 32} prints them. An {@link
   * IllegalArgumentException} says what is wrong, and not what the text is.
   */
  public static SealKey of(String text) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text.strip());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("it is no Base64", e);
    }
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("it has " + bytes.length + " bytes, not " + BYTES);
    }
    return new SealKey(bytes);
  }

  /** Tells it from other keys, and nothing about it. */
  public String id() {
    return id;
  }

  SecretKey secret() {
    return new SecretKeySpec(bytes, "AES");
  }

  private static String id(byte[] bytes) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update("parigot key id ".getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(digest.digest(bytes), 0, ID_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has it", e);
    }
  }

  @Override
  public String toString() {
    return "SealKey[" + id + "]";
  }
}
