package dev.parigot.host;

import java.nio.charset.StandardCharsets;

/** The i64 by which the ABI passes bytes: {@code ptr << 32 | err << 31 | len}. */
public final class Packed {
  /** An import's error 507 when its caller has no room even for an error. */
  public static final long NO_ROOM = 1L << 31;

  /** An empty response. */
  public static final long EMPTY = 0;

  private Packed() {}

  public static long of(int pointer, int length) {
    return (long) pointer << 32 | length & 0x7fffffffL;
  }

  public static long error(int pointer, int length) {
    return of(pointer, length) | NO_ROOM;
  }

  public static int pointer(long packed) {
    return (int) (packed >>> 32);
  }

  public static int length(long packed) {
    return (int) packed & 0x7fffffff;
  }

  public static boolean isError(long packed) {
    return (packed & NO_ROOM) != 0;
  }

  /** The bytes of an error: its code, little endian, and its text in UTF-8. */
  public static byte[] errorBytes(int code, String message) {
    byte[] text = message.getBytes(StandardCharsets.UTF_8);
    byte[] bytes = new byte[4 + text.length];
    for (int i = 0; i < 4; i++) {
      bytes[i] = (byte) (code >>> 8 * i);
    }
    System.arraycopy(text, 0, bytes, 4, text.length);
    return bytes;
  }

  /** The code that {@link #errorBytes} begin with; there must be four. */
  public static int errorCode(byte[] bytes) {
    return bytes[0] & 0xff
        | (bytes[1] & 0xff) << 8
        | (bytes[2] & 0xff) << 16
        | (bytes[3] & 0xff) << 24;
  }

  /** The text that {@link #errorBytes} end with. */
  public static String errorText(byte[] bytes) {
    return new String(bytes, 4, bytes.length - 4, StandardCharsets.UTF_8);
  }
}
