package dev.parigot.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parigot.engine.CallOutcome;
import dev.parigot.engine.Code;
import dev.parigot.engine.Engine;
import dev.parigot.engine.EngineOptions;
import dev.parigot.engine.Instance;
import dev.parigot.engine.Limits;
import dev.parigot.situation.Call;
import dev.parigot.situation.ServiceCalls;
import dev.parigot.situation.Situation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** The engine alone: guest speed beside V8, calls between services, new instances. */
final class EngineBench {
  private static final int KERNEL_ROUNDS = 14;
  private static final int CALLS = 200_000;
  private static final int CALL_ROUNDS = 7;
  private static final int INSTANCES = 400;
  private static final int LARGE_INSTANCES = 100;

  private static final List<Kernel> KERNELS =
      List.of(
          new Kernel("fib", 32),
          new Kernel("sieve", 2_000_000),
          new Kernel("matmul", 256),
          new Kernel("sha256", 8192));

  private final Surroundings surroundings;
  private final Engine engine;

  private EngineBench(Surroundings surroundings, Engine engine) {
    this.surroundings = surroundings;
    this.engine = engine;
  }

  private record Kernel(String name, int argument) {}

  static void run(Surroundings surroundings) throws IOException, InterruptedException {
    ScheduledExecutorService watchdog =
        Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());
    try (Engine engine =
        Engine.start(
            new EngineOptions(
                watchdog,
                Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory()),
                false))) {
      EngineBench bench = new EngineBench(surroundings, engine);
      bench.kernels();
      bench.calls();
      bench.instances();
    } finally {
      watchdog.shutdownNow();
    }
  }

  private void kernels() throws IOException, InterruptedException {
    surroundings.print("%n# engine: guest CPU speed, best of %d, milliseconds", KERNEL_ROUNDS);
    surroundings.print("%-16s %10s %10s %10s", "", "Parigot", "Node 22", "times");
    Path file = surroundings.file("modules/build/kernels.wasm");
    Situation situation = Situations.alone(Situations.NO_SERVICES);
    try (Instance instance = start(file, "kernels", situation)) {
      for (Kernel kernel : KERNELS) {
        long ours = Long.MAX_VALUE;
        byte[] arguments = ("[" + kernel.argument + "]").getBytes(UTF_8);
        for (int i = 0; i < KERNEL_ROUNDS; i++) {
          long begin = System.nanoTime();
          call(instance, "kernels", kernel.name, arguments);
          ours = Math.min(ours, System.nanoTime() - begin);
        }
        long theirs =
            nanos(
                "kernels.mjs",
                file,
                kernel.name,
                String.valueOf(kernel.argument),
                String.valueOf(KERNEL_ROUNDS))[0];
        surroundings.print(
            "%-16s %10.2f %10.2f %10.2f",
            kernel.name + "(" + kernel.argument + ")",
            ours / 1e6,
            theirs / 1e6,
            ours / (double) theirs);
      }
    }
  }

  private void calls() throws IOException {
    surroundings.print("%n# engine: warm calls of 1 KB, best of %d rounds", CALL_ROUNDS);
    byte[] request = new byte[1024];
    Path echo = surroundings.file("modules/build/echo.wasm");
    try (Instance callee = start(echo, "echo", Situations.alone(Situations.NO_SERVICES))) {
      double alone = best(callee, "echo", "echo", request);
      ServiceCalls toCallee =
          (caller, service, method, bytes) -> callee.call(Situations.call(service, method), bytes);
      Path caller = surroundings.file("modules/build/caller.wasm");
      try (Instance instance = start(caller, "caller", Situations.alone(toCallee))) {
        double both = best(instance, "caller", "pass", request);
        surroundings.print("a call into a service           %8.2f us", alone);
        surroundings.print("and one that calls another one  %8.2f us", both);
        surroundings.print("so from service to service      %8.2f us", both - alone);
      }
    }
  }

  private void instances() throws IOException, InterruptedException {
    surroundings.print("%n# engine: a new instance and its first call, median");
    surroundings.print("%-24s %10s %10s %10s", "", "Parigot", "Node 22", "times");
    Path examples = surroundings.root().resolve("examples");
    instances("C", surroundings.file("modules/build/echo.wasm"), "echo", 1024, INSTANCES);
    instances("Rust", examples.resolve("hello/build/phrases.wasm"), "pick", 0, INSTANCES);
    instances("Go", examples.resolve("poll/build/poll.wasm"), "results", 0, LARGE_INSTANCES);
  }

  private void instances(String language, Path file, String method, int requestBytes, int count)
      throws IOException, InterruptedException {
    byte[] request = new byte[requestBytes];
    Situation situation = Situations.alone(Situations.NO_SERVICES);
    Code code = code(file);
    long[] ours = new long[count];
    for (int round = 0; round < 2; round++) { // the first one warms up
      for (int i = 0; i < count; i++) {
        long begin = System.nanoTime();
        try (Instance instance = engine.instantiate(code, method, method + "." + i, situation)) {
          call(instance, method, method, request);
          ours[i] = System.nanoTime() - begin;
        }
      }
    }
    Arrays.sort(ours);
    long[] theirs =
        nanos("instances.mjs", file, method, String.valueOf(requestBytes), String.valueOf(count));
    surroundings.print(
        "%-24s %7.3f ms %7.3f ms %10.2f",
        language + ", " + Files.size(file) / 1000 + " KB",
        ours[count / 2] / 1e6,
        theirs[theirs.length / 2] / 1e6,
        ours[count / 2] / (double) theirs[theirs.length / 2]);
  }

  private double best(Instance instance, String service, String method, byte[] request) {
    long best = Long.MAX_VALUE;
    for (int round = 0; round < CALL_ROUNDS; round++) {
      long begin = System.nanoTime();
      for (int i = 0; i < CALLS; i++) {
        call(instance, service, method, request);
      }
      best = Math.min(best, System.nanoTime() - begin);
    }
    return best / 1e3 / CALLS;
  }

  private static void call(Instance instance, String service, String method, byte[] request) {
    Call call = Situations.call(service, method);
    CallOutcome outcome = instance.call(call, request);
    if (outcome.code() != 0) {
      throw new IllegalStateException(method + " ended with " + outcome);
    }
  }

  private Instance start(Path file, String service, Situation situation) throws IOException {
    return engine.instantiate(code(file), service, service + ".1", situation);
  }

  private Code code(Path file) throws IOException {
    return engine.code("sha256:" + file, Files.readAllBytes(file), Limits.DEFAULT);
  }

  /** What a script prints in Node, sorted. */
  private long[] nanos(String script, Path file, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(surroundings.peer("node/bin/node").toString(), script, file.toString()));
    command.addAll(List.of(arguments));
    return Surroundings.run(surroundings.file("peers"), command)
        .lines()
        .mapToLong(Long::parseLong)
        .sorted()
        .toArray();
  }
}
