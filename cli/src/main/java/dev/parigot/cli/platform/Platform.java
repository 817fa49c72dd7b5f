package dev.parigot.cli.platform;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The REST API of one platform. What it refuses is a {@link Refused}; where it does not answer, an
 * {@link Unreachable}.
 */
public final class Platform {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** For what ends when a release is live; the platform itself gives up sooner. */
  private static final Duration LONG_PATIENCE = Duration.ofMinutes(15);

  private static final String LOCAL = ".localhost";
  private static final String VERSION = "Parigot-Version";

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final URI url;
  private final @Nullable String authorization;
  private @Nullable String version;

  private Platform(URI url, @Nullable String authorization) {
    this.url = url;
    this.authorization = authorization;
  }

  /** The one at that address, for whoever holds the token. */
  public static Platform at(URI url, String token) {
    return new Platform(url, "Bearer " + token);
  }

  /** The one at that address, for whoever knows the password; it makes tokens, and no more. */
  public static Platform at(URI url, String email, String password) {
    byte[] credentials = (email + ":" + password).getBytes(StandardCharsets.UTF_8);
    return new Platform(url, "Basic " + Base64.getEncoder().encodeToString(credentials));
  }

  /**
   * A platform's address in its one spelling: with a scheme, lower case, no slash at the end. An
   * {@link IllegalArgumentException} says why it is none.
   */
  public static URI address(String text) {
    String full = text.strip();
    if (!full.contains("://")) {
      String host = full.replaceFirst("[:/].*", "");
      boolean near = host.equals("localhost") || host.endsWith(LOCAL) || host.startsWith("127.");
      full = (near ? "http://" : "https://") + full;
    }
    URI url = URI.create(full.replaceFirst("/+$", ""));
    String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
    if (url.getHost() == null || !List.of("http", "https").contains(scheme)) {
      throw new IllegalArgumentException("no http address of a host");
    }
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    String path = url.getRawPath() == null ? "" : url.getRawPath();
    return URI.create(scheme + "://" + url.getHost().toLowerCase(Locale.ROOT) + port + path);
  }

  public URI url() {
    return url;
  }

  /** That of its build, once it has answered. */
  public Optional<String> version() {
    return Optional.ofNullable(version);
  }

  public JsonNode get(String path) {
    return json(request(path, PATIENCE).GET());
  }

  public JsonNode post(String path, Object body) {
    return json(withJson(request(path, PATIENCE), "POST", body));
  }

  /** Posts bytes as they are. */
  public JsonNode post(String path, byte[] body) {
    return json(
        request(path, PATIENCE)
            .header("Content-Type", "application/octet-stream")
            .POST(BodyPublishers.ofByteArray(body)));
  }

  /** An answer as it is. */
  public String text(String path) {
    return text(request(path, PATIENCE).GET());
  }

  /** Posts nothing, waits as long as something that is asked for may take, and gives its text. */
  public String postForText(String path) {
    return text(request(path, LONG_PATIENCE).POST(BodyPublishers.noBody()));
  }

  /** Waits as long as a new release may take. */
  public JsonNode patch(String path, Object body) {
    return json(withJson(request(path, LONG_PATIENCE), "PATCH", body));
  }

  public void delete(String path) {
    var _ = text(request(path, PATIENCE).DELETE());
  }

  /** Sets what is told by its place alone. */
  public JsonNode put(String path) {
    return json(request(path, PATIENCE).PUT(BodyPublishers.noBody()));
  }

  /** Sends a file as it is. */
  public void put(String path, Path file) {
    try {
      var _ =
          text(
              request(path, LONG_PATIENCE)
                  .header("Content-Type", "application/octet-stream")
                  .PUT(BodyPublishers.ofFile(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every item of a list, part after part; {@code path} may have a query. */
  public List<JsonNode> all(String path) {
    List<JsonNode> items = new ArrayList<>();
    String next = "";
    do {
      String limited = path + (path.contains("?") ? "&" : "?") + "limit=100";
      JsonNode part = get(limited + (next.isEmpty() ? "" : "&after=" + encoded(next)));
      part.path("items").forEach(items::add);
      next = part.path("next").asString("");
    } while (!next.isEmpty());
    return items;
  }

  /** Posts, and gives each event of the answer to the reader until there are no more. */
  public void postForEvents(String path, Object body, Consumer<Event> reader) {
    // The request's patience ends with the answer's header, which comes at once.
    events(withJson(request(path, LONG_PATIENCE), "POST", body), reader);
  }

  /** Gives each event to the reader until the stream ends. */
  public void events(String path, @Nullable String lastEvent, Consumer<Event> reader) {
    HttpRequest.Builder request = request(path, PATIENCE).GET();
    if (lastEvent != null) {
      request.header("Last-Event-ID", lastEvent);
    }
    events(request, reader);
  }

  /** What a problem that came within a stream is told as. */
  public static Refused refusal(JsonNode problem) {
    return Refused.of(problem);
  }

  /** An answer that ended too soon. */
  public static Unreachable brokenOff(String message) {
    return new Unreachable(message, null);
  }

  /** A part of a path or query. */
  public static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private void events(HttpRequest.Builder request, Consumer<Event> reader) {
    request.header("Accept", "text/event-stream, application/problem+json");
    HttpResponse<java.io.InputStream> response = send(request, BodyHandlers.ofInputStream());
    try (var lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      if (response.statusCode() >= 300) {
        throw Refused.of(response.statusCode(), lines.readAllAsString());
      }
      Event.read(lines, reader);
    } catch (IOException e) {
      throw new Unreachable("the answer of " + url + " broke off", e);
    }
  }

  private JsonNode json(HttpRequest.Builder request) {
    String text = text(request.header("Accept", "application/json, application/problem+json"));
    return JsonMapper.shared().readTree(text);
  }

  private String text(HttpRequest.Builder request) {
    HttpResponse<String> response = send(request, BodyHandlers.ofString());
    if (response.statusCode() >= 300) {
      throw Refused.of(response.statusCode(), response.body());
    }
    return response.body();
  }

  private <T> HttpResponse<T> send(
      HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler) {
    try {
      HttpResponse<T> response = http.send(request.build(), handler);
      response.headers().firstValue(VERSION).ifPresent(told -> version = told);
      return response;
    } catch (ConnectException e) {
      throw new Unreachable("nothing answers at " + url + "; is the platform up?", e);
    } catch (IOException e) {
      throw new Unreachable(url + " can't be reached: " + why(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unreachable("interrupted", e);
    }
  }

  private static String why(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private HttpRequest.Builder request(String path, Duration patience) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + "/api/v1/" + path)).timeout(patience);
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    return request;
  }

  private static HttpRequest.Builder withJson(
      HttpRequest.Builder request, String method, Object body) {
    BodyPublisher json = BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body));
    return request.header("Content-Type", "application/json").method(method, json);
  }
}
