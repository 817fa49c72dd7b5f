package dev.parigot.timing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What was published of each strategy, on the textbook's programs: tasks that are lists of steps.
 */
class StrategiesTest {
  private static final int RUNS = 10_000;

  /** A task whose steps are accesses of keys, such as {@code r x} or {@code w x}. */
  private record Task(String name, List<String> accesses) {
    static Task of(String name, String... accesses) {
      return new Task(name, List.of(accesses));
    }

    /** So many writes of a key that nobody else has. */
    static Task alone(String name, int steps) {
      return new Task(name, IntStream.range(0, steps).mapToObj(_ -> "w " + name).toList());
    }

    Step step(int number, int at) {
      String access = accesses.get(at);
      String action = access.startsWith("r") ? "parigot:kv get" : "parigot:kv put";
      return new Step(number, name, name, name, action, access.substring(2), at + 1);
    }
  }

  /** The order in which a strategy runs them: the name of a task for each step. */
  private static List<String> order(Strategy strategy, Task... tasks) {
    int[] taken = new int[tasks.length];
    List<String> order = new ArrayList<>();
    while (true) {
      List<Step> enabled =
          IntStream.range(0, tasks.length)
              .filter(i -> taken[i] < tasks[i].accesses().size())
              .mapToObj(i -> tasks[i].step(i + 1, taken[i]))
              .toList();
      if (enabled.isEmpty()) {
        return order;
      }
      Step chosen = enabled.get(strategy.choose(enabled));
      taken[chosen.task() - 1]++;
      order.add(chosen.strand());
    }
  }

  /** How many of a strategy's runs are so. */
  private static double share(
      Function<RandomGenerator, Strategy> strategy, Predicate<List<String>> wanted, Task... tasks) {
    int count = 0;
    for (int seed = 0; seed < RUNS; seed++) {
      Strategy one = strategy.apply(new Seed(seed).generator());
      count += wanted.test(order(one, tasks)) ? 1 : 0;
    }
    return count / (double) RUNS;
  }

  private static Function<RandomGenerator, Strategy> pct(int depth, int choices) {
    return random -> new Pct(random, Pct.Lane.TASK, depth, choices);
  }

  /** How often one of those is followed by the other one. */
  private static int switches(List<String> order, String from, String to) {
    return (int)
        IntStream.range(1, order.size())
            .filter(i -> order.get(i - 1).equals(from) && order.get(i).equals(to))
            .count();
  }

  /** The long task happens as a whole between two steps of the short one: depth 2. */
  @Test
  void pctFindsABugOfDepthTwoAsOftenAsItGuaranteesWhereRandomNeverComes() {
    Task[] tasks = {Task.of("short", "r x", "w x"), Task.alone("long", 18), Task.alone("other", 4)};
    Predicate<List<String>> between =
        order ->
            order.indexOf("short") < order.indexOf("long")
                && order.lastIndexOf("long") < order.lastIndexOf("short");

    assertThat(share(pct(2, 24), between, tasks)).isGreaterThanOrEqualTo(1 / (3 * 24.0));
    assertThat(share(Strategy::random, between, tasks)).isLessThan(0.0005);
  }

  /** Two tasks change places twice, at given steps: depth 3. */
  @Test
  void pctFindsABugOfDepthThreeAsOftenAsItGuarantees() {
    Task[] tasks = {Task.alone("a", 6), Task.alone("b", 6)};
    Predicate<List<String>> planted =
        order ->
            order.subList(0, 3).equals(List.of("a", "a", "a"))
                && order.subList(3, 7).equals(List.of("b", "b", "b", "b"))
                && order.subList(7, 10).equals(List.of("a", "a", "a"));

    assertThat(share(pct(3, 12), planted, tasks)).isGreaterThanOrEqualTo(1 / (2 * 12.0 * 12.0));
    assertThat(share(pct(2, 12), planted, tasks)).isZero();
  }

  @Test
  void pctOfThatDepthSwitchesNoMoreOftenThanItsPrioritiesFall() {
    Task[] tasks = {Task.alone("a", 8), Task.alone("b", 8)};

    assertThat(share(pct(2, 16), order -> switches(order, "a", "b") > 1, tasks)).isZero();
    assertThat(share(pct(4, 16), order -> switches(order, "a", "b") > 2, tasks)).isZero();
  }

  /** One step against eleven of which the last one alone conflicts with it. */
  @Test
  void posComesLateAsOftenAsOneStepOfTwelveHasTheLeastPriority() {
    List<String> steps = new ArrayList<>();
    IntStream.range(0, 10).forEach(_ -> steps.add("w own"));
    steps.add("w x");
    Task[] tasks = {Task.of("short", "w x"), new Task("long", steps)};
    Predicate<List<String>> late = order -> order.getLast().equals("short");

    assertThat(share(Pos::new, late, tasks)).isBetween(0.9 / 12, 1.1 / 12);
    assertThat(share(Strategy::random, late, tasks)).isLessThan(0.002);
  }

  /**
   * After a conflict all is open again: each of the six orders of two pairs of writes is likely.
   */
  @Test
  void posTakesEachOrderOfTwoPairsInConflict() {
    Map<List<String>, Double> shares =
        shares(Pos::new, Task.of("a", "w x", "w x"), Task.of("b", "w x", "w x"));

    assertThat(shares).hasSize(6);
    assertThat(shares.values()).allSatisfy(share -> assertThat(share).isGreaterThan(0.1));
  }

  private static Map<List<String>, Double> shares(
      Function<RandomGenerator, Strategy> strategy, Task... tasks) {
    Map<List<String>, Double> shares = new HashMap<>();
    for (int seed = 0; seed < RUNS; seed++) {
      List<String> order = order(strategy.apply(new Seed(seed).generator()), tasks);
      shares.merge(order, 1.0 / RUNS, Double::sum);
    }
    return shares;
  }

  @Test
  void surwTakesEachInterleavingAsOftenAsTheOthersWhereRandomDoesNot() {
    Task[] tasks = {Task.of("a", "w x", "w x", "w x", "w x"), Task.of("b", "w x", "w x")};
    Map<String, Integer> steps = Map.of("a", 4, "b", 2);

    Map<List<String>, Double> even =
        shares(random -> new Surw(random, name -> steps.getOrDefault(name, 1)), tasks);
    Map<List<String>, Double> uneven = shares(Strategy::random, tasks);

    assertThat(even).hasSize(15);
    assertThat(even.values())
        .allSatisfy(share -> assertThat(share).isBetween(0.85 / 15, 1.15 / 15));
    assertThat(uneven.getOrDefault(List.of("b", "b", "a", "a", "a", "a"), 0.0))
        .isGreaterThan(3 * uneven.getOrDefault(List.of("a", "a", "a", "a", "b", "b"), 0.0));
  }

  @Test
  void whoIsDelayedWaitsUntilNobodyElseCanGoOn() {
    Task[] tasks = {Task.alone("a", 6), Task.alone("b", 6), Task.alone("c", 6)};
    Predicate<List<String>> overtaken =
        order ->
            order.getFirst().equals("a")
                && Set.copyOf(order.subList(1, 13)).equals(Set.of("b", "c"));

    assertThat(share(random -> new LongDelay(random, 18), overtaken, tasks))
        .isGreaterThan(1 / (3.0 * 3 * 18));
    assertThat(share(Strategy::random, overtaken, tasks)).isLessThan(0.002);
  }

  /**
   * In the plain order the reader is first; the window in which it is not has no room for chance.
   */
  @Test
  void aTurnOfThePlainOrderFindsWhatTakesOneOrderHoweverLongTheTasksAre()
      throws InterruptedException {
    List<String> eraser = new ArrayList<>(List.of("w account"));
    IntStream.range(0, 40).forEach(i -> eraser.add("w " + i));
    eraser.add("w image");
    Trial trial =
        ExplorerTest.program(
            accesses ->
                accesses.indexOf("eraser: w image") < accesses.indexOf("adder: w image")
                    && accesses.indexOf("adder: r account") < accesses.indexOf("eraser: w account"),
            Map.of("adder", List.of("r account", "w image"), "eraser", eraser));

    for (int seed = 0; seed < 20; seed++) {
      Explorer explorer = new Explorer(StrategyKind.TURN, new Seed(seed), Set.of(), Map.of());
      assertThat(explorer.search(trial, 10, _ -> true, Workers.ALONE).passed()).isFalse();
    }
  }

  @Test
  void whereNoTwoTasksMeetNobodyIsAsked() {
    Task[] tasks = {Task.of("a", "w own", "r x", "w y"), Task.of("b", "r x", "w y", "w 1")};
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < tasks.length; i++) {
      for (int at = 0; at < tasks[i].accesses().size(); at++) {
        steps.add(tasks[i].step(i + 1, at));
      }
    }

    Step unknown = new Step(1, "a", "a", "a", "parigot:unknown call", "", 1);
    steps.add(unknown);

    Places places = Places.of(steps);

    assertThat(steps.stream().filter(step -> places.shared(Effect.of(step))).map(Step::key))
        .containsExactly("y", "y", "");
    assertThat(places.shared(Effect.of(Task.of("c", "w new").step(3, 0)))).isTrue();
  }

  @Test
  void faultsComeFirstWhereTheyNeverWere() {
    Task task = Task.of("a", "r x", "w x", "w y", "w z");
    Mishaps mishaps = new Mishaps();
    List<String> struck = new ArrayList<>();
    for (int run = 0; run < 4; run++) {
      List<String> aimed = mishaps.leastStruck(Fault.KILL, 1, new Seed(run).generator());
      struck.addAll(aimed);
      mishaps.add(
          Map.of(
              Fault.KILL,
              IntStream.range(0, 4)
                  .mapToObj(at -> task.step(1, at))
                  .map(at -> new Mishaps.Chance(at, aimed.contains(at.point())))
                  .toList()));
    }

    assertThat(struck)
        .containsExactlyInAnyOrder(
            task.step(1, 1).point(), task.step(1, 2).point(), task.step(1, 3).point());
  }

  @Test
  void aGuaranteeGrowsWithEachRun() {
    Guarantee one = Guarantee.NONE.after(2, 4, 25);
    Guarantee two = one.after(3, 2, 10);

    assertThat(one.probability()).isEqualTo(0.01, within(1e-9));
    assertThat(two.probability()).isEqualTo(1 - 0.99 * 0.995, within(1e-9));
    assertThat(two.runs()).isEqualTo(2);
    assertThat(two.tasks()).isEqualTo(4);
    assertThat(two.choices()).isEqualTo(25);
    assertThat(one.and(Guarantee.NONE.after(3, 2, 10))).isEqualTo(two);
    assertThat(two.told())
        .isEqualTo(
            "2 schedules by priorities that left nothing out, of 4 tasks and 25 choices: a bug of depth 2 had a chance of 1.49 % at least");
  }
}
