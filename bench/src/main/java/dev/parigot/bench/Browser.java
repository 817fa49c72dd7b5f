package dev.parigot.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** A page in headless Chromium, which sends back what it measured. */
final class Browser {
  private static final Map<String, String> TYPES =
      Map.of("html", "text/html", "mjs", "text/javascript", "wasm", "application/wasm");

  private Browser() {}

  /**
   * What the page posts to {@code figures}; empty where there is no Chromium.
   *
   * @param files of the site, by their names
   */
  static Optional<String> open(Surroundings surroundings, String page, Map<String, Path> files)
      throws IOException, InterruptedException {
    CompletableFuture<String> figures = new CompletableFuture<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> answer(exchange, files, figures));
    server.start();
    try {
      String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/" + page;
      return show(surroundings, url, figures).map(_ -> figures.join());
    } finally {
      server.stop(0);
    }
  }

  /** Opens a page and waits for what is told of it; empty where there is no Chromium. */
  static Optional<Path> show(Surroundings surroundings, String url, CompletableFuture<?> told)
      throws IOException, InterruptedException {
    Optional<Path> chromium = chromium();
    if (chromium.isEmpty()) {
      return chromium;
    }
    Process browser =
        new ProcessBuilder(
                chromium.get().toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--remote-debugging-port=0",
                "--user-data-dir=" + surroundings.folder("chromium"),
                url)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      told.get(10, TimeUnit.MINUTES);
      return chromium;
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the page " + url + " told no figures", e);
    } finally {
      browser.destroy();
      if (!browser.waitFor(20, TimeUnit.SECONDS)) {
        browser.destroyForcibly().waitFor();
      }
    }
  }

  private static Optional<Path> chromium() {
    return Stream.of("chromium", "chromium-browser", "google-chrome")
        .flatMap(name ->
            Stream.of(System.getenv("PATH").split(":")).map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static void answer(
      HttpExchange exchange, Map<String, Path> files, CompletableFuture<String> figures)
      throws IOException {
    try (exchange) {
      String name = exchange.getRequestURI().getPath().substring(1);
      Path file = files.get(name);
      if (exchange.getRequestMethod().equals("POST")) {
        figures.complete(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        exchange.sendResponseHeaders(204, -1);
      } else if (file == null) {
        exchange.sendResponseHeaders(404, -1);
      } else {
        byte[] content = Files.readAllBytes(file);
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        exchange.getResponseHeaders().set("Content-Type", String.valueOf(type));
        exchange.sendResponseHeaders(200, content.length);
        exchange.getResponseBody().write(content);
      }
    }
  }

  /** Lines of figures, in nanoseconds. */
  static List<Long> lines(String text) {
    return text.lines().map(Long::parseLong).toList();
  }
}
