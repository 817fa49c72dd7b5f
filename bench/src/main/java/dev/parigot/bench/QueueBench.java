package dev.parigot.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Messages a second through a queue: acknowledged over HTTP, and delivered. Beside a queue by hand
 * in an SQLite file, which is as durable.
 */
final class QueueBench {
  private static final int MESSAGES = 4_000;
  private static final int BYTES = 1_024;
  private static final int SENDERS = 8;
  private static final int ROUNDS = 3;
  private static final long LOOK_MILLIS = 20;
  private static final String MANIFEST =
      """
      [services.queue]
      wasm = "queue.wasm"
      public = ["post"]

      [queues.letters]
      deliver = "queue.take"
      concurrency = 8
      """;

  private QueueBench() {}

  static void run(Surroundings surroundings)
      throws IOException, InterruptedException, ExecutionException {
    surroundings.print(
        "%n# queue: %,d messages of %,d bytes, %d senders, 8 deliveries at a time",
        MESSAGES, BYTES, SENDERS);
    try (Platform platform = Platform.start(surroundings, Map.of())) {
      platform.create("bench");
      platform.deploy(
          "bench",
          Map.of(
              "parigot.toml",
              MANIFEST.getBytes(UTF_8),
              "queue.wasm",
              Files.readAllBytes(surroundings.file("modules/build/queue.wasm"))));
      for (int round = 1; round <= ROUNDS; round++) {
        long begin = System.nanoTime();
        send(platform);
        double sent = (System.nanoTime() - begin) / 1e9;
        while (platform.waiting("bench") > 0) {
          Thread.sleep(LOOK_MILLIS);
        }
        double all = (System.nanoTime() - begin) / 1e9;
        surroundings.print(
            "round %d: Parigot %,.0f acknowledged a second, all delivered after %.2f s: %,.0f a second; SQLite in Node 22, sent and delivered a second by one process: %s",
            round, MESSAGES / sent, all, MESSAGES / all, byHand(surroundings));
      }
    }
  }

  private static void send(Platform platform) throws InterruptedException, ExecutionException {
    byte[] message = new byte[BYTES];
    List<Future<?>> senders = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < SENDERS; i++) {
        senders.add(
            threads.submit(() -> {
              for (int each = 0; each < MESSAGES / SENDERS; each++) {
                platform.call("bench", "queue/post", message);
              }
              return null;
            }));
      }
      for (Future<?> sender : senders) {
        sender.get();
      }
    }
  }

  private static String byHand(Surroundings surroundings) throws IOException, InterruptedException {
    String printed =
        Surroundings.run(
            surroundings.file("peers"),
            List.of(
                surroundings.peer("node/bin/node").toString(),
                "--disable-warning=ExperimentalWarning",
                "queue.mjs",
                surroundings.file("modules/build/echo.wasm").toString(),
                surroundings.folder("sqlite").resolve("queue.db").toString(),
                String.valueOf(MESSAGES),
                String.valueOf(BYTES)));
    return printed.strip();
  }
}
