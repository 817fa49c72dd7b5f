package dev.parigot.signin;

import dev.parigot.gateway.GatewayRequest;
import dev.parigot.gateway.RequestHeaders;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The named texts that a request brings: of a form, of a JSON object, or of a query. */
record Fields(Map<String, String> values) {
  private static final int MOST_BYTES = 16 << 10;

  /** How the body of a request is written. */
  enum Kind {
    JSON,
    FORM,
    OTHER
  }

  static Kind kind(GatewayRequest request) {
    String type =
        RequestHeaders.first(request, "content-type")
            .map(value -> value.split(";")[0].strip().toLowerCase(Locale.ROOT))
            .orElse("");
    return switch (type) {
      case "application/json" -> Kind.JSON;
      case "application/x-www-form-urlencoded" -> Kind.FORM;
      default -> Kind.OTHER;
    };
  }

  /** Of the body; empty if it is not what it says to be. */
  static Optional<Fields> ofBody(GatewayRequest request) {
    if (request.body().length > MOST_BYTES) {
      return Optional.empty();
    }
    return switch (kind(request)) {
      case JSON -> json(request.body());
      case FORM -> Optional.of(encoded(new String(request.body(), StandardCharsets.UTF_8)));
      case OTHER -> Optional.empty();
    };
  }

  static Fields ofQuery(GatewayRequest request) {
    return encoded(request.query());
  }

  private static Optional<Fields> json(byte[] body) {
    if (body.length == 0) {
      return Optional.of(new Fields(Map.of()));
    }
    try {
      JsonNode object = JsonMapper.shared().readTree(body);
      if (!object.isObject()) {
        return Optional.empty();
      }
      Map<String, String> values = new HashMap<>();
      object.forEachEntry((name, value) -> {
        if (value.isString()) {
          values.put(name, value.asString());
        }
      });
      return Optional.of(new Fields(values));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  private static Fields encoded(String text) {
    Map<String, String> values = new HashMap<>();
    for (String pair : text.split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        values.putIfAbsent(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
    }
    return new Fields(values);
  }

  /** What is not well encoded is as good as absent. */
  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  Optional<String> find(String name) {
    return Optional.ofNullable(values.get(name));
  }

  String text(String name) {
    return values.getOrDefault(name, "");
  }
}
