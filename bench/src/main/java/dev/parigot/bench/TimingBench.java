package dev.parigot.bench;

import dev.parigot.engine.Engine;
import dev.parigot.engine.EngineOptions;
import dev.parigot.engine.Limits;
import dev.parigot.timing.Explorer;
import dev.parigot.timing.Explorer.Found;
import dev.parigot.timing.Replay;
import dev.parigot.timing.Seed;
import dev.parigot.timing.StrategyKind;
import dev.parigot.timing.Trial;
import dev.parigot.timing.Workers;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * How soon the schedules of {@code parigot timing} find the bugs of the evil suite, how small it
 * makes them, whether it names them, and how many schedules it runs a second.
 */
final class TimingBench {
  /** After that many a bug counts as not found. */
  private static final int MOST_SCHEDULES = 1_000;

  private static final int SCHEDULES_OF_FIXED = 10_000;

  /** Random schedules are run until they have found a bug so often, or are so many. */
  private static final int FINDS_OF_RANDOM = 20;

  private static final int SCHEDULES_OF_RANDOM = 10_000;

  /** Making a failure small takes hundreds of runs. */
  private static final int MOST_SHRUNK = 5;

  private static final int SEEDS_RUN_TWICE = 1_000;
  private static final double WARM_SECONDS = 15;
  private static final double RATE_SECONDS = 8;
  private static final int HOST_CALLS = 60;
  private static final String FORMAT = "%-4s %6s %6s %6s | %7s %6s | %5s %5s %6s %6s | %5s";

  private final Surroundings surroundings;
  private final EvilSuite suite;
  private final Workers workers;

  private final List<Result> results = new ArrayList<>();

  private TimingBench(Surroundings surroundings, EvilSuite suite, Workers workers) {
    this.surroundings = surroundings;
    this.suite = suite;
    this.workers = workers;
  }

  /**
   * What came of one program.
   *
   * @param mix how many schedules each seed took, in ascending order; one more than the most if it
   *     found nothing
   * @param random how many uniformly random ones it takes on average
   * @param witness the choices of the smallest schedule that is known
   * @param smallest those of each failure that was made small
   * @param millis how long each of them took to be made small and explained
   * @param named how many of them named the planted pair
   * @param repeated how many of them failed the same again
   * @param fixed whether a schedule failed the mended program
   */
  private record Result(
      String program,
      int[] mix,
      Average random,
      int witness,
      int[] smallest,
      double[] millis,
      int named,
      int repeated,
      boolean fixed) {
    int mix(int percent) {
      return mix[Math.min(mix.length - 1, mix.length * percent / 100)];
    }

    double gain() {
      return random.schedules() / mean();
    }

    double mean() {
      return Arrays.stream(mix).average().orElse(1);
    }
  }

  /**
   * @param atLeast whether it was found too seldom to say more
   */
  private record Average(double schedules, boolean atLeast) {
    String told(String format, double value) {
      return (atLeast ? ">" : "") + format.formatted(value);
    }
  }

  static void run(Surroundings surroundings)
      throws IOException, InterruptedException, NoSuchAlgorithmException {
    ScheduledExecutorService watchdog =
        Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());
    ExecutorService threads =
        Executors.newCachedThreadPool(task -> {
          Thread thread = new Thread(null, task, "guest", Limits.TEST_STACK_BYTES);
          thread.setDaemon(true);
          return thread;
        });
    try (Engine engine = Engine.start(new EngineOptions(watchdog, threads, false));
        EvilSuite suite = EvilSuite.in(surroundings.root(), engine, threads)) {
      Workers workers = new Workers(Runtime.getRuntime().availableProcessors(), threads);
      TimingBench bench = new TimingBench(surroundings, suite, workers);
      bench.speed();
      bench.bugs();
      bench.determinism();
      bench.targets();
    } finally {
      watchdog.shutdownNow();
      threads.shutdownNow();
    }
  }

  private static Explorer explorer(StrategyKind kind, long seed) {
    return new Explorer(kind, new Seed(seed), Set.of(), Explorer.FAULTS);
  }

  private void speed() throws InterruptedException, NoSuchAlgorithmException {
    surroundings.print("%n# timing: schedules a second, of a program of %d host calls", HOST_CALLS);
    surroundings.print("calibration: SHA-256 of 64 MiB takes %.0f ms", calibration());
    Trial trial = suite.sized(HOST_CALLS);
    rate(trial, Workers.ALONE, WARM_SECONDS);
    double[] alone = rate(trial, Workers.ALONE, RATE_SECONDS);
    double[] all = rate(trial, workers, RATE_SECONDS);
    surroundings.print(
        "one at a time        %,7.0f a second, %,7.0f a second of a core", alone[0], alone[1]);
    surroundings.print(
        "%d at a time          %,7.0f a second, %,7.0f a second of a core",
        workers.count(), all[0], all[1]);
  }

  /** Schedules a second, by the clock and by the processor time of all threads. */
  private double[] rate(Trial trial, Workers some, double seconds) throws InterruptedException {
    long cpu = cpuNanos();
    long begin = System.nanoTime();
    long end = begin + (long) (seconds * 1e9);
    int schedules =
        explorer(StrategyKind.MIX, 1)
            .explore(trial, Integer.MAX_VALUE, _ -> System.nanoTime() < end, some)
            .schedules();
    return new double[] {
      schedules * 1e9 / (System.nanoTime() - begin), schedules * 1e9 / (cpuNanos() - cpu)
    };
  }

  private static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
        .getProcessCpuTime();
  }

  private static double calibration() throws NoSuchAlgorithmException {
    byte[] bytes = new byte[64 << 20];
    double best = Double.MAX_VALUE;
    for (int round = 0; round < 5; round++) {
      long begin = System.nanoTime();
      MessageDigest.getInstance("SHA-256").digest(bytes);
      best = Math.min(best, (System.nanoTime() - begin) / 1e6);
    }
    return best;
  }

  private void bugs() throws InterruptedException {
    surroundings.print(
        "%n# timing: schedules until a bug is found, %d seeds; at most %,d; %,d of each mended program",
        surroundings.seeds(), MOST_SCHEDULES, SCHEDULES_OF_FIXED);
    surroundings.print(
        FORMAT, "", "mix", "", "", "random", "", "least", "made", "ms", "named", "fixed");
    surroundings.print(
        FORMAT, "", "p50", "p95", "mean", "mean", "times", "", "most", "most", "", "fails");
    for (String program : suite.programs()) {
      Result result = result(program);
      results.add(result);
      surroundings.print(
          FORMAT,
          program,
          told(result.mix(50)),
          told(result.mix(95)),
          "%.1f".formatted(result.mean()),
          result.random.told("%.0f", result.random.schedules()),
          result.random.told("%.1f", result.gain()),
          result.witness,
          Arrays.stream(result.smallest).max().orElse(0),
          "%.0f".formatted(Arrays.stream(result.millis).max().orElse(0)),
          result.named + "/" + result.smallest.length,
          result.fixed ? "yes" : "no");
    }
  }

  private static String told(int schedules) {
    return schedules > MOST_SCHEDULES ? ">" + MOST_SCHEDULES : String.valueOf(schedules);
  }

  private Result result(String program) throws InterruptedException {
    Trial buggy = suite.buggy(program);
    int shrunk = Math.min(MOST_SHRUNK, surroundings.seeds());
    List<Found> founds = new ArrayList<>();
    double[] millis = new double[shrunk];
    for (int seed = 1; seed <= shrunk; seed++) {
      Explorer explorer = explorer(StrategyKind.MIX, seed);
      Explorer.Search search = explorer.search(buggy, MOST_SCHEDULES, _ -> true, workers);
      long begin = System.nanoTime();
      Found found = explorer.found(buggy, search);
      if (found != null) {
        millis[founds.size()] = (System.nanoTime() - begin) / 1e6;
        founds.add(found);
      }
    }
    int repeated = 0;
    for (Found found : founds) {
      Trial.Result again = buggy.run(new Replay(found.smallest().choices()));
      repeated += again.steps().equals(found.smallest().steps()) && again.failure() != null ? 1 : 0;
    }
    int named =
        (int)
            founds.stream()
                .filter(found -> suite.isPlanted(program, found.why().sentence()))
                .count();
    return new Result(
        program,
        schedules(buggy),
        random(buggy),
        suite.witness(program).choices().size(),
        founds.stream().mapToInt(found -> found.smallest().choices().size()).toArray(),
        Arrays.copyOf(millis, founds.size()),
        named,
        repeated,
        !explorer(StrategyKind.MIX, 1)
            .search(suite.fixed(program), SCHEDULES_OF_FIXED, _ -> true, workers)
            .passed());
  }

  /** How many each seed takes, in ascending order. */
  private int[] schedules(Trial trial) throws InterruptedException {
    int[] counts = new int[surroundings.seeds()];
    for (int i = 0; i < counts.length; i++) {
      Explorer.Search search =
          explorer(StrategyKind.MIX, i + 1).search(trial, MOST_SCHEDULES, _ -> true, workers);
      counts[i] = search.passed() ? MOST_SCHEDULES + 1 : search.schedules();
    }
    Arrays.sort(counts);
    return counts;
  }

  /** Random schedules remember nothing: what one search leaves the next one goes on with. */
  private Average random(Trial trial) throws InterruptedException {
    int schedules = 0;
    int finds = 0;
    for (int seed = 1; finds < FINDS_OF_RANDOM && schedules < SCHEDULES_OF_RANDOM; seed++) {
      Explorer.Search search =
          explorer(StrategyKind.RANDOM, seed)
              .search(trial, SCHEDULES_OF_RANDOM - schedules, _ -> true, workers);
      schedules += search.schedules();
      finds += search.passed() ? 0 : 1;
    }
    return new Average(schedules / (double) Math.max(1, finds), finds == 0);
  }

  private void determinism() throws InterruptedException {
    List<String> programs = suite.programs();
    int differing = 0;
    for (int number = 0; number < SEEDS_RUN_TWICE; number++) {
      String program = programs.get(number % programs.size());
      differing += suite.differs(program, new Seed(number)) ? 1 : 0;
    }
    surroundings.print(
        "%n# timing: %,d seeds run twice, over all programs: %d differ",
        SEEDS_RUN_TWICE, differing);
  }

  private void targets() {
    surroundings.print("%n# timing: beside the aims");
    int all = results.size();
    int[] medians =
        results.stream()
            .filter(result -> result.mix(95) <= 100)
            .mapToInt(result -> result.mix(50))
            .sorted()
            .toArray();
    surroundings.print(
        "found within 1,000 at p95: %d of %d (all); within 100: %d (13 of 16); the median of their p50 is %d (40)",
        count(result -> result.mix(95) <= MOST_SCHEDULES),
        all,
        count(result -> result.mix(95) <= 100),
        medians.length == 0 ? 0 : medians[medians.length / 2]);
    surroundings.print(
        "50 times fewer schedules than random, on average: %d programs (7); more than 3 times more: %d (0)",
        count(result -> result.gain() >= 50), count(result -> result.gain() < 1 / 3.0));
    surroundings.print("mended programs that failed: %d (0)", count(result -> result.fixed));
    surroundings.print(
        "failures that failed the same again: %d of %d (all)",
        results.stream().mapToInt(result -> result.repeated).sum(),
        results.stream().mapToInt(result -> result.smallest.length).sum());
    surroundings.print(
        "made at most 1.5 times as small as the smallest that is known, within 10 s: %d of %d (all);"
            + " the planted pair named: %d (14 of 16)",
        count(result ->
            Arrays.stream(result.smallest).allMatch(size -> size <= 1.5 * result.witness)
                && Arrays.stream(result.millis).allMatch(millis -> millis <= 10_000)),
        all,
        count(result -> result.named == result.smallest.length));
  }

  private interface Fact {
    boolean of(Result result);
  }

  private long count(Fact fact) {
    return results.stream().filter(fact::of).count();
  }
}
