package dev.parigot.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What an app costs that nobody calls: live heap of the platform with and without many of them. */
final class IdleBench {
  private static final int APPS = 200;

  /** Longer than instances are kept idle. */
  private static final int SECONDS_TO_ZERO = 90;

  private IdleBench() {}

  static void run(Surroundings surroundings) throws IOException, InterruptedException {
    surroundings.print("%n# idle: %d apps of one service, half C, half Rust, scaled to zero", APPS);
    List<byte[]> modules =
        List.of(
            Files.readAllBytes(surroundings.file("modules/build/echo.wasm")),
            Files.readAllBytes(surroundings.root().resolve("examples/hello/build/phrases.wasm")));
    try (Platform platform = HttpBench.echoing(surroundings)) {
      long before = liveBytes(platform.server());
      for (int i = 0; i < APPS; i++) {
        platform.create("idle-" + i);
        byte[] module = DeployBench.changed(modules.get(i % modules.size()), i);
        platform.deploy(
            "idle-" + i, Map.of("parigot.toml", Platform.manifest("echo"), "echo.wasm", module));
      }
      Thread.sleep(SECONDS_TO_ZERO * 1000L);
      double each = (liveBytes(platform.server()) - before) / (double) APPS;
      surroundings.print(
          "%.0f KB of live heap an app: %,.0f apps a GiB; resident %,d MiB in all",
          each / 1024, (1 << 30) / each, platform.server().residentMebibytes());
    }
  }

  /** The heap in use after a full collection. */
  private static long liveBytes(Server server) throws IOException, InterruptedException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    String pid = String.valueOf(server.pid());
    Surroundings.run(Path.of("."), List.of(jcmd, pid, "GC.run"));
    Surroundings.run(Path.of("."), List.of(jcmd, pid, "GC.run"));
    String heap = Surroundings.run(Path.of("."), List.of(jcmd, pid, "GC.heap_info"));
    return Long.parseLong(heap.replaceAll("(?s).*?used (\\d+)K.*", "$1")) * 1024;
  }
}
