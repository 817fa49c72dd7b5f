package dev.parigot.web.console.services;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A method's response as people read it. */
final class Answer {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int SHOWN = 16 * 1024;
  private static final int SHOWN_BINARY = 512;

  private Answer() {}

  /** JSON indented, other text as it is, other bytes in hexadecimal; cut if very long. */
  static String text(byte[] response) {
    if (response.length == 0) {
      return "(empty)";
    }
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(response)).toString();
      return cut(indented(text), SHOWN);
    } catch (CharacterCodingException binary) {
      byte[] start = Arrays.copyOf(response, Math.min(response.length, SHOWN_BINARY));
      String hex = HexFormat.ofDelimiter(" ").formatHex(start);
      return response.length > SHOWN_BINARY
          ? hex + "\n… " + (response.length - SHOWN_BINARY) + " more bytes"
          : hex;
    }
  }

  private static String indented(String text) {
    try {
      JsonNode node = JSON.readTree(text);
      return node.isContainer() ? node.toPrettyString() : text;
    } catch (JacksonException notJson) {
      return text;
    }
  }

  private static String cut(String text, int most) {
    return text.length() <= most
        ? text
        : text.substring(0, most) + "\n… " + (text.length() - most) + " more characters";
  }
}
