package dev.parigot.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A warm POST of 1 KB through the whole gateway, beside Node's http server and workerd with the
 * same module, in rounds that take turns. Prints where the platform's time goes, too.
 */
final class HttpBench {
  private static final int ROUNDS = 5;
  private static final int CONNECTIONS = 8;
  private static final Duration WARM_UP = Duration.ofSeconds(30);
  private static final Duration ROUND = Duration.ofSeconds(8);

  private HttpBench() {}

  static void run(Surroundings surroundings) throws IOException, InterruptedException {
    surroundings.print(
        "%n# http: POST of 1 KB, %d connections, median of %d rounds of %d s after %d s of warm-up",
        CONNECTIONS, ROUNDS, ROUND.toSeconds(), WARM_UP.toSeconds());
    try (Platform platform = echoing(surroundings);
        Server node = node(surroundings);
        Server workerd = workerd(surroundings)) {
      List<Server> servers = List.of(platform.server(), node, workerd);
      for (Server server : servers) {
        Load.on(surroundings, server, CONNECTIONS, WARM_UP);
      }
      Map<Server, List<Load.Figures>> runs = new LinkedHashMap<>();
      for (int round = 0; round < ROUNDS; round++) {
        for (Server server : servers) {
          runs.computeIfAbsent(server, _ -> new ArrayList<>())
              .add(Load.on(surroundings, server, CONNECTIONS, ROUND));
        }
      }
      surroundings.print(
          "%-10s %10s %10s %10s %12s %9s %7s",
          "", "requests/s", "p50 ms", "p99 ms", "CPU us/req", "RSS MiB", "failed");
      for (Server server : servers) {
        Load.Figures figures = Load.median(runs.getOrDefault(server, List.of()));
        surroundings.print(
            "%-10s %,10.0f %10.2f %10.2f %12.1f %,9d %7d",
            server.name(),
            figures.persecond(),
            figures.p50(),
            figures.p99(),
            figures.cpu(),
            server.residentMebibytes(),
            figures.failed());
      }
      Load.Figures ours = Load.median(runs.getOrDefault(platform.server(), List.of()));
      Load.Figures theirs = Load.median(runs.getOrDefault(node, List.of()));
      surroundings.print(
          "Parigot's throughput is %.2f times Node's, its p99 %.2f times",
          ours.persecond() / theirs.persecond(), ours.p99() / theirs.p99());
      profile(surroundings, platform.server());
    }
  }

  /** Where the time of the platform's threads goes, sampled by Flight Recorder under load. */
  private static void profile(Surroundings surroundings, Server server)
      throws IOException, InterruptedException {
    Path bin = Path.of(System.getProperty("java.home"), "bin");
    Path recording = surroundings.folder("profile").resolve("http.jfr");
    String pid = String.valueOf(server.pid());
    Path jcmd = bin.resolve("jcmd");
    Surroundings.run(
        surroundings.root(),
        List.of(jcmd.toString(), pid, "JFR.start", "name=http", "settings=profile"));
    Load.on(surroundings, server, CONNECTIONS, ROUND);
    Surroundings.run(
        surroundings.root(),
        List.of(jcmd.toString(), pid, "JFR.dump", "name=http", "filename=" + recording));
    surroundings.print(
        "%nProfile of the platform under this load:%s",
        Surroundings.run(
            surroundings.root(),
            List.of(
                bin.resolve("jfr").toString(),
                "view",
                "--width",
                "120",
                "hot-methods",
                recording.toString())));
  }

  /** The platform with the echo app. */
  static Platform echoing(Surroundings surroundings) throws IOException, InterruptedException {
    return echoing(surroundings, Map.of());
  }

  /** The same with these properties in its environment. */
  static Platform echoing(Surroundings surroundings, Map<String, String> environment)
      throws IOException, InterruptedException {
    Platform platform = Platform.start(surroundings, environment);
    platform.create("bench");
    platform.deploy(
        "bench",
        Map.of(
            "parigot.toml",
            Platform.manifest("echo"),
            "echo.wasm",
            Files.readAllBytes(surroundings.file("modules/build/echo.wasm"))));
    return platform;
  }

  /** Node's own server with the echo module. */
  static Server node(Surroundings surroundings) throws IOException, InterruptedException {
    int port = Surroundings.freePort();
    return Server.start(
        "Node 22",
        surroundings.file("peers"),
        port,
        "ready",
        List.of(
            surroundings.peer("node/bin/node").toString(),
            "server.mjs",
            surroundings.file("modules/build/echo.wasm").toString(),
            String.valueOf(port)),
        Map.of());
  }

  private static Server workerd(Surroundings surroundings)
      throws IOException, InterruptedException {
    int port = Surroundings.freePort();
    return Server.start(
        "workerd",
        surroundings.file("peers"),
        port,
        "\"socket\":\"http\"",
        List.of(
            surroundings.peer("@cloudflare/workerd-linux-64/bin/workerd").toString(),
            "serve",
            "--control-fd=1",
            "--socket-addr=http=127.0.0.1:" + port,
            "workerd.capnp"),
        Map.of());
  }
}
