package dev.parigot.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a quiet app has of a flood of another one: calls of 1 KB, one after the other with a rest in
 * between, alone and beside floods of several kinds, in rounds that take turns.
 */
final class FairBench {
  private static final int ROUNDS = 3;
  private static final int CALLS = 1_500;
  private static final Duration BETWEEN = Duration.ofMillis(4);
  private static final Duration WARM_UP = Duration.ofSeconds(20);

  /** A client that was refused; the header says a second. */
  private static final Duration AFTER_REFUSAL = Duration.ofMillis(100);

  /**
   * A flood.
   *
   * @param method that is called
   * @param connections that call it, each again as soon as it has an answer
   */
  private record Flood(String name, String method, int connections) {}

  private static final Flood[] FLOODS = {
    new Flood("endless calls", "burner/endless", 1_000),
    new Flood("calls of some milliseconds", "burner/some", 64),
    new Flood("small calls", "echo/echo", 64)
  };

  private FairBench() {}

  static void run(Surroundings surroundings) throws IOException, InterruptedException {
    surroundings.print(
        "%n# fair: %d calls of a quiet app, %d ms apart, alone and beside a flooded one; median of %d rounds",
        CALLS, BETWEEN.toMillis(), ROUNDS);
    try (Platform platform = HttpBench.echoing(surroundings)) {
      deployFlooded(surroundings, platform);
      Load.on(surroundings, platform.server(), 8, WARM_UP);
      long[] alone = new long[ROUNDS];
      long[][] beside = new long[FLOODS.length][ROUNDS];
      LongAdder[] answered = new LongAdder[FLOODS.length];
      LongAdder[] refused = new LongAdder[FLOODS.length];
      for (int flood = 0; flood < FLOODS.length; flood++) {
        answered[flood] = new LongAdder();
        refused[flood] = new LongAdder();
      }
      for (int round = 0; round < ROUNDS; round++) {
        alone[round] = p99(platform.server());
        for (int flood = 0; flood < FLOODS.length; flood++) {
          beside[flood][round] =
              beside(platform.server(), FLOODS[flood], answered[flood], refused[flood]);
        }
      }
      double quiet = median(alone) / 1e6;
      surroundings.print("alone: p99 %.2f ms", quiet);
      for (int flood = 0; flood < FLOODS.length; flood++) {
        double flooded = median(beside[flood]) / 1e6;
        surroundings.print(
            "beside %,d connections of %s: p99 %.2f ms, %.2f times as long; of the flood %,d were answered, %,d refused",
            FLOODS[flood].connections,
            FLOODS[flood].name,
            flooded,
            flooded / quiet,
            answered[flood].sum(),
            refused[flood].sum());
      }
    }
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

  private static long beside(Server server, Flood flood, LongAdder answered, LongAdder refused)
      throws IOException, InterruptedException {
    AtomicBoolean on = new AtomicBoolean(true);
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < flood.connections; i++) {
        callers.execute(() -> flood(server, flood, on, answered, refused));
      }
      TimeUnit.SECONDS.sleep(3);
      long p99 = p99(server);
      on.set(false);
      return p99;
    } finally {
      on.set(false);
    }
  }

  private static void flood(
      Server server, Flood flood, AtomicBoolean on, LongAdder answered, LongAdder refused) {
    try (Caller caller = new Caller(server.port(), "flooded.localhost", flood.method, 0)) {
      while (on.get()) {
        if (caller.call() == 429) {
          refused.increment();
          TimeUnit.NANOSECONDS.sleep(AFTER_REFUSAL.toNanos());
        } else {
          answered.increment();
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("A connection of the flood broke", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static long median(long[] values) {
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
