package dev.parigot.web.console.events;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The bytes of a message for a reader: JSON in lines, or text as it is, or else hexadecimal.
 *
 * @param kind what it was read as
 */
record MessagePreview(String kind, String text) {
  /** What is shown of a message; the rest can be had by the API. */
  static final int MOST_BYTES = 16 * 1024;

  private static final int LINE = 16;

  static MessagePreview of(byte[] message) {
    if (message.length <= MOST_BYTES) {
      try {
        JsonMapper json = JsonMapper.shared();
        String lines =
            json.writerWithDefaultPrettyPrinter().writeValueAsString(json.readTree(message));
        return new MessagePreview("JSON", lines);
      } catch (JacksonException e) {
        // Then it is something else.
      }
    }
    byte[] shown = Arrays.copyOf(message, Math.min(message.length, MOST_BYTES));
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(shown)).toString();
      if (text.chars().noneMatch(each -> Character.isISOControl(each) && !isSpace(each))) {
        return new MessagePreview("text", text);
      }
    } catch (CharacterCodingException e) {
      // Then it is bytes, or a text that is cut within a character.
    }
    return new MessagePreview("bytes", hex(shown));
  }

  private static boolean isSpace(int character) {
    return character == '\n' || character == '\r' || character == '\t';
  }

  private static String hex(byte[] bytes) {
    HexFormat format = HexFormat.ofDelimiter(" ");
    StringBuilder lines = new StringBuilder();
    for (int at = 0; at < bytes.length; at += LINE) {
      byte[] part = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + LINE));
      lines.append("%06x  %-47s  ".formatted(at, format.formatHex(part)));
      for (byte each : part) {
        lines.append(each >= ' ' && each < 127 ? (char) each : '.');
      }
      lines.append('\n');
    }
    return lines.toString();
  }
}
