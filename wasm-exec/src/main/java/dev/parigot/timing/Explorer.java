package dev.parigot.timing;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs a program under one schedule after the other, until one fails.
 *
 * @param services whose steps are reordered; empty for all
 * @param faults how many of each kind there may be in a run
 */
public record Explorer(
    StrategyKind kind, Seed seed, Set<String> services, Map<Fault, Integer> faults) {
  /** One schedule of so many reorders even what is taken to make no difference. */
  private static final int UNPRUNED = 4;

  private static final int MOST_RUNS_TO_SHRINK = 2_000;

  /** As many faults of each kind in a run as an app is expected to bear. */
  public static final Map<Fault, Integer> FAULTS =
      Arrays.stream(Fault.values()).collect(Collectors.toMap(fault -> fault, _ -> 2));

  public Explorer {
    services = Set.copyOf(services);
    faults = Map.copyOf(faults);
  }

  /**
   * What was tried, and found.
   *
   * @param schedules how many were run; the first is the plain order
   * @param classes how many of them differ to the program
   * @param pairs how many pairs of steps in conflict came one after the other
   * @param bothWays how many of those did so in both orders
   * @param found the failure, if there was one
   */
  public record Exploration(
      int schedules, int classes, int pairs, int bothWays, @Nullable Found found) {}

  /**
   * A failure.
   *
   * @param seen the run in which it was
   * @param smallest the same with as few choices as it takes
   */
  public record Found(Run seen, Run smallest, Explanation why) {}

  /**
   * @param goesOn is asked after each schedule, with the number of those that were run
   */
  public Exploration explore(Trial trial, int schedules, IntPredicate goesOn)
      throws InterruptedException {
    return explore(trial, 0, schedules, goesOn);
  }

  /**
   * Goes on with one that was ended. What it counts is of the schedules that it runs; strategies
   * learn anew how large runs are.
   *
   * @param from how many schedules were run before
   */
  public Exploration explore(Trial trial, int from, int schedules, IntPredicate goesOn)
      throws InterruptedException {
    Shape shape = new Shape();
    Coverage coverage = new Coverage();
    int count = from;
    Run failed = null;
    do {
      Run run = run(trial, count, shape);
      coverage.add(run.steps());
      count++;
      failed = run.passed() ? null : run;
    } while (failed == null && count < schedules && goesOn.test(count));
    return new Exploration(
        count,
        coverage.classes(),
        coverage.pairs(),
        coverage.bothWays(),
        failed == null ? null : found(trial, failed));
  }

  private Run run(Trial trial, int number, Shape shape) throws InterruptedException {
    Seed own = seed.of("schedule " + number);
    RandomGenerator random = own.generator();
    Strategy orders =
        number == 0
            ? Strategy.runToCompletion()
            : kind.make(number - 1, own.of("order").generator(), shape);
    Focus focus = new Focus(orders, services, random.nextInt(UNPRUNED) != 0);
    // Half of the schedules are without: most bugs don't need any.
    boolean faulty = number > 0 && random.nextBoolean();
    Faults mishaps = new Faults(focus, random, shape, faulty ? faults : Map.of());
    Run run = Run.of(trial, mishaps);
    shape.add(focus.choices(), mishaps.chances(), run.steps());
    return run;
  }

  private static Found found(Trial trial, Run failed) throws InterruptedException {
    Run smallest = new Shrinker(trial, MOST_RUNS_TO_SHRINK).shrink(failed);
    return new Found(failed, smallest, new Explainer(trial).explain(smallest));
  }
}
