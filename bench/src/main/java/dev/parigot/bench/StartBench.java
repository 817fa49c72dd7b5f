package dev.parigot.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** The first minute after a start: from the command to ready, the first call, then full load. */
final class StartBench {
  private static final int CONNECTIONS = 8;
  private static final int WINDOWS = 12;
  private static final Duration WINDOW = Duration.ofSeconds(5);

  private StartBench() {}

  static void run(Surroundings surroundings) throws IOException, InterruptedException {
    surroundings.print("%n# start: the first minute after \"ready\", %d connections", CONNECTIONS);
    long begin = System.nanoTime();
    try (Platform platform = Platform.start(surroundings, Map.of())) {
      surroundings.print("ready after %.1f s", (System.nanoTime() - begin) / 1e9);
    }
    try (Platform platform = HttpBench.echoing(surroundings)) {
      surroundings.print(
          "first call %.1f ms", platform.call("bench", "echo/echo", new byte[1024]) / 1e6);
      surroundings.print("%8s %10s %10s %10s", "s", "requests/s", "p50 ms", "p99 ms");
      for (int window = 0; window < WINDOWS; window++) {
        Load.Figures figures = Load.on(surroundings, platform.server(), CONNECTIONS, WINDOW);
        surroundings.print(
            "%3d-%-4d %,10.0f %10.2f %10.2f",
            window * WINDOW.toSeconds(),
            (window + 1) * WINDOW.toSeconds(),
            figures.persecond(),
            figures.p50(),
            figures.p99());
      }
    }
  }
}
