package dev.parigot.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parigot.browser.BrowserApp;
import dev.parigot.browser.BrowserSource;
import dev.parigot.manifest.Manifest;
import dev.parigot.manifest.ManifestReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;

/**
 * How soon a demo answers: from opening its page in Chromium to the first answer of a service, in a
 * browser that knows nothing of it, and in one that has opened it before.
 */
final class DemoBench {
  private static final int ROUNDS = 9;
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html",
          "js", "text/javascript",
          "css", "text/css",
          "svg", "image/svg+xml",
          "json", "application/json",
          "wasm", "application/wasm");

  private final Map<String, byte[]> files;
  private final String policy;
  private final List<Long> cold = new ArrayList<>();
  private final List<Long> warm = new ArrayList<>();
  private final List<Long> perSecond = new ArrayList<>();
  private final AtomicInteger requests = new AtomicInteger();
  private int visits;
  private final CompletableFuture<Void> done = new CompletableFuture<>();

  private DemoBench(Map<String, byte[]> files, String policy) {
    this.files = files;
    this.policy = policy;
  }

  static void run(Surroundings surroundings) throws IOException, InterruptedException {
    Path shop = surroundings.root().resolve("examples/shop");
    Manifest manifest = ManifestReader.read(Files.readString(shop.resolve("parigot.toml")));
    Map<String, byte[]> modules = new LinkedHashMap<>();
    for (Map.Entry<String, Manifest.Service> each : manifest.services().entrySet()) {
      modules.put(each.getKey(), Files.readAllBytes(shop.resolve(each.getValue().wasm())));
    }
    Path peers = surroundings.file("peers");
    Map<String, byte[]> site =
        Map.of(
            "index.html",
            Files.readAllBytes(peers.resolve("demo.html")),
            "demo.mjs",
            Files.readAllBytes(peers.resolve("demo.mjs")));
    BrowserSource source =
        new BrowserSource("shop", manifest, modules, site, manifest.config().in("demo"), Map.of());
    new DemoBench(
            BrowserApp.of(source).files(), BrowserApp.contentSecurityPolicy(manifest.outbound()))
        .run(surroundings, modules.size());
  }

  private void run(Surroundings surroundings, int services)
      throws IOException, InterruptedException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    try {
      boolean shown = Browser.show(surroundings, address(server.getAddress(), 0), done).isPresent();
      surroundings.print(
          "%n# demo: the %d services of examples/shop, opened in Chromium from the loopback",
          services);
      if (!shown) {
        surroundings.print("Chromium is not installed");
        return;
      }
    } finally {
      server.stop(0);
    }
    surroundings.print(
        "ms until a service has answered, median of %d: first time %d, again %d",
        ROUNDS, median(cold), median(warm));
    surroundings.print("calls a second in the page, one after another: %,d", median(perSecond));
    surroundings.print("requests to the host a visitor: %d", requests.get() / (ROUNDS + 1));
    surroundings.print(
        "the runtime: %,d bytes, %,d compressed; all files: %,d, %,d compressed",
        bytes(false, false), bytes(false, true), bytes(true, false), bytes(true, true));
    surroundings.print(
        "load average of the last minute: %.1f",
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  /** Each two visits have an origin of their own; the first two warm up the browser itself. */
  private static String address(InetSocketAddress server, int visit) {
    return "http://visitor%d.localhost:%d/%s"
        .formatted(visit / 2, server.getPort(), visit % 2 == 0 ? "" : "?again");
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath().substring(1);
      if (path.equals("figures")) {
        exchange.getResponseHeaders().set("Access-Control-Allow-Origin", "*");
        byte[] next = noted(exchange).getBytes(UTF_8);
        exchange.sendResponseHeaders(200, next.length);
        exchange.getResponseBody().write(next);
        return;
      }
      requests.incrementAndGet();
      String name = path.isEmpty() ? BrowserApp.PAGE : path;
      byte[] content = files.get(name);
      if (content == null) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
      exchange
          .getResponseHeaders()
          .set("Content-Type", type == null ? "application/octet-stream" : type);
      exchange.getResponseHeaders().set("Content-Security-Policy", policy);
      exchange
          .getResponseHeaders()
          .set(
              "Cache-Control",
              name.startsWith("parigot-demo/") ? "max-age=31536000, immutable" : "no-cache");
      exchange.sendResponseHeaders(200, content.length);
      exchange.getResponseBody().write(content);
    }
  }

  /** Notes what the page has measured; answers what it opens next. */
  private synchronized String noted(HttpExchange exchange) throws IOException {
    List<Long> figures = Browser.lines(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    int visit = visits++;
    if (visit >= 2) {
      (visit % 2 == 0 ? cold : warm).add(figures.get(0));
      perSecond.add(figures.get(1));
    }
    if (visits == 2 * (ROUNDS + 1)) {
      done.complete(null);
    }
    return address(exchange.getLocalAddress(), visits);
  }

  private static long median(List<Long> figures) {
    return figures.stream().sorted().toList().get(figures.size() / 2);
  }

  /** Each file by itself, as servers compress them. */
  private long bytes(boolean all, boolean compressed) throws IOException {
    long sum = 0;
    for (Map.Entry<String, byte[]> each : files.entrySet()) {
      if (all || !each.getKey().startsWith("parigot-demo/files/")) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
          zip.write(each.getValue());
        }
        sum += compressed ? out.size() : each.getValue().length;
      }
    }
    return sum;
  }
}
