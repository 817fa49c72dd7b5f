package dev.parigot.bench;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The command {@code parigot bench [NAME…]}: runs the named benchmarks, or all of them. */
public final class Bench {
  private static final int WRONG_USAGE = 2;

  private interface Run {
    void run(Surroundings surroundings) throws Exception;
  }

  private static final Map<String, Run> BENCHMARKS = new LinkedHashMap<>();

  static {
    BENCHMARKS.put("http", HttpBench::run);
    BENCHMARKS.put("start", StartBench::run);
    BENCHMARKS.put("cold", ColdBench::run);
    BENCHMARKS.put("deploy", DeployBench::run);
    BENCHMARKS.put("push", PushBench::run);
    BENCHMARKS.put("apps", AppsBench::run);
    BENCHMARKS.put("fair", FairBench::run);
    BENCHMARKS.put("engine", EngineBench::run);
    BENCHMARKS.put("wind", WindBench::run);
    BENCHMARKS.put("queue", QueueBench::run);
    BENCHMARKS.put("channel", ChannelBench::run);
    BENCHMARKS.put("demo", DemoBench::run);
    BENCHMARKS.put("idle", IdleBench::run);
  }

  private Bench() {}

  /** The first argument is the root of the repository, the others name benchmarks. */
  public static void main(String[] arguments) throws Exception {
    List<String> names = List.of(arguments).subList(1, arguments.length);
    for (String name : names) {
      if (!BENCHMARKS.containsKey(name)) {
        System.err.println(
            "parigot: there is no benchmark \""
                + name
                + "\"; there are "
                + String.join(", ", BENCHMARKS.keySet()));
        System.exit(WRONG_USAGE);
      }
    }
    try (Surroundings surroundings = Surroundings.of(Path.of(arguments[0]), System.out)) {
      for (Map.Entry<String, Run> each : BENCHMARKS.entrySet()) {
        if (names.isEmpty() || names.contains(each.getKey())) {
          each.getValue().run(surroundings);
        }
      }
    }
    System.exit(0); // the engine's threads need not be waited for
  }
}
