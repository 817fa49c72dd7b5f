package dev.parigot.web;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/**
 * Requests that the platform sends itself before it says that it is ready: the first ones load
 * classes and take seconds, and nobody should wait for them.
 */
final class WarmUp implements Runnable {
  /** Enough for the interpreter to hand the hot paths to the compiler. */
  private static final int ROUNDS = 30;

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final List<String> PATHS =
      List.of("/login", "/api/v1/openapi.json", "/api/v1/apps", "/git/warm.git/info/refs");

  private final URI server;

  private WarmUp(URI server) {
    this.server = server;
  }

  static WarmUp of(URI server) {
    return new WarmUp(server);
  }

  @Override
  public void run() {
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      for (String path : PATHS) {
        int rounds = path.startsWith("/api/v1/apps") ? ROUNDS : 2;
        for (int i = 0; i < rounds; i++) {
          client.send(
              HttpRequest.newBuilder(server.resolve(path)).timeout(PATIENCE).build(),
              BodyHandlers.discarding());
        }
      }
    } catch (IOException e) {
      // A platform that is cold is still ready.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
