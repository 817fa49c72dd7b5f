package dev.parigot.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of the REST API, and of the apps, that only knows addresses. */
final class Rest {
  private static final JsonMapper JSON = new JsonMapper();

  /** An answer: its status, its body as text, its content type, and where it leads. */
  record Answer(int status, String text, String type, String location) {
    JsonNode json() {
      return JSON.readTree(text);
    }

    Answer mustBe(int expected) {
      if (status != expected) {
        throw new AssertionError("expected " + expected + " but got " + status + ": " + text);
      }
      return this;
    }
  }

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final Platform platform;
  private final @Nullable String authorization;

  private Rest(Platform platform, @Nullable String authorization) {
    this.platform = platform;
    this.authorization = authorization;
  }

  static Rest anonymous(Platform platform) {
    return new Rest(platform, null);
  }

  static Rest bearer(Platform platform, String token) {
    return new Rest(platform, "Bearer " + token);
  }

  static Rest basic(Platform platform, String email, String password) {
    String credentials = email + ":" + password;
    return new Rest(
        platform,
        "Basic "
            + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
  }

  /** Signs up and answers a client that acts for the new account. */
  static Rest signUp(Platform platform, String email, String password)
      throws IOException, InterruptedException {
    anonymous(platform)
        .post(
            "accounts",
            Map.of(
                "email",
                email,
                "password",
                password,
                "name",
                email.substring(0, email.indexOf('@'))))
        .mustBe(201);
    return signIn(platform, email, password);
  }

  static Rest signIn(Platform platform, String email, String password)
      throws IOException, InterruptedException {
    JsonNode made =
        basic(platform, email, password).post("tokens", Map.of("name", "e2e")).mustBe(201).json();
    return bearer(platform, made.get("token").asString());
  }

  Answer get(String path) throws IOException, InterruptedException {
    return send("localhost", "/api/v1/" + path, "GET", BodyPublishers.noBody());
  }

  Answer post(String path, Object body) throws IOException, InterruptedException {
    return send("localhost", "/api/v1/" + path, "POST", json(body));
  }

  Answer put(String path, Object body) throws IOException, InterruptedException {
    return send("localhost", "/api/v1/" + path, "PUT", json(body));
  }

  Answer patch(String path, Object body) throws IOException, InterruptedException {
    return send("localhost", "/api/v1/" + path, "PATCH", json(body));
  }

  Answer delete(String path) throws IOException, InterruptedException {
    return send("localhost", "/api/v1/" + path, "DELETE", BodyPublishers.noBody());
  }

  /** Deploys a {@code .tar.gz}. */
  Answer deploy(String app, byte[] archive) throws IOException, InterruptedException {
    String path = "/api/v1/apps/" + app + "/releases";
    return send("localhost", path, "POST", "application/gzip", BodyPublishers.ofByteArray(archive));
  }

  /** Calls a method of an app, as the world does. */
  Answer call(String app, String method, String body) throws IOException, InterruptedException {
    return send(app + ".localhost", "/" + method, "POST", BodyPublishers.ofString(body));
  }

  /** The same of a method that answers bytes. */
  byte[] callForBytes(String app, String method, byte[] body)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        client.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + platform.port() + "/" + method))
                .timeout(Duration.ofSeconds(60))
                .header("Host", app + ".localhost:" + platform.port())
                .POST(BodyPublishers.ofByteArray(body))
                .build(),
            BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      throw new AssertionError("got " + response.statusCode());
    }
    return response.body();
  }

  /** Fetches a path of an app, as a browser does. */
  Answer visit(String app, String path) throws IOException, InterruptedException {
    return send(app + ".localhost", path, "GET", BodyPublishers.noBody());
  }

  /** The same of any host. */
  Answer visitHost(String host, String path) throws IOException, InterruptedException {
    return send(host, path, "GET", BodyPublishers.noBody());
  }

  private Answer send(String host, String path, String method, BodyPublisher body)
      throws IOException, InterruptedException {
    return send(host, path, method, "application/json", body);
  }

  private Answer send(String host, String path, String method, String type, BodyPublisher body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + platform.port() + path))
            .timeout(Duration.ofSeconds(60))
            .header("Host", host + ":" + platform.port())
            .header("Content-Type", type)
            .method(method, body);
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
    return new Answer(
        response.statusCode(),
        response.body(),
        response.headers().firstValue("Content-Type").orElse(""),
        response.headers().firstValue("Location").orElse(""));
  }

  private static BodyPublisher json(Object body) {
    return BodyPublishers.ofString(JSON.writeValueAsString(body));
  }
}
