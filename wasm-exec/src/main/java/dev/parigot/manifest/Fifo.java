package dev.parigot.manifest;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which messages of a queue are delivered in the order in which they were sent, one at a time:
 * those with the same key. Others don't wait for each other.
 *
 * @param field of a message that is a JSON object, whose value is the key; null if all messages
 *     have the same
 */
public record Fifo(@Nullable String field) {
  /** All messages of the queue are in one order. */
  public static final Fifo WHOLE = new Fifo(null);

  /**
   * The key of a message. None if it is no JSON object, or if the field is absent, null, an object
   * or an array: then it is in no order. A string and a number that read alike are different keys.
   */
  public Optional<String> key(byte[] message) {
    if (field == null) {
      return Optional.of("");
    }
    try (JsonParser parser = JsonMapper.shared().createParser(message)) {
      return parser.nextToken() == JsonToken.START_OBJECT ? value(parser, field) : Optional.empty();
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> value(JsonParser parser, String field) {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      boolean found = field.equals(parser.currentName());
      JsonToken value = Objects.requireNonNull(parser.nextToken());
      if (found) {
        return switch (value) {
          case VALUE_STRING -> Optional.of("\"" + parser.getString());
          case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE ->
              Optional.of(parser.getString());
          default -> Optional.empty();
        };
      }
      parser.skipChildren();
    }
    return Optional.empty();
  }
}
