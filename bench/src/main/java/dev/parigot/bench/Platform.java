package dev.parigot.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import tools.jackson.databind.json.JsonMapper;

/** The built platform with one account, spoken to as any client does. */
final class Platform implements AutoCloseable {
  static {
    // Java does not resolve *.localhost: apps are reached on 127.0.0.1 with their Host.
    System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
  }

  private static final JsonMapper JSON = new JsonMapper();
  private static final String EMAIL = "bench@example.org";
  private static final String PASSWORD = "a benchmark's password";

  private final Server server;
  private final HttpClient client = HttpClient.newHttpClient();
  private final String token;

  private Platform(Server server) throws IOException, InterruptedException {
    this.server = server;
    send(
        "localhost", "accounts", "", Map.of("email", EMAIL, "password", PASSWORD, "name", "Bench"));
    String basic = Base64.getEncoder().encodeToString((EMAIL + ":" + PASSWORD).getBytes(UTF_8));
    String made = send("localhost", "tokens", "Basic " + basic, Map.of("name", "bench"));
    this.token = JSON.readTree(made).get("token").asString();
  }

  /** Starts it on new data, with properties in its environment such as {@code PARIGOT_IDLE}. */
  static Platform start(Surroundings surroundings, Map<String, String> environment)
      throws IOException, InterruptedException {
    int port = Surroundings.freePort();
    String data = surroundings.folder("data").toString();
    return new Platform(
        Server.start(
            "Parigot",
            surroundings.root(),
            port,
            "Parigot is ready at",
            List.of("./parigot", "up", "--port", String.valueOf(port), "--data", data),
            environment));
  }

  Server server() {
    return server;
  }

  /** The address that an app is pushed to, with who pushes. */
  String gitRemote(String app) {
    return "http://%s:%s@localhost:%d/git/%s.git"
        .formatted(URLEncoder.encode(EMAIL, UTF_8).replace("+", "%20"), token, server.port(), app);
  }

  void create(String app) throws IOException, InterruptedException {
    send("localhost", "apps", "Bearer " + token, Map.of("name", app));
  }

  /** Deploys these files. */
  void deploy(String app, Map<String, byte[]> files) throws IOException, InterruptedException {
    HttpRequest request =
        request("localhost", "/api/v1/apps/" + app + "/releases")
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/gzip")
            .POST(BodyPublishers.ofByteArray(archive(files)))
            .build();
    succeeded(client.send(request, BodyHandlers.ofString()));
  }

  /** Calls a method and answers how long that took, in nanoseconds. */
  long call(String app, String method, byte[] body) throws IOException, InterruptedException {
    HttpRequest request =
        request(app + ".localhost", "/" + method).POST(BodyPublishers.ofByteArray(body)).build();
    long begin = System.nanoTime();
    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
    long nanos = System.nanoTime() - begin;
    succeeded(response);
    return nanos;
  }

  /** How many instances there are of the app's services. */
  int instances(String app) throws IOException, InterruptedException {
    HttpRequest request =
        request("localhost", "/api/v1/apps/" + app + "/services")
            .header("Authorization", "Bearer " + token)
            .build();
    return JSON.readTree(succeeded(client.send(request, BodyHandlers.ofString())))
        .get("items")
        .valueStream()
        .mapToInt(service -> service.get("instances").asInt())
        .sum();
  }

  /** Messages that wait in the app's first queue. */
  long waiting(String app) throws IOException, InterruptedException {
    HttpRequest request =
        request("localhost", "/api/v1/apps/" + app + "/queues")
            .header("Authorization", "Bearer " + token)
            .build();
    String queues = succeeded(client.send(request, BodyHandlers.ofString()));
    return JSON.readTree(queues).get("items").get(0).get("waiting").asLong();
  }

  private String send(String host, String path, String authorization, Map<String, String> body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        request(host, "/api/v1/" + path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    return succeeded(client.send(request.build(), BodyHandlers.ofString()));
  }

  private HttpRequest.Builder request(String host, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
        .timeout(Duration.ofMinutes(2))
        .header("Host", host + ":" + server.port());
  }

  private static String succeeded(HttpResponse<String> response) {
    if (response.statusCode() / 100 != 2) {
      throw new IllegalStateException(
          response.uri() + " answered " + response.statusCode() + ": " + response.body());
    }
    return response.body();
  }

  private static byte[] archive(Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(new GzipCompressorOutputStream(bytes))) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
        entry.setSize(file.getValue().length);
        tar.putArchiveEntry(entry);
        tar.write(file.getValue());
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  /** A manifest with one public service. */
  static byte[] manifest(String service) {
    return """
    [services.%1$s]
    wasm = "%1$s.wasm"
    public = true
    """
        .formatted(service)
        .getBytes(UTF_8);
  }

  @Override
  public void close() throws InterruptedException {
    client.close();
    server.close();
  }
}
