package dev.parigot.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The command {@code parigot bench [--seeds N] [NAME…]}: runs the named benchmarks, or all of them.
 */
public final class Bench {
  private static final int WRONG_USAGE = 2;
  private static final int SEEDS = 20;

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
    BENCHMARKS.put("timing", TimingBench::run);
    BENCHMARKS.put("demo", DemoBench::run);
    BENCHMARKS.put("idle", IdleBench::run);
  }

  private Bench() {}

  /** The first argument is the root of the repository, the others name benchmarks. */
  public static void main(String[] arguments) throws Exception {
    List<String> names = new ArrayList<>(List.of(arguments).subList(1, arguments.length));
    int seeds = seeds(names);
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
    try (Surroundings surroundings = Surroundings.of(Path.of(arguments[0]), seeds, System.out)) {
      for (Map.Entry<String, Run> each : BENCHMARKS.entrySet()) {
        if (names.isEmpty() || names.contains(each.getKey())) {
          each.getValue().run(surroundings);
        }
      }
    }
    System.exit(0); // the engine's threads need not be waited for
  }

  /** Takes {@code --seeds N} out of the arguments. */
  private static int seeds(List<String> arguments) {
    int at = arguments.indexOf("--seeds");
    if (at < 0) {
      return SEEDS;
    }
    if (at + 1 == arguments.size() || !arguments.get(at + 1).matches("[1-9][0-9]{0,5}")) {
      System.err.println("parigot: --seeds takes a number from 1");
      System.exit(WRONG_USAGE);
    }
    arguments.remove(at);
    return Integer.parseInt(arguments.remove(at));
  }
}
