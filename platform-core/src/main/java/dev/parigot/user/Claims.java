package dev.parigot.user;

import dev.parigot.situation.User;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What services get to know of a user. */
final class Claims {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int MOST_CHARACTERS = 8 << 10;

  /** Those of an ID token that are about the token, and not about whom it is of. */
  private static final Set<String> OF_TOKENS =
      Set.of(
          "iss",
          "sub",
          "aud",
          "exp",
          "iat",
          "nbf",
          "jti",
          "nonce",
          "azp",
          "acr",
          "amr",
          "auth_time",
          "at_hash",
          "c_hash",
          "s_hash",
          "sid");

  private Claims() {}

  /** The user in a row that has the columns of one. */
  static User user(ResultSet row) throws SQLException {
    ObjectNode claims = JSON.createObjectNode();
    claims.put("id", row.getString("id"));
    claims.put("email", row.getString("email"));
    claims.put("email_verified", row.getBoolean("email_verified"));
    claims.put("name", row.getString("name"));
    String provider = row.getString("provider");
    claims.put("provider", provider);
    if (!provider.equals(AppUser.PASSWORD)) {
      claims.put("issuer", row.getString("issuer"));
      claims.put("subject", row.getString("subject"));
    }
    JSON.readTree(row.getString("claims")).forEachEntry((name, value) -> add(claims, name, value));
    return new User(row.getString("id"), JSON.writeValueAsString(claims));
  }

  /** What is the platform's own word stays so. */
  private static void add(ObjectNode claims, String name, JsonNode value) {
    if (!claims.has(name)) {
      claims.set(name, value);
    }
  }

  /** What is kept of an ID token; nothing if that would be too much. */
  static String kept(Map<String, @Nullable Object> token) {
    Map<String, @Nullable Object> kept = new TreeMap<>(token);
    kept.keySet().removeAll(OF_TOKENS);
    String text = JSON.writeValueAsString(kept);
    return text.length() > MOST_CHARACTERS ? "{}" : text;
  }
}
