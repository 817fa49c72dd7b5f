package dev.parigot.picture;

import dev.parigot.local.Event;
import dev.parigot.local.Line;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values, messages and log lines of one side as text, of which there is only so much in all. */
final class Texts {
  private static final int MOST = 200_000;
  private static final int LONGEST = 1_000;
  private static final int LONGEST_HEX = 24;
  private static final List<String> LEVELS = List.of("trace", "debug", "info", "warn", "error");

  private int left = MOST;

  String of(Event.@Nullable Value value) {
    return value == null ? "nothing" : bounded(readable(value));
  }

  String of(Line line) {
    String level = LEVELS.get(Math.clamp(line.level(), 0, LEVELS.size() - 1));
    return bounded(level + " " + line.instance() + ": " + line.message());
  }

  private String bounded(String text) {
    int most = Math.min(LONGEST, left);
    left -= Math.min(most, text.length());
    return text.length() <= most ? text : text.substring(0, most) + "…";
  }

  /** UTF-8 as it is, else the bytes. */
  private static String readable(Event.Value value) {
    byte[] start = value.start();
    if (start.length == 0) {
      return "empty";
    }
    String whole = value.size() > start.length ? "… (%,d bytes)".formatted(value.size()) : "";
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(start)).toString();
      if (text.chars().noneMatch(each -> each < ' ' && !Character.isWhitespace(each))) {
        return text + whole;
      }
    } catch (CharacterCodingException e) {
      // They are told as bytes.
    }
    if (start.length == value.size() && (start.length == 4 || start.length == 8)) {
      ByteBuffer number = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN);
      return start.length == 4 ? number.getInt() + " (as i32)" : number.getLong() + " (as i64)";
    }
    byte[] few = Arrays.copyOf(start, Math.min(LONGEST_HEX, start.length));
    return "bytes "
        + HexFormat.ofDelimiter(" ").formatHex(few)
        + (few.length < value.size() ? "… (%,d in all)".formatted(value.size()) : "");
  }
}
