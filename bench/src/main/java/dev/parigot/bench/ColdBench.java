package dev.parigot.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * From zero to the first byte: a call of an app that has no instance, beside a Node process that is
 * started for the call.
 */
final class ColdBench {
  private static final int TIMES = 20;
  private static final Duration WARM_UP = Duration.ofSeconds(15);

  private ColdBench() {}

  static void run(Surroundings surroundings) throws IOException, InterruptedException {
    surroundings.print("%n# cold: from no instance to the first byte, median of %d", TIMES);
    try (Platform platform = HttpBench.echoing(surroundings, Map.of("PARIGOT_IDLE", "500ms"))) {
      Load.on(surroundings, platform.server(), 8, WARM_UP);
      print(surroundings, "Parigot, C", parigot(platform, "bench", "echo/echo"));
      Path examples = surroundings.root().resolve("examples");
      platform.create("rust");
      platform.deploy(
          "rust",
          Map.of(
              "parigot.toml",
              Platform.manifest("phrases"),
              "phrases.wasm",
              Files.readAllBytes(examples.resolve("hello/build/phrases.wasm"))));
      print(surroundings, "Parigot, Rust", parigot(platform, "rust", "phrases/pick"));
      platform.create("go");
      platform.deploy("go", poll(examples.resolve("poll")));
      print(surroundings, "Parigot, Go calls Rust", parigot(platform, "go", "poll/results"));
    }
    print(surroundings, "Node 22, a process each", node(surroundings));
  }

  private static Map<String, byte[]> poll(Path folder) throws IOException {
    Map<String, byte[]> files = new HashMap<>();
    files.put("parigot.toml", Files.readAllBytes(folder.resolve("parigot.toml")));
    for (String module : List.of("poll", "rules", "chart", "journal", "poll_test")) {
      String name = "build/" + module + ".wasm";
      files.put(name, Files.readAllBytes(folder.resolve(name)));
    }
    return files;
  }

  private static long[] parigot(Platform platform, String app, String method)
      throws IOException, InterruptedException {
    long[] nanos = new long[TIMES];
    for (int i = 0; i < TIMES; i++) {
      while (platform.instances(app) > 0) {
        TimeUnit.MILLISECONDS.sleep(100);
      }
      long begin = System.nanoTime();
      try (Caller caller = new Caller(platform.server().port(), app + ".localhost", method, 0)) {
        succeeded(caller.call());
      }
      nanos[i] = System.nanoTime() - begin;
    }
    return nanos;
  }

  private static long[] node(Surroundings surroundings) throws IOException, InterruptedException {
    Path node = surroundings.peer("node/bin/node");
    long[] nanos = new long[TIMES];
    for (int i = 0; i < TIMES; i++) {
      int port = Surroundings.freePort();
      long begin = System.nanoTime();
      try (Server server =
          Server.start(
              "Node 22",
              surroundings.file("peers"),
              port,
              "ready",
              List.of(
                  node.toString(),
                  "server.mjs",
                  surroundings.file("modules/build/echo.wasm").toString(),
                  String.valueOf(port)),
              Map.of())) {
        try (Caller caller = new Caller(server.port(), "localhost", "echo/echo", 0)) {
          succeeded(caller.call());
        }
        nanos[i] = System.nanoTime() - begin;
      }
    }
    return nanos;
  }

  private static void succeeded(int status) {
    if (status != 200) {
      throw new IllegalStateException("A call was answered with " + status);
    }
  }

  private static void print(Surroundings surroundings, String name, long[] nanos) {
    Arrays.sort(nanos);
    surroundings.print(
        "%-24s median %6.1f ms, worst %6.1f ms",
        name, nanos[TIMES / 2] / 1e6, nanos[TIMES - 1] / 1e6);
  }
}
