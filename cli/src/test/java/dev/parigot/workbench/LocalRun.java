package dev.parigot.workbench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parigot.engine.Engine;
import dev.parigot.engine.EngineOptions;
import dev.parigot.engine.Limits;
import dev.parigot.manifest.Blueprint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** An app that runs in a folder, reached over HTTP, its files looked after. */
final class LocalRun implements AutoCloseable, Journal {
  private static final Path MODULES = Path.of("../platform-core/src/test/resources/modules");
  private static final Path COUNTER =
      Path.of("../wasm-exec/src/test/resources/apps/race/counter.wasm");
  private static final Path OWN = Path.of("src/test/resources/modules");

  final List<String> journal = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService clockwork = Executors.newScheduledThreadPool(2, daemon());
  private final ExecutorService guests = Executors.newCachedThreadPool(daemon());
  private final HttpClient client = HttpClient.newHttpClient();
  private final Engine engine;
  private final Workbench workbench;
  private final LocalServer server;
  private final Thread watcher;

  LocalRun(Path folder, Map<String, Elsewhere> remotes, boolean wound)
      throws IOException, InterruptedException {
    engine = Engine.start(new EngineOptions(clockwork, guests, true));
    workbench =
        new Workbench(
            new Workbench.Setting(folder, files(folder), remotes),
            Conduct.ordinary(() -> engine, wound),
            Store.inMemory(),
            this,
            Clock.systemUTC(),
            new SecureRandom(),
            guests);
    server = new LocalServer(0, workbench, this);
    workbench.begin();
    clockwork.scheduleWithFixedDelay(workbench::tick, 100, 100, TimeUnit.MILLISECONDS);
    watcher =
        Thread.ofVirtual()
            .start(() -> {
              try {
                workbench.watch();
              } catch (InterruptedException e) {
                // The test is over.
              }
            });
  }

  static LocalRun of(Path folder) throws IOException, InterruptedException {
    return new LocalRun(folder, Map.of(), true);
  }

  /** Puts test modules, by their names, beside a manifest. */
  static void write(Path folder, String manifest, String... modules) throws IOException {
    for (String module : modules) {
      copy(folder, module, module);
    }
    Files.writeString(folder.resolve("parigot.toml"), manifest);
  }

  /** Puts a test module under a name, as an editor does: the file is replaced. */
  static void copy(Path folder, String module, String name) throws IOException {
    Path from =
        switch (module) {
          case "counter" -> COUNTER;
          case "busy" -> OWN.resolve("busy.wasm");
          default -> MODULES.resolve(module + ".wasm");
        };
    replace(folder.resolve(name + ".wasm"), Files.readAllBytes(from));
  }

  static void replace(Path file, byte[] content) throws IOException {
    Path beside = file.resolveSibling(".new");
    Files.write(beside, content);
    Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private static ThreadFactory daemon() {
    return task -> {
      Thread thread = new Thread(null, task, "test", Limits.STACK_BYTES);
      thread.setDaemon(true);
      return thread;
    };
  }

  private static Blueprint.Files files(Path folder) {
    return new Blueprint.Files() {
      @Override
      public byte[] read(String path) throws Blueprint.Unreadable {
        try {
          return Files.readAllBytes(folder.resolve(path));
        } catch (IOException e) {
          throw new Blueprint.Unreadable("there is no file " + path);
        }
      }

      @Override
      public boolean anyIn(String inside) {
        try (Stream<Path> files = Files.walk(folder.resolve(inside))) {
          return files.anyMatch(Files::isRegularFile);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }

  Workbench workbench() {
    return workbench;
  }

  int port() {
    return server.port();
  }

  String url() {
    return "http://127.0.0.1:" + server.port();
  }

  HttpResponse<String> get(String path, String... headers) throws InterruptedException {
    return send(request(path).GET(), headers);
  }

  HttpResponse<String> post(String path, String body, String... headers)
      throws InterruptedException {
    return send(request(path).POST(HttpRequest.BodyPublishers.ofString(body)), headers);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url() + path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request, String... headers)
      throws InterruptedException {
    try {
      return client.send(
          (headers.length == 0 ? request : request.headers(headers)).build(),
          HttpResponse.BodyHandlers.ofString(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits up to 20 s. */
  static void until(String what, BooleanSupplier holds) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("not in 20 s: " + what);
      }
      Thread.sleep(20);
    }
  }

  boolean told(String text) {
    return journal.stream().anyMatch(line -> line.contains(text));
  }

  @Override
  public void log(String service, int level, String message) {
    journal.add(service + " " + level + " " + message);
  }

  @Override
  public void request(String method, String path, int status, long nanos) {
    journal.add(method + " " + path + " " + status);
  }

  @Override
  public void note(String text) {
    journal.add(text);
  }

  @Override
  public void trouble(String title, String details) {
    journal.add(title + "\n" + details);
  }

  @Override
  public void close() {
    watcher.interrupt();
    server.close();
    workbench.close();
    engine.close();
    clockwork.shutdown();
    guests.shutdown();
  }
}
