package dev.parigot.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What a quiet app has of a flood of another one: calls of 1 KB, one after the other with a rest in
 * between, alone and beside floods of several kinds, in rounds that take turns. Beside the same
 * floods the same module is called in a process of its own, Node, which shares nothing with them
 * but the machine. The flood's own process has the lowest priority, as it would be elsewhere.
 */
final class FairBench {
  private static final int ROUNDS = 3;
  private static final int CALLS = 1_500;
  private static final Duration BETWEEN = Duration.ofMillis(4);
  private static final Duration WARM_UP = Duration.ofSeconds(20);
  private static final int SECONDS_TO_FLOOD = 4;

  /**
   * A kind of flood.
   *
   * @param method that is called
   * @param connections that call it, each again as soon as it has an answer
   */
  private record Kind(String name, String method, int connections) {}

  private static final Kind[] FLOODS = {
    new Kind("endless calls", "burner/endless", 1_000),
    new Kind("calls of some milliseconds", "burner/some", 64),
    new Kind("small calls", "echo/echo", 64)
  };

  private FairBench() {}

  static void run(Surroundings surroundings) throws IOException, InterruptedException {
    surroundings.print(
        "%n# fair: %d calls of a quiet app, %d ms apart, alone and beside a flooded one; median of %d rounds",
        CALLS, BETWEEN.toMillis(), ROUNDS);
    try (Platform platform = HttpBench.echoing(surroundings);
        Server node = HttpBench.node(surroundings)) {
      deployFlooded(surroundings, platform);
      Load.on(surroundings, platform.server(), 8, WARM_UP);
      Load.on(surroundings, node, 8, WARM_UP);
      long[] alone = new long[ROUNDS];
      long[] apartAlone = new long[ROUNDS];
      long[][] beside = new long[FLOODS.length][ROUNDS];
      long[][] apart = new long[FLOODS.length][ROUNDS];
      long[] answered = new long[FLOODS.length];
      long[] refused = new long[FLOODS.length];
      for (int round = 0; round < ROUNDS; round++) {
        alone[round] = p99(platform.server());
        apartAlone[round] = p99(node);
        for (int kind = 0; kind < FLOODS.length; kind++) {
          Process flood = start(platform.server(), FLOODS[kind]);
          TimeUnit.SECONDS.sleep(SECONDS_TO_FLOOD);
          beside[kind][round] = p99(platform.server());
          apart[kind][round] = p99(node);
          flood.getOutputStream().close();
          String[] said =
              new String(flood.getInputStream().readAllBytes(), UTF_8).strip().split(" ", -1);
          answered[kind] += Long.parseLong(said[0]);
          refused[kind] += Long.parseLong(said[1]);
        }
      }
      double quiet = median(alone) / 1e6;
      double quietApart = median(apartAlone) / 1e6;
      surroundings.print("alone: p99 %.2f ms; Node, apart, %.2f ms", quiet, quietApart);
      for (int kind = 0; kind < FLOODS.length; kind++) {
        double flooded = median(beside[kind]) / 1e6;
        double floodedApart = median(apart[kind]) / 1e6;
        surroundings.print(
            "beside %,d connections of %s: p99 %.2f ms, %.2f times as long; Node, apart, %.2f ms, %.2f times; of the flood %,d were answered, %,d refused",
            FLOODS[kind].connections,
            FLOODS[kind].name,
            flooded,
            flooded / quiet,
            floodedApart,
            floodedApart / quietApart,
            answered[kind],
            refused[kind]);
      }
    }
  }

  private static Process start(Server server, Kind kind) throws IOException {
    return new ProcessBuilder(
            "nice",
            "-n",
            "19",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            Flood.class.getName(),
            String.valueOf(server.port()),
            "flooded.localhost",
            kind.method,
            String.valueOf(kind.connections))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static void deployFlooded(Surroundings surroundings, Platform platform)
      throws IOException, InterruptedException {
    platform.create("flooded");
    platform.deploy(
        "flooded",
        Map.of(
            "parigot.toml",
            """
            [services.burner]
            wasm = "burner.wasm"
            public = true
            timeout = "2s"

            [services.echo]
            wasm = "echo.wasm"
            public = true
            """
                .getBytes(UTF_8),
            "burner.wasm",
            Files.readAllBytes(surroundings.file("modules/build/burner.wasm")),
            "echo.wasm",
            Files.readAllBytes(surroundings.file("modules/build/echo.wasm"))));
  }

  /** The p99 in nanoseconds; all calls must succeed. */
  private static long p99(Server server) throws IOException, InterruptedException {
    long[] durations = new long[CALLS];
    try (Caller caller = new Caller(server.port(), "bench.localhost", "echo/echo", 1024)) {
      for (int i = 0; i < CALLS; i++) {
        long begin = System.nanoTime();
        int status = caller.call();
        durations[i] = System.nanoTime() - begin;
        if (status != 200) {
          throw new IllegalStateException("A call of the quiet app was answered with " + status);
        }
        TimeUnit.NANOSECONDS.sleep(BETWEEN.toNanos());
      }
    }
    Arrays.sort(durations);
    return durations[CALLS * 99 / 100];
  }

  private static long median(long[] values) {
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
