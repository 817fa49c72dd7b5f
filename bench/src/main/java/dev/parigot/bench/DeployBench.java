package dev.parigot.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;

/** The first call after a deploy of changed code on a warm platform, beside warm calls. */
final class DeployBench {
  private static final int DEPLOYS = 20;
  private static final int WARM_CALLS = 2000;

  private DeployBench() {}

  static void run(Surroundings surroundings) throws IOException, InterruptedException {
    surroundings.print("%n# deploy: the first call after a deploy, one connection");
    byte[] request = new byte[1024];
    byte[] module = Files.readAllBytes(surroundings.file("modules/build/echo.wasm"));
    try (Platform platform = HttpBench.echoing(surroundings)) {
      Load.on(surroundings, platform.server(), 8, Duration.ofSeconds(30));
      long[] first = new long[DEPLOYS];
      long[] deploys = new long[DEPLOYS];
      for (int i = 0; i < DEPLOYS; i++) {
        Map<String, byte[]> files =
            Map.of("parigot.toml", Platform.manifest("echo"), "echo.wasm", changed(module, i));
        long begin = System.nanoTime();
        platform.deploy("bench", files);
        deploys[i] = System.nanoTime() - begin;
        first[i] = platform.call("bench", "echo/echo", request);
      }
      long[] warm = new long[WARM_CALLS];
      for (int i = 0; i < WARM_CALLS; i++) {
        warm[i] = platform.call("bench", "echo/echo", request);
      }
      Arrays.sort(first);
      Arrays.sort(deploys);
      Arrays.sort(warm);
      long p99 = warm[WARM_CALLS * 99 / 100];
      surroundings.print("a deploy: median %.0f ms", deploys[DEPLOYS / 2] / 1e6);
      surroundings.print(
          "first call: median %.2f ms, worst %.2f ms; warm calls: p50 %.2f ms, p99 %.2f ms",
          first[DEPLOYS / 2] / 1e6,
          first[DEPLOYS - 1] / 1e6,
          warm[WARM_CALLS / 2] / 1e6,
          p99 / 1e6);
      surroundings.print(
          "the median first call takes %.1f times the warm p99", first[DEPLOYS / 2] / (double) p99);
    }
  }

  /** The module with a custom section that makes it another one. */
  static byte[] changed(byte[] module, int number) {
    byte[] result = Arrays.copyOf(module, module.length + 8);
    byte[] section = {0, 6, 1, 'n', 0, 0, (byte) (number >> 8), (byte) number};
    System.arraycopy(section, 0, result, module.length, section.length);
    return result;
  }
}
