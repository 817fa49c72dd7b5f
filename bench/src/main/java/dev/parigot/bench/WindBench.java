package dev.parigot.bench;

import dev.parigot.contract.Contract;
import dev.parigot.contract.Role;
import dev.parigot.contract.ServiceGraph;
import dev.parigot.engine.CallOutcome;
import dev.parigot.engine.Code;
import dev.parigot.engine.Engine;
import dev.parigot.engine.EngineOptions;
import dev.parigot.engine.Instance;
import dev.parigot.engine.Limits;
import dev.parigot.engine.Tenant;
import dev.parigot.manifest.Blueprint;
import dev.parigot.manifest.ManifestReader;
import dev.parigot.situation.Call;
import dev.parigot.wasm.WasmModule;
import dev.parigot.wasm.WasmReader;
import dev.parigot.wind.Options;
import dev.parigot.wind.Part;
import dev.parigot.wind.Wind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Winding beside Binaryen's wasm-merge, and a call between modules that were wound beside one
 * between two instances and one over HTTP.
 */
final class WindBench {
  private static final int ROUNDS = 25;
  private static final int PEER_ROUNDS = 3;
  private static final int CALLS = 4_000;

  /** Calls that the method of that name makes. */
  private static final int MANY = 100;

  private static final int CALL_ROUNDS = 7;

  private final Surroundings surroundings;

  private WindBench(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  static void run(Surroundings surroundings) throws IOException, InterruptedException {
    WindBench bench = new WindBench(surroundings);
    bench.merge();
    bench.calls();
  }

  private void merge() throws IOException, InterruptedException {
    Path module = surroundings.root().resolve("examples/poll/build/poll.wasm");
    byte[] file = Files.readAllBytes(module);
    long[] nanos = new long[ROUNDS];
    byte[] wound = {};
    for (int round = 0; round < ROUNDS; round++) {
      long begin = System.nanoTime();
      wound = Wind.wind(List.of(part("one", file), part("two", file))).module();
      nanos[round] = System.nanoTime() - begin;
    }
    Arrays.sort(nanos);
    surroundings.print(
        "%n# wind: two Go modules of %,d bytes each into one, read, merged and written",
        file.length);
    surroundings.print("%-34s %10s %14s", "", "ms", "bytes more");
    print("Parigot, warm, median of " + ROUNDS, nanos[ROUNDS / 2], wound.length - 2 * file.length);
    Path merged = surroundings.folder("merged").resolve("merged.wasm");
    long[] theirs = new long[PEER_ROUNDS];
    for (int round = 0; round < PEER_ROUNDS; round++) {
      long begin = System.nanoTime();
      Surroundings.run(
          surroundings.root(),
          List.of(
              surroundings.peer(".bin/wasm-merge").toString(),
              module.toString(),
              "one",
              module.toString(),
              "two",
              "-o",
              merged.toString(),
              "--rename-export-conflicts",
              "--enable-multimemory",
              "--enable-bulk-memory",
              "--enable-reference-types",
              "--enable-sign-ext",
              "--enable-nontrapping-float-to-int",
              "--enable-mutable-globals",
              "--enable-multivalue"));
      theirs[round] = System.nanoTime() - begin;
    }
    Arrays.sort(theirs);
    print(
        "wasm-merge, a process, median of " + PEER_ROUNDS,
        theirs[PEER_ROUNDS / 2],
        Files.size(merged) - 2L * file.length);
    edges("hello");
    edges("shop");
    edges("poll");
  }

  private void print(String what, long nanos, long more) {
    surroundings.print("%-34s %10.1f %,14d", what, nanos / 1e6, more);
  }

  /** What an example's file gets longer by. */
  private void edges(String example) throws IOException {
    Path manifest =
        surroundings.root().resolve("examples").resolve(example).resolve(Blueprint.MANIFEST);
    Map<String, Part> parts = new LinkedHashMap<>();
    Map<String, Contract> contracts = new LinkedHashMap<>();
    long before = 0;
    long calls = 0;
    for (var each : ManifestReader.read(Files.readString(manifest)).services().entrySet()) {
      byte[] file = Files.readAllBytes(manifest.resolveSibling(each.getValue().wasm()));
      Part part = part(each.getKey(), file);
      parts.put(each.getKey(), part);
      contracts.put(each.getKey(), part.contract());
      before += file.length;
      calls += part.contract().dependencies().stream().filter(call -> !call.async()).count();
    }
    List<Part> order =
        ServiceGraph.of(contracts).order().stream()
            .map(parts::get)
            .map(Objects::requireNonNull)
            .toList();
    surroundings.print(
        "examples/%s: %,d bytes, %d calls between services: %,d bytes more (aim %,d)",
        example,
        before,
        calls,
        Wind.wind(order).module().length - before,
        before / 50 + 500 * calls);
  }

  private static Part part(String name, byte[] file) {
    WasmModule module = WasmReader.read(file);
    String digest = "sha256:" + "0".repeat(64);
    return new Part(name, digest, Contract.of(module, Role.SERVICE), module);
  }

  private void calls() throws IOException, InterruptedException {
    Path caller = surroundings.file("modules/build/caller.wasm");
    Path echo = surroundings.file("modules/build/echo.wasm");
    List<Part> parts =
        List.of(part("echo", Files.readAllBytes(echo)), part("caller", Files.readAllBytes(caller)));
    Path wound = surroundings.folder("pair").resolve("wound.wasm");
    Files.write(wound, Wind.wind(parts).module());

    surroundings.print(
        "%n# wind: a call of 1 KB from module to module, nanoseconds, best of rounds of many");
    surroundings.print("%-10s %12s %20s %16s", "", "wound", "two instances", "loopback HTTP");
    inNode(wound, caller, echo);
    inChromium(wound, caller, echo);
    surroundings.print("%-10s %,12.0f", "GraalWasm", inEngine(parts));
  }

  private void inNode(Path wound, Path caller, Path echo) throws IOException, InterruptedException {
    String node = surroundings.peer("node/bin/node").toString();
    int port = Surroundings.freePort();
    try (Server server =
        Server.start(
            "Node 22",
            surroundings.file("peers"),
            port,
            "ready",
            List.of(node, "server.mjs", echo.toString(), String.valueOf(port)),
            Map.of())) {
      List<Long> nanos =
          Browser.lines(
              Surroundings.run(
                  surroundings.file("peers"),
                  List.of(
                      node,
                      "calls-node.mjs",
                      wound.toString(),
                      caller.toString(),
                      echo.toString(),
                      String.valueOf(server.port()))));
      surroundings.print(
          "%-10s %,12d %,20d %,16d   HTTP is %,.0f times the wound call",
          "Node 22",
          nanos.get(0),
          nanos.get(1),
          nanos.get(2),
          nanos.get(2) / (double) nanos.get(0));
    }
  }

  private void inChromium(Path wound, Path caller, Path echo)
      throws IOException, InterruptedException {
    Path peers = surroundings.file("peers");
    Optional<String> figures =
        Browser.open(
            surroundings,
            "calls.html",
            Map.of(
                "calls.html",
                peers.resolve("calls.html"),
                "calls.mjs",
                peers.resolve("calls.mjs"),
                "host.mjs",
                peers.resolve("host.mjs"),
                "wound.wasm",
                wound,
                "caller.wasm",
                caller,
                "echo.wasm",
                echo));
    if (figures.isEmpty()) {
      surroundings.print("%-10s is not installed", "Chromium");
      return;
    }
    List<Long> nanos = Browser.lines(figures.get());
    surroundings.print("%-10s %,12d %,20d", "Chromium", nanos.get(0), nanos.get(1));
  }

  /** The calls between two instances are measured by the benchmark of the engine. */
  private static double inEngine(List<Part> parts) {
    ScheduledExecutorService watchdog =
        Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());
    try (Engine engine =
        Engine.start(
            new EngineOptions(
                watchdog,
                Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory()),
                false))) {
      Code code =
          engine.wound(
              parts, Map.of("echo", Limits.DEFAULT, "caller", Limits.DEFAULT), Options.DEFAULT);
      List<Tenant> tenants =
          List.of(
              new Tenant("echo", "echo.1", Situations.alone(Situations.NO_SERVICES)),
              new Tenant("caller", "caller.1", Situations.alone(Situations.NO_SERVICES)));
      try (Instance program = engine.instantiate(code, tenants)) {
        return best(program) / MANY;
      }
    } finally {
      watchdog.shutdownNow();
    }
  }

  private static double best(Instance program) {
    byte[] request = new byte[1024];
    long best = Long.MAX_VALUE;
    for (int round = 0; round < CALL_ROUNDS; round++) {
      long begin = System.nanoTime();
      for (int i = 0; i < CALLS; i++) {
        Call call = Situations.call("caller", "many");
        CallOutcome outcome = program.call(call, request);
        if (outcome.code() != 0) {
          throw new IllegalStateException("many ended with " + outcome);
        }
      }
      best = Math.min(best, System.nanoTime() - begin);
    }
    return (double) best / CALLS;
  }
}
