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
  private static final int MOST_RUNS_TO_SHRINK = 2_000;

  /** So many schedules can be run at a time: what they show counts for the next ones only. */
  private static final int LONGEST_ROUND = 64;

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
   * @param guarantee what the strategy with one guarantees
   * @param complete whether no order is left that would differ to the program; faults aside
   * @param found the failure, if there was one
   */
  public record Exploration(
      int schedules,
      int classes,
      int pairs,
      int bothWays,
      Guarantee guarantee,
      boolean complete,
      @Nullable Found found) {}

  /**
   * What was tried, and the run that failed as it came.
   *
   * @param schedules and the others as in {@link Exploration}
   */
  public record Search(
      int schedules,
      int classes,
      int pairs,
      int bothWays,
      Guarantee guarantee,
      boolean complete,
      @Nullable Run failed) {
    private Search(
        int schedules,
        Coverage coverage,
        Guarantee guarantee,
        boolean complete,
        @Nullable Run failed) {
      this(
          schedules,
          coverage.classes().size(),
          coverage.pairs(),
          coverage.bothWays(),
          guarantee,
          complete,
          failed);
    }

    public boolean passed() {
      return failed == null;
    }
  }

  /**
   * A failure.
   *
   * @param seen the run in which it was
   * @param smallest the same with as few choices as it takes
   */
  public record Found(Run seen, Run smallest, Explanation why) {}

  /** As {@link #explore(Trial, int, IntPredicate, Workers)}, one schedule after the other. */
  public Exploration explore(Trial trial, int schedules, IntPredicate goesOn)
      throws InterruptedException {
    return explore(trial, schedules, goesOn, Workers.ALONE);
  }

  /**
   * Goes on with one that was ended. It counts what was covered before, too; but strategies learn
   * anew how large runs are, and an exhaustive one begins anew.
   *
   * @param covered by the schedules before; has the others in it afterwards
   * @param from how many schedules were run before
   */
  public Exploration explore(
      Trial trial, Coverage covered, int from, int schedules, IntPredicate goesOn)
      throws InterruptedException {
    return explained(trial, search(trial, covered, from, schedules, goesOn, Workers.ALONE));
  }

  /**
   * The same is found, and told of what was tried, however many schedules run at a time.
   *
   * @param trial of which as many runs are made at a time as there are workers
   * @param goesOn is asked after each schedule, with the number of those that were run; by one
   *     thread at a time
   */
  public Exploration explore(Trial trial, int schedules, IntPredicate goesOn, Workers workers)
      throws InterruptedException {
    return explained(trial, search(trial, new Coverage(), 0, schedules, goesOn, workers));
  }

  private Exploration explained(Trial trial, Search search) throws InterruptedException {
    return new Exploration(
        search.schedules(),
        search.classes(),
        search.pairs(),
        search.bothWays(),
        search.guarantee(),
        search.complete(),
        found(trial, search));
  }

  /** As {@link #explore(Trial, int, IntPredicate, Workers)}, but leaves a failure as it came. */
  public Search search(Trial trial, int schedules, IntPredicate goesOn, Workers workers)
      throws InterruptedException {
    return search(trial, new Coverage(), 0, schedules, goesOn, workers);
  }

  private Search search(
      Trial trial, Coverage covered, int from, int schedules, IntPredicate goesOn, Workers workers)
      throws InterruptedException {
    IntPredicate more = count -> count == schedules || goesOn.test(count);
    return kind == StrategyKind.EXHAUSTIVE
        ? enumerate(trial, covered, schedules, more)
        : sample(trial, covered, from, schedules, more, workers);
  }

  /** Makes the failure small and explains it; null if there was none. */
  public @Nullable Found found(Trial trial, Search search) throws InterruptedException {
    Run failed = search.failed();
    if (failed == null) {
      return null;
    }
    Run smallest = new Shrinker(trial, MOST_RUNS_TO_SHRINK).shrink(failed);
    return new Found(failed, smallest, new Explainer(trial).explain(smallest));
  }

  private Search sample(
      Trial trial, Coverage coverage, int from, int schedules, IntPredicate goesOn, Workers workers)
      throws InterruptedException {
    Shape shape = new Shape();
    Guarantee guarantee = Guarantee.NONE;
    int count = from;
    Run failed = null;
    boolean ended = false;
    while (!ended && count < Math.max(1, schedules)) {
      // Those of a round know the same of the program: what the rounds before have shown.
      int until = Math.min(Math.max(1, schedules), count + Math.clamp(count, 1, LONGEST_ROUND));
      Round<Lesson> round =
          new Round<>(count, until, number -> run(trial, number, shape), Lesson::failed, goesOn);
      for (Lesson lesson : round.run(workers)) {
        coverage.add(lesson.seen());
        shape.learn(lesson);
        guarantee = guarantee.after(lesson);
        failed = lesson.failed() ? lesson.run() : null;
        count++;
      }
      ended = round.ended();
    }
    return new Search(count, coverage, guarantee, false, failed);
  }

  private Search enumerate(Trial trial, Coverage coverage, int schedules, IntPredicate goesOn)
      throws InterruptedException {
    Enumeration orders = new Enumeration(services);
    int count = 0;
    Run failed = null;
    boolean left;
    do {
      Run run = Run.of(trial, orders);
      coverage.add(Coverage.Seen.of(run.steps()));
      count++;
      failed = run.passed() ? null : run;
      left = orders.advance(run.steps());
    } while (failed == null && left && count < schedules && goesOn.test(count));
    boolean complete = failed == null && !left;
    return new Search(count, coverage, Guarantee.NONE, complete, failed);
  }

  private Lesson run(Trial trial, int number, Shape shape) throws InterruptedException {
    Seed own = seed.of("schedule " + number);
    RandomGenerator random = own.generator();
    Plan plan =
        number == 0
            ? Plan.plain()
            : Plan.of(kind, number - 1, random, own.of("order").generator(), shape);
    Focus focus = new Focus(plan.orders(), services, plan.breadth(), shape.places());
    // Half of the schedules are without: most bugs don't need any.
    boolean faulty = number > 0 && random.nextBoolean();
    Faults mishaps = new Faults(focus, random, shape.mishaps(), faulty ? faults : Map.of());
    Run run = Run.of(trial, mishaps);
    return Lesson.of(plan, run, focus, mishaps);
  }
}
