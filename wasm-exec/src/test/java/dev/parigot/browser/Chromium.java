package dev.parigot.browser;

import static org.junit.jupiter.api.Assumptions.abort;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Runs cases of the conformance suite in a page of headless Chromium. */
final class Chromium {
  private static final Map<String, String> TYPES =
      Map.of("js", "text/javascript", "mjs", "text/javascript", "wasm", "application/wasm");
  private static final String PAGE =
      "<!doctype html><script type=\"module\" src=\"conformance-page.mjs\"></script>";

  private final Path runtime;
  private final Path cases;
  private final CompletableFuture<String> told = new CompletableFuture<>();

  private Chromium(Path runtime, Path cases) {
    this.runtime = runtime;
    this.cases = cases;
  }

  /**
   * A line of JSON for each case.
   *
   * @param runtime the folder of its modules
   * @param cases a folder with a file of JSON for each case, and the modules that they name
   */
  static List<String> run(Path runtime, Path cases) throws IOException, InterruptedException {
    return new Chromium(runtime, cases).run(installed());
  }

  private List<String> run(Path chromium) throws IOException, InterruptedException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    Path profile = Files.createDirectory(cases.resolve("chromium")).toAbsolutePath();
    ProcessBuilder command =
        new ProcessBuilder(
            chromium.toString(),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            // Else each of the cases' memories reserves 8 GiB of addresses, which there are not.
            "--disable-features=WebAssemblyTrapHandler",
            "--remote-debugging-port=0",
            "--user-data-dir=" + profile,
            "http://127.0.0.1:" + server.getAddress().getPort() + "/");
    // What it leaves behind goes with the folder.
    command.environment().put("TMPDIR", profile.toString());
    Process browser =
        command.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    try {
      return told.get(3, TimeUnit.MINUTES).lines().toList();
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("the page of the cases told nothing", e);
    } finally {
      browser.destroy();
      if (!browser.waitFor(20, TimeUnit.SECONDS)) {
        browser.destroyForcibly().waitFor();
      }
      server.stop(0);
    }
  }

  private static Path installed() {
    return Stream.of("chromium", "chromium-browser", "google-chrome")
        .map(name -> Path.of("/usr/bin", name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseGet(Chromium::missing);
  }

  private static Path missing() {
    String missing = "the runtime's tests in a browser need Chromium, which is not in /usr/bin";
    if (System.getenv("CI") != null) {
      throw new AssertionError(missing);
    }
    System.err.println("SKIPPED: " + missing);
    return abort(missing);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      if (path.equals("/told")) {
        byte[] lines = exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(204, -1);
        told.complete(new String(lines, StandardCharsets.UTF_8));
        return;
      }
      byte[] content = content(path);
      String type = TYPES.getOrDefault(path.substring(path.lastIndexOf('.') + 1), "text/html");
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(content == null ? 404 : 200, content == null ? -1 : 0);
      if (content != null) {
        exchange.getResponseBody().write(content);
      }
    }
  }

  private byte @Nullable [] content(String path) throws IOException {
    if (path.equals("/")) {
      return PAGE.getBytes(StandardCharsets.UTF_8);
    }
    if (path.equals("/cases")) {
      return JsonMapper.shared().writeValueAsBytes(names());
    }
    Path file =
        path.startsWith("/runtime/")
            ? runtime.resolve(path.substring("/runtime/".length()))
            : path.startsWith("/cases/")
                ? cases.resolve(path.substring("/cases/".length()))
                : Node.SCRIPTS.resolve(path.substring(1));
    return Files.isRegularFile(file) ? Files.readAllBytes(file) : null;
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(cases)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".json"))
          .sorted()
          .toList();
    }
  }
}
