package dev.parigot.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/**
 * How long a message takes from the call that publishes it to those who listen by server-sent
 * events. Beside a server by hand in Node, through the same client.
 */
final class ChannelBench {
  private static final int LISTENERS = 100;
  private static final int MESSAGES = 400;
  private static final int MILLIS_APART = 5;
  private static final int ROUNDS = 5;
  private static final String MANIFEST =
      """
      [services.channel]
      wasm = "channel.wasm"
      public = ["post"]

      [channels.ticks]
      public = true
      """;

  private ChannelBench() {}

  static void run(Surroundings surroundings) throws IOException, InterruptedException {
    surroundings.print(
        "%n# channel: %d messages of 250 bytes, %d ms apart, to %d listeners; from before the call that publishes to the listener, in ms, p50, p99 and messages missing",
        MESSAGES, MILLIS_APART, LISTENERS);
    try (Platform platform = Platform.start(surroundings, Map.of());
        Server node = node(surroundings)) {
      platform.create("bench");
      platform.deploy(
          "bench",
          Map.of(
              "parigot.toml",
              MANIFEST.getBytes(UTF_8),
              "channel.wasm",
              Files.readAllBytes(surroundings.file("modules/build/channel.wasm"))));
      for (int round = 0; round <= ROUNDS; round++) {
        String ours =
            listen(surroundings, platform.server(), "bench.localhost", "/_parigot/channels/ticks");
        String theirs = listen(surroundings, node, "localhost", "/");
        // The first one warms both up.
        surroundings.print(
            "%s: Parigot %s; Node 22 %s", round == 0 ? "warm-up" : "round " + round, ours, theirs);
      }
    }
  }

  private static String listen(
      Surroundings surroundings, Server server, String host, String channel)
      throws IOException, InterruptedException {
    return Surroundings.run(
            surroundings.file("peers"),
            List.of(
                surroundings.peer("node/bin/node").toString(),
                "listen.mjs",
                String.valueOf(server.port()),
                host,
                channel,
                "/channel/post",
                String.valueOf(LISTENERS),
                String.valueOf(MESSAGES),
                String.valueOf(MILLIS_APART)))
        .strip();
  }

  private static Server node(Surroundings surroundings) throws IOException, InterruptedException {
    int port = Surroundings.freePort();
    return Server.start(
        "Node 22",
        surroundings.file("peers"),
        port,
        "ready",
        List.of(
            surroundings.peer("node/bin/node").toString(),
            "channel.mjs",
            surroundings.file("modules/build/echo.wasm").toString(),
            String.valueOf(port)),
        Map.of());
  }
}
