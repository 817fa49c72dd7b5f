package dev.parigot.history;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;

/** Keys of the store as texts, no two of which are the same. */
final class Keys {
  private static final String HEX = "0x";

  /** In the order of the store. */
  static final Comparator<String> ORDER =
      (one, other) -> Arrays.compareUnsigned(bytes(one), bytes(other));

  private Keys() {}

  /** The text itself if it is one; else {@code 0x} and its bytes. */
  static String of(byte[] key) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(key)).toString();
      if (!text.startsWith(HEX)) {
        return text;
      }
    } catch (CharacterCodingException _) {
      // It is told as bytes.
    }
    return HEX + HexFormat.of().formatHex(key);
  }

  /** Whether a text that somebody wrote stands for a key. */
  static boolean isOne(String text) {
    try {
      return of(bytes(text)).equals(text);
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  static byte[] bytes(String key) {
    return key.startsWith(HEX)
        ? HexFormat.of().parseHex(key, HEX.length(), key.length())
        : key.getBytes(StandardCharsets.UTF_8);
  }

  static boolean begins(String key, String prefix) {
    byte[] bytes = bytes(key);
    byte[] start = bytes(prefix);
    return bytes.length >= start.length
        && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
  }
}
