package dev.parigot.host;

import dev.parigot.situation.Refused;
import dev.parigot.situation.User;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads whom a test acts as. */
final class Claims {
  static final int MOST_BYTES = 64 << 10;

  private Claims() {}

  /** The user of whom these are the claims; {@link Refused} with 400 if they are none. */
  static User user(byte[] json) {
    JsonNode claims = read(json);
    if (!claims.isObject()
        || !claims.path("id").isString()
        || claims.path("id").asString().isEmpty()) {
      throw new Refused(
          400, "a user is a JSON object with a text \"id\", such as {\"id\": \"ada\"}");
    }
    return new User(claims.path("id").asString(), new String(json, StandardCharsets.UTF_8));
  }

  private static JsonNode read(byte[] json) {
    try {
      return JsonMapper.shared().readTree(json);
    } catch (JacksonException e) {
      throw new Refused(400, "the claims of a user are no JSON: " + e.getOriginalMessage());
    }
  }
}
