package dev.parigot.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.json.JsonMapper;

/**
 * Let's Encrypt's small ACME server for tests, and its name server, which says what a test wants:
 * Debian's package {@code pebble}. Every host is 127.0.0.1.
 */
final class Pebble implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  private final Path folder;
  private final List<Process> processes = new ArrayList<>();
  private final int port = Platform.freePort();
  private final int management = Platform.freePort();
  private final int dns = Platform.freePort();
  private final int records = Platform.freePort();
  private final HttpClient plain = HttpClient.newHttpClient();
  private final HttpClient trusting;

  /**
   * @param httpPort where it looks for what a host answers over plain HTTP
   * @param lifeSeconds how long its certificates last
   */
  static Pebble start(Path folder, int httpPort, int lifeSeconds) throws Exception {
    if (!Files.isExecutable(Path.of("/usr/bin/pebble"))) {
      Apt.install("pebble");
    }
    return new Pebble(folder, httpPort, lifeSeconds);
  }

  private Pebble(Path folder, int httpPort, int lifeSeconds) throws Exception {
    this.folder = folder;
    Certificate own = makeCertificate();
    trusting = HttpClient.newBuilder().sslContext(SelfSigned.trusting(own)).build();
    run(
        Map.of(),
        "pebble-challtestsrv",
        "-management",
        "127.0.0.1:" + records,
        "-dns01",
        "127.0.0.1:" + dns,
        "-http01",
        "",
        "-https01",
        "",
        "-tlsalpn01",
        "",
        "-defaultIPv6",
        "");
    Path settings = folder.resolve("pebble.json");
    Files.writeString(
        settings,
        JSON.writeValueAsString(
            Map.of(
                "pebble",
                Map.of(
                    "listenAddress",
                    "127.0.0.1:" + port,
                    "managementListenAddress",
                    "127.0.0.1:" + management,
                    "certificate",
                    folder.resolve("cert.pem").toString(),
                    "privateKey",
                    folder.resolve("key.pem").toString(),
                    "httpPort",
                    httpPort,
                    "tlsPort",
                    1,
                    "certificateValidityPeriod",
                    lifeSeconds))));
    run(
        Map.of("PEBBLE_VA_NOSLEEP", "1", "PEBBLE_WFE_NONCEREJECT", "20"),
        "pebble",
        "-config",
        settings.toString(),
        "-dnsserver",
        "127.0.0.1:" + dns);
    awaitAnswer();
  }

  /** What makes a platform use it. */
  Map<String, String> settings() {
    return Map.of(
        "PARIGOT_ACME_DIRECTORY",
        "https://localhost:" + port + "/dir",
        "PARIGOT_ACME_TRUST",
        folder.resolve("cert.pem").toString(),
        "PARIGOT_DOMAINS_RESOLVER",
        "127.0.0.1:" + dns);
  }

  /** Adds a record, as the owner of a domain does. */
  void addText(String name, String content) throws IOException, InterruptedException {
    record("set-txt", Map.of("host", name + ".", "value", content));
  }

  /** Lets all hosts lead here, as they do at first, or nowhere. */
  void leadHere(boolean here) throws IOException, InterruptedException {
    record("set-default-ipv4", Map.of("ip", here ? "127.0.0.1" : ""));
  }

  private void record(String what, Map<String, Object> body)
      throws IOException, InterruptedException {
    HttpResponse<String> response =
        plain.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + records + "/" + what))
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new AssertionError("the name server refused: " + response.body());
    }
  }

  /** A client's TLS that trusts what this authority issues, and nothing else. */
  SSLContext clients() throws Exception {
    HttpResponse<InputStream> root =
        trusting.send(
            HttpRequest.newBuilder(URI.create("https://localhost:" + management + "/roots/0"))
                .build(),
            HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream in = root.body()) {
      return SelfSigned.trusting(CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
  }

  /** The server's own certificate, and its key beside it. */
  private Certificate makeCertificate() throws Exception {
    return SelfSigned.write(
        folder, "localhost", folder.resolve("cert.pem"), folder.resolve("key.pem"));
  }

  private void run(Map<String, String> environment, String... command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(command[0] + ".log").toFile());
    builder.environment().putAll(environment);
    processes.add(builder.start());
  }

  private void awaitAnswer() throws IOException, InterruptedException {
    for (int i = 0; i < 100; i++) {
      try {
        trusting.send(
            HttpRequest.newBuilder(URI.create("https://localhost:" + port + "/dir")).build(),
            HttpResponse.BodyHandlers.discarding());
        record("clear-a", Map.of("host", "nobody."));
        return;
      } catch (ConnectException e) {
        Thread.sleep(100);
      }
    }
    throw new AssertionError("Pebble did not start:\n" + log());
  }

  /** What the authority did. */
  String log() throws IOException {
    return Files.readString(folder.resolve("pebble.log"));
  }

  @Override
  public void close() throws InterruptedException {
    for (Process process : processes) {
      process.destroy();
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    }
    plain.close();
    trusting.close();
  }
}
