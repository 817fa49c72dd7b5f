package dev.parigot.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;

/** Throughput with few and with many apps deployed, each called in turn. */
final class AppsBench {
  private static final int[] NUMBERS = {1, 100, 1_000};
  private static final int CONNECTIONS = 8;

  /** Each app has a module of its own, whose code is compiled after some thousand calls. */
  private static final Duration WARM_UP = Duration.ofSeconds(90);

  private static final Duration ROUND = Duration.ofSeconds(8);

  private AppsBench() {}

  static void run(Surroundings surroundings) throws IOException, InterruptedException {
    surroundings.print(
        "%n# apps: POST of 1 KB to each of the apps in turn, %d connections, %d s after %d s of warm-up",
        CONNECTIONS, ROUND.toSeconds(), WARM_UP.toSeconds());
    byte[] module = Files.readAllBytes(surroundings.file("modules/build/echo.wasm"));
    try (Platform platform = Platform.start(surroundings, Map.of())) {
      surroundings.print(
          "%6s %10s %10s %10s %12s %9s %7s",
          "apps", "requests/s", "p50 ms", "p99 ms", "CPU us/req", "RSS MiB", "failed");
      int deployed = 0;
      for (int apps : NUMBERS) {
        for (; deployed < apps; deployed++) {
          platform.create("app-" + deployed);
          platform.deploy(
              "app-" + deployed,
              Map.of(
                  "parigot.toml",
                  Platform.manifest("echo"),
                  "echo.wasm",
                  DeployBench.changed(module, deployed)));
        }
        Load.spread(surroundings, platform.server(), CONNECTIONS, WARM_UP, apps);
        Load.Figures figures =
            Load.spread(surroundings, platform.server(), CONNECTIONS, ROUND, apps);
        surroundings.print(
            "%,6d %,10.0f %10.2f %10.2f %12.1f %,9d %7d",
            apps,
            figures.persecond(),
            figures.p50(),
            figures.p99(),
            figures.cpu(),
            platform.server().residentMebibytes(),
            figures.failed());
      }
    }
  }
}
