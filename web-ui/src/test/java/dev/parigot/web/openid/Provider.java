package dev.parigot.web.openid;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * A provider of OpenID Connect that vouches for whoever comes, and can be told to do so wrongly.
 */
final class Provider implements AutoCloseable {
  static final String CLIENT = "shop-at-the-provider";
  static final String SECRET = "the client's secret: 100%";

  private final HttpServer server;
  private final RSAKey key;
  private final RSAKey strangersKey;
  private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
  private int count;

  /** What is done to the claims of an ID token before it is signed. */
  UnaryOperator<JWTClaimsSet.Builder> claims = builder -> builder;

  /** Whether tokens are signed by a key that is not the provider's. */
  boolean forged;

  /** What the metadata says that the issuer is; empty for what it is. */
  String otherIssuer = "";

  Provider() throws IOException, JOSEException {
    key = new RSAKeyGenerator(2048).keyID("one").generate();
    strangersKey = new RSAKeyGenerator(2048).keyID("one").generate();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/realm/.well-known/openid-configuration", this::metadata);
    server.createContext("/realm/keys", this::keys);
    server.createContext("/realm/authorize", this::authorize);
    server.createContext("/realm/token", this::token);
    server.createContext("/realm/userinfo", this::userInfo);
    server.start();
  }

  String issuer() {
    return "http://localhost:" + server.getAddress().getPort() + "/realm";
  }

  private void metadata(HttpExchange exchange) throws IOException {
    String issuer = issuer();
    answer(
        exchange,
        200,
        """
        {"issuer": "%1$s", "authorization_endpoint": "%2$s/authorize", "token_endpoint": "%2$s/token", "jwks_uri": "%2$s/keys",
         "userinfo_endpoint": "%2$s/userinfo", "subject_types_supported": ["public"], "response_types_supported": ["code"],
         "id_token_signing_alg_values_supported": ["RS256", "none", "HS256"], "grant_types_supported": ["authorization_code"]}
        """
            .formatted(otherIssuer.isEmpty() ? issuer : otherIssuer, issuer));
  }

  private void keys(HttpExchange exchange) throws IOException {
    answer(exchange, 200, new JWKSet(key.toPublicJWK()).toString());
  }

  /** Whoever comes is Ada, and agrees. */
  private void authorize(HttpExchange exchange) throws IOException {
    Map<String, String> asked = form(exchange.getRequestURI().getRawQuery());
    String code = "code " + ++count;
    codes.put(code, asked);
    exchange
        .getResponseHeaders()
        .set(
            "Location",
            asked.get("redirect_uri")
                + "?code="
                + code.replace(" ", "%20")
                + "&state="
                + asked.get("state"));
    exchange.sendResponseHeaders(302, -1);
    exchange.close();
  }

  private void token(HttpExchange exchange) throws IOException {
    Map<String, String> sent =
        form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    Map<String, String> asked = codes.remove(sent.getOrDefault("code", ""));
    String basic = exchange.getRequestHeaders().getFirst("Authorization");
    boolean known =
        ("Basic " + base64("shop-at-the-provider:the+client%27s+secret%3A+100%25")).equals(basic);
    if (!known) {
      answer(exchange, 401, "{\"error\": \"invalid_client\"}");
    } else if (asked == null
        || !asked.getOrDefault("redirect_uri", "").equals(sent.get("redirect_uri"))
        || !"S256".equals(asked.get("code_challenge_method"))
        || !sha256(sent.getOrDefault("code_verifier", "")).equals(asked.get("code_challenge"))) {
      answer(exchange, 400, "{\"error\": \"invalid_grant\"}");
    } else {
      answer(
          exchange,
          200,
          """
          {"access_token": "access", "token_type": "Bearer", "expires_in": 60, "scope": "openid email profile", "id_token": "%s"}
          """
              .formatted(idToken(asked.getOrDefault("nonce", ""))));
    }
  }

  private String idToken(String nonce) {
    Instant now = Instant.now();
    JWTClaimsSet.Builder builder =
        new JWTClaimsSet.Builder()
            .issuer(issuer())
            .subject("ada-12")
            .audience(CLIENT)
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plusSeconds(60)))
            .claim("nonce", nonce)
            .claim("roles", List.of("admin"));
    try {
      SignedJWT token =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("one").build(),
              claims.apply(builder).build());
      token.sign(new RSASSASigner(forged ? strangersKey : key));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private void userInfo(HttpExchange exchange) throws IOException {
    boolean known = "Bearer access".equals(exchange.getRequestHeaders().getFirst("Authorization"));
    answer(
        exchange,
        known ? 200 : 401,
        "{\"sub\": \"ada-12\", \"email\": \"ada@example.org\", \"email_verified\": true, \"name\": \"Ada Lovelace\"}");
  }

  private static Map<String, String> form(String text) {
    Map<String, String> values = new HashMap<>();
    for (String pair : text.split("&")) {
      String[] parts = pair.split("=", 2);
      values.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return values;
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String sha256(String text) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void answer(HttpExchange exchange, int status, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
