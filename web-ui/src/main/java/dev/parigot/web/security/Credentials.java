package dev.parigot.web.security;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What the Authorization header of a request says. */
sealed interface Credentials {
  record Bearer(String token) implements Credentials {}

  record Basic(String user, String secret) implements Credentials {}

  /** There are none, or they are of no form known here. */
  record None() implements Credentials {}

  static Credentials of(HttpServletRequest request) {
    String header = request.getHeader("Authorization");
    int space = header == null ? -1 : header.indexOf(' ');
    if (header == null || space < 0) {
      return new None();
    }
    String scheme = header.substring(0, space);
    String value = header.substring(space + 1).strip();
    if (scheme.equalsIgnoreCase("Bearer") && !value.isEmpty()) {
      return new Bearer(value);
    }
    return scheme.equalsIgnoreCase("Basic") ? basic(value) : new None();
  }

  private static Credentials basic(String value) {
    try {
      String pair = new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      return colon < 0
          ? new None()
          : new Basic(pair.substring(0, colon), pair.substring(colon + 1));
    } catch (IllegalArgumentException e) {
      return new None();
    }
  }
}
