package dev.parigot.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What an app costs that nobody calls: memory of the platform with and without many of them, each
 * deployed as any app is, and scaled to zero.
 */
final class IdleBench {
  private static final int APPS = 500;

  /** How long the platform keeps an instance without calls here; it looks each second. */
  private static final String KEPT_IDLE = "10s";

  private static final int SECONDS_TO_ZERO = 40;
  private static final double KIB = 1024;
  private static final double GIB = 1 << 30;

  private IdleBench() {}

  static void run(Surroundings surroundings) throws IOException, InterruptedException {
    surroundings.print("%n# idle: apps of one service, scaled to zero, %d of each", APPS);
    try (Platform platform = HttpBench.echoing(surroundings, Map.of("PARIGOT_IDLE", KEPT_IDLE))) {
      idle(surroundings, platform, "c", surroundings.file("modules/build/echo.wasm"));
      idle(
          surroundings,
          platform,
          "rust",
          surroundings.root().resolve("examples/hello/build/phrases.wasm"));
    }
  }

  private static void idle(
      Surroundings surroundings, Platform platform, String language, Path module)
      throws IOException, InterruptedException {
    byte[] bytes = Files.readAllBytes(module);
    deploy(platform, language + "-0", bytes, 0); // what only the first one costs
    Thread.sleep(SECONDS_TO_ZERO * 1000L);
    long heapBefore = liveBytes(platform.server());
    long residentBefore = platform.server().residentMebibytes();
    for (int i = 1; i <= APPS; i++) {
      deploy(platform, language + "-" + i, bytes, i);
    }
    Thread.sleep(SECONDS_TO_ZERO * 1000L);
    double heap = (liveBytes(platform.server()) - heapBefore) / (double) APPS;
    long resident = platform.server().residentMebibytes();
    surroundings.print(
        "%-5s %6.1f KB module, %6.1f KiB of live heap an app: %,.0f apps a GiB; resident %,d MiB before, %,d MiB with them",
        language, bytes.length / 1e3, heap / KIB, GIB / heap, residentBefore, resident);
  }

  private static void deploy(Platform platform, String app, byte[] module, int number)
      throws IOException, InterruptedException {
    platform.create(app);
    platform.deploy(
        app,
        Map.of(
            "parigot.toml",
            Platform.manifest("echo"),
            "echo.wasm",
            DeployBench.changed(module, number)));
  }

  /** The heap in use after full collections. */
  private static long liveBytes(Server server) throws IOException, InterruptedException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    String pid = String.valueOf(server.pid());
    Surroundings.run(Path.of("."), List.of(jcmd, pid, "GC.run"));
    Surroundings.run(Path.of("."), List.of(jcmd, pid, "GC.run"));
    String heap = Surroundings.run(Path.of("."), List.of(jcmd, pid, "GC.heap_info"));
    return Long.parseLong(heap.replaceAll("(?s).*?used (\\d+)K.*", "$1")) * 1024;
  }
}
