package dev.parigot.signin;

import dev.parigot.gateway.GatewayResponse;
import dev.parigot.http.Headers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The kinds of responses; no cache keeps any. */
final class Replies {
  private static final byte[] NOTHING = {};

  private Replies() {}

  static GatewayResponse json(int status, String json) {
    return response(status, "application/json", json);
  }

  /** As RFC 9457 has it. */
  static GatewayResponse problem(Directory.Outcome.Refused refused) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", "urn:parigot:problem:" + refused.type());
    body.put("status", refused.status());
    body.put("detail", refused.what());
    body.put("next", refused.next());
    GatewayResponse response =
        response(
            refused.status(),
            "application/problem+json",
            JsonMapper.shared().writeValueAsString(body));
    return refused.status() == 401
        ? response.with("WWW-Authenticate", "Session location=\"/_parigot/auth/\"")
        : response;
  }

  /** A page that runs no script, loads nothing, and is shown in no other one. */
  static GatewayResponse page(int status, String html) {
    return response(status, "text/html; charset=utf-8", html)
        .with(
            "Content-Security-Policy",
            "default-src 'none'; style-src '"
                + Page.STYLE_HASH
                + "'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'")
        .with("X-Frame-Options", "DENY")
        .with("Referrer-Policy", "no-referrer");
  }

  static GatewayResponse redirect(String location) {
    return new GatewayResponse(
        303, Headers.of("Location", location, "Cache-Control", "no-store"), NOTHING);
  }

  private static GatewayResponse response(int status, String type, String text) {
    return new GatewayResponse(
        status,
        Headers.of(
            "Content-Type", type, "Cache-Control", "no-store", "X-Content-Type-Options", "nosniff"),
        text.getBytes(StandardCharsets.UTF_8));
  }

  /** With one cookie more. */
  static GatewayResponse with(GatewayResponse response, String cookie) {
    return new GatewayResponse(
        response.status(), response.headers().and("Set-Cookie", cookie), response.body());
  }
}
