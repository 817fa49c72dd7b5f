package dev.parigot.wasm;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** Bytes that don't change, compared by content; often a slice of the file they were read from. */
public final class Bytes {
  public static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);

  private final byte[] array;
  private final int from;
  private final int length;

  private Bytes(byte[] array, int from, int length) {
    this.array = array;
    this.from = from;
    this.length = length;
  }

  /** A copy of the array. */
  public static Bytes of(byte... bytes) {
    return new Bytes(bytes.clone(), 0, bytes.length);
  }

  /** The text in UTF-8. */
  public static Bytes ofText(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new Bytes(bytes, 0, bytes.length);
  }

  /** A view of an array that its owner promises not to change. */
  static Bytes slice(byte[] array, int from, int length) {
    return length == 0 ? EMPTY : new Bytes(array, from, length);
  }

  public int length() {
    return length;
  }

  public byte at(int index) {
    if (index < 0 || index >= length) {
      throw new IndexOutOfBoundsException("index " + index + " of " + length + " bytes");
    }
    return array[from + index];
  }

  /** A copy. */
  public byte[] toArray() {
    return Arrays.copyOfRange(array, from, from + length);
  }

  /** The array that is looked into; never to be changed. */
  byte[] array() {
    return array;
  }

  /** Where these bytes begin in {@link #array()}. */
  int from() {
    return from;
  }

  /** Their SHA-256, as {@code sha256:} and 64 hexadecimal digits. */
  public String digest() {
    try {
      MessageDigest sum = MessageDigest.getInstance("SHA-256");
      sum.update(array, from, length);
      return "sha256:" + HexFormat.of().formatHex(sum.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that
        && Arrays.equals(
            array, from, from + length, that.array, that.from, that.from + that.length);
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = from; i < from + length; i++) {
      hash = 31 * hash + array[i];
    }
    return hash;
  }

  @Override
  public String toString() {
    return length + " bytes";
  }
}
