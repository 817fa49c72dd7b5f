package dev.parigot.web.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of the platform and of the apps on it, over HTTP only. */
public final class Client {
  static {
    // Java does not resolve *.localhost: apps are reached on 127.0.0.1 with their Host.
    System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
  }

  public static final String PASSWORD = "correct horse";

  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private static final JsonMapper JSON = new JsonMapper();

  /** An answer. */
  public record Answer(int status, String text, HttpHeaders headers) {
    public JsonNode json() {
      return JSON.readTree(text);
    }

    public List<JsonNode> items() {
      return json().get("items").valueStream().toList();
    }

    public String type() {
      return headers.firstValue("Content-Type").orElse("");
    }

    public Answer mustBe(int expected) {
      if (status != expected) {
        throw new AssertionError("expected " + expected + " but got " + status + ": " + text);
      }
      return this;
    }

    /** Must be a problem of that status and type. */
    public Answer mustBeProblem(int expected, String problem) {
      mustBe(expected);
      if (!type().equals("application/problem+json")
          || !json().get("type").stringValue().equals("urn:parigot:problem:" + problem)
          || json().get("status").intValue() != expected) {
        throw new AssertionError("expected the problem " + problem + " but got: " + text);
      }
      return this;
    }
  }

  private final int port;
  private final @Nullable String authorization;
  private final String email;

  Client(int port, @Nullable String authorization) {
    this(port, authorization, "");
  }

  Client(int port, @Nullable String authorization, String email) {
    this.port = port;
    this.authorization = authorization;
    this.email = email;
  }

  public String email() {
    return email;
  }

  /** One that sends that e-mail and password instead. */
  public Client basic(String email, String password) {
    return new Client(
        port,
        "Basic "
            + Base64.getEncoder()
                .encodeToString((email + ":" + password).getBytes(StandardCharsets.UTF_8)),
        email);
  }

  /** One that sends that access token instead. */
  public Client bearer(String token) {
    return new Client(port, "Bearer " + token);
  }

  public Answer get(String path) {
    return call("GET", path, null);
  }

  public Answer post(String path, String json) {
    return call("POST", path, json);
  }

  public Answer put(String path, String json) {
    return call("PUT", path, json);
  }

  public Answer patch(String path, String json) {
    return call("PATCH", path, json);
  }

  public Answer delete(String path) {
    return call("DELETE", path, null);
  }

  /** Sends a request to the API, with a body of JSON if there is one. */
  public Answer call(String method, String path, @Nullable String json) {
    HttpRequest.Builder request = request("localhost", "/api/v1/" + path);
    if (json == null) {
      request.method(method, BodyPublishers.noBody());
    } else {
      request
          .header("Content-Type", "application/json")
          .method(method, BodyPublishers.ofString(json));
    }
    return send(request);
  }

  /** Makes an app. */
  public void create(String app) {
    post("apps", "{\"name\": \"" + app + "\"}").mustBe(201);
  }

  /** Deploys the files of a folder as an archive. */
  public Answer deploy(String app, Path folder) {
    return upload("apps/" + app + "/releases", archive(folder));
  }

  public Answer upload(String path, byte[] archive) {
    return send(
        request("localhost", "/api/v1/" + path)
            .header("Content-Type", "application/gzip")
            .POST(BodyPublishers.ofByteArray(archive)));
  }

  /** Sends a file of a release to come. */
  public Answer send(String app, String digest, byte[] content) {
    return send(
        request("localhost", "/api/v1/apps/" + app + "/blobs/" + digest)
            .header("Content-Type", "application/octet-stream")
            .PUT(BodyPublishers.ofByteArray(content)));
  }

  /** Calls a method of a live service as its owner's own machine does. */
  public Answer callRemotely(
      String app, String method, byte[] request, Map<String, String> headers) {
    String path = "/api/v1/apps/" + app + "/services/" + method.replace(".", "/methods/");
    HttpRequest.Builder post = request("localhost", path).POST(BodyPublishers.ofByteArray(request));
    headers.forEach(post::header);
    return send(post);
  }

  /** Posts JSON, or an archive, for server-sent events, and answers all of them. */
  public Answer watch(String path, String type, byte[] body) {
    return send(
        request("localhost", "/api/v1/" + path)
            .header("Content-Type", type)
            .header("Accept", "text/event-stream")
            .POST(BodyPublishers.ofByteArray(body)));
  }

  /** Posts JSON for server-sent events, and goes away without reading one. */
  public void abandon(String path, String json) {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    String head =
        """
        POST /api/v1/%s HTTP/1.1
        Host: localhost:%d
        Authorization: %s
        Content-Type: application/json
        Accept: text/event-stream
        Content-Length: %d

        """
            .formatted(path, port, authorization, body.length)
            .replace("\n", "\r\n");
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends a request to any host of the platform. */
  public Answer visit(String host, String method, String path, BodyPublisher body) {
    return send(request(host, path).method(method, body));
  }

  public Answer visit(String host, String path) {
    return visit(host, "GET", path, BodyPublishers.noBody());
  }

  /** Opens an endless answer. */
  public InputStream open(String path) {
    try {
      return HTTP.send(
              request("localhost", "/api/v1/" + path).build(), BodyHandlers.ofInputStream())
          .body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The files of a folder as {@code tar czf} packs them. */
  public static byte[] archive(Path folder) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes));
        Stream<Path> files = Files.walk(folder)) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        byte[] content = Files.readAllBytes(file);
        var entry = new TarArchiveEntry("./" + folder.relativize(file));
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private HttpRequest.Builder request(String host, String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(60))
            .header("Host", host + ":" + port);
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    return request;
  }

  private static Answer send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body(), response.headers());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
