package dev.parigot.manifest;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the store of a demo holds at first: a file of one JSON object, in which each key has a
 * string or, for bytes that are no text, {@code {"base64": "…"}}.
 */
public final class StartingData {
  /** Of keys and values together; each visitor loads them. */
  public static final int MOST_BYTES = 4 << 20;

  private static final int LONGEST_KEY = 512;
  private static final int LONGEST_VALUE = 1 << 20;
  private static final String BASE64 = "base64";

  private final Map<String, byte[]> entries = new LinkedHashMap<>();
  private final List<Mistake> mistakes = new ArrayList<>();
  private final JsonParser parser;
  private long bytes;

  private StartingData(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * Values by their keys, in the order of the file. A key is UTF-8 in the store.
   *
   * @throws MalformedData with every mistake in it
   */
  public static Map<String, byte[]> read(byte[] json) {
    try (JsonParser parser = JsonMapper.shared().createParser(json)) {
      StartingData data = new StartingData(parser);
      data.read();
      if (!data.mistakes.isEmpty()) {
        throw new MalformedData(data.mistakes);
      }
      return Collections.unmodifiableMap(data.entries);
    }
  }

  private void read() {
    try {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        mistake("It is no JSON object.", "Expected keys and their values: {\"tea\": \"12\"}.");
        return;
      }
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        entry();
      }
      if (parser.nextToken() != null) {
        mistake("There is more after the object.", "");
      }
    } catch (JacksonException e) {
      mistakes.add(mistake(e.getLocation(), "It is no JSON: " + e.getOriginalMessage() + ".", ""));
    }
    if (bytes > MOST_BYTES) {
      mistakes.add(
          new Mistake(
              1,
              1,
              "Its keys and values have " + bytes + " bytes.",
              "Expected " + MOST_BYTES + " at most: each visitor loads them."));
    }
  }

  private void entry() {
    String key = parser.currentName();
    int length = key.getBytes(StandardCharsets.UTF_8).length;
    if (length == 0 || length > LONGEST_KEY) {
      mistake("A key has " + length + " bytes.", "Expected 1 to " + LONGEST_KEY + ".");
    } else if (entries.containsKey(key)) {
      mistake("\"" + key + "\" is there twice.", "");
    }
    JsonToken token = parser.nextToken();
    TokenStreamLocation at = parser.currentTokenLocation();
    byte[] value = value(key, token);
    if (value != null && value.length > LONGEST_VALUE) {
      mistakes.add(
          mistake(
              at,
              "The value of \"" + key + "\" has " + value.length + " bytes.",
              "Expected " + LONGEST_VALUE + " at most."));
    }
    if (value != null) {
      entries.put(key, value);
      bytes += (long) length + value.length;
    }
  }

  private byte @Nullable [] value(String key, JsonToken token) {
    if (token == JsonToken.VALUE_STRING) {
      return parser.getString().getBytes(StandardCharsets.UTF_8);
    }
    if (token == JsonToken.START_OBJECT) {
      TokenStreamLocation at = parser.currentTokenLocation();
      Map<String, @Nullable String> inside = new LinkedHashMap<>();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        boolean text = parser.nextToken() == JsonToken.VALUE_STRING;
        inside.put(name, text ? parser.getString() : null);
        parser.skipChildren();
      }
      String encoded = inside.get(BASE64);
      if (encoded != null && inside.size() == 1) {
        try {
          return Base64.getDecoder().decode(encoded);
        } catch (IllegalArgumentException e) {
          mistakes.add(mistake(at, "The value of \"" + key + "\" is no base64.", ""));
          return null;
        }
      }
      mistakes.add(unexpected(at, key));
      return null;
    }
    mistakes.add(unexpected(parser.currentTokenLocation(), key));
    parser.skipChildren();
    return null;
  }

  private static Mistake unexpected(TokenStreamLocation at, String key) {
    return mistake(
        at,
        "The value of \"" + key + "\" is neither text nor bytes.",
        "Expected a string, or {\"base64\": \"…\"}.");
  }

  private void mistake(String what, String next) {
    mistakes.add(mistake(parser.currentTokenLocation(), what, next));
  }

  private static Mistake mistake(@Nullable TokenStreamLocation at, String what, String next) {
    return at == null
        ? new Mistake(1, 1, what, next)
        : new Mistake(Math.max(1, at.getLineNr()), Math.max(1, at.getColumnNr()), what, next);
  }
}
