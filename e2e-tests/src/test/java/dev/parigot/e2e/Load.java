package dev.parigot.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients in a process of their own, which call a method without a pause until their standard input
 * ends. Then they print how many calls they made, and a line for each that failed.
 */
final class Load implements AutoCloseable {
  private static final int CLIENTS = 4;

  private final Process process;

  private Load(Process process) {
    this.process = process;
  }

  /** What became of the calls: the failures in words. */
  record Outcome(int calls, List<String> failures) {}

  static Load on(Platform platform, String app, String method, String body) throws IOException {
    return new Load(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djdk.httpclient.allowRestrictedHeaders=host",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Load.class.getName(),
                "http://127.0.0.1:" + platform.port() + "/" + method,
                app + ".localhost:" + platform.port(),
                body)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  Outcome stop() throws IOException {
    process.getOutputStream().close();
    List<String> lines = process.inputReader().readAllLines();
    if (lines.isEmpty()) {
      throw new AssertionError("the load process ended without a word");
    }
    return new Outcome(Integer.parseInt(lines.getFirst()), lines.subList(1, lines.size()));
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(arguments[0]))
            .timeout(Duration.ofSeconds(30))
            .header("Host", arguments[1])
            .POST(BodyPublishers.ofString(arguments[2]))
            .build();
    AtomicInteger calls = new AtomicInteger();
    List<String> failures = new ArrayList<>();
    List<Thread> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(Thread.ofPlatform().start(() -> call(request, calls, failures)));
    }
    while (System.in.read() >= 0) {
      // The end of the input is the end of the load.
    }
    clients.forEach(Thread::interrupt);
    for (Thread client : clients) {
      client.join();
    }
    System.out.println(calls.get());
    failures.forEach(System.out::println);
  }

  private static void call(HttpRequest request, AtomicInteger calls, List<String> failures) {
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      while (!Thread.currentThread().isInterrupted()) {
        String failure = "";
        try {
          HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
          failure = response.statusCode() == 200 ? "" : response.statusCode() + response.body();
        } catch (IOException e) {
          failure = e.toString();
        }
        calls.incrementAndGet();
        if (!failure.isEmpty()) {
          synchronized (failures) {
            failures.add(failure.replace('\n', ' '));
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
