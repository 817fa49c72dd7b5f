package dev.parigot.timing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parigot.timing.Explorer.Exploration;
import dev.parigot.timing.Explorer.Found;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExplorerTest {
  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory());
  private static final Trial.Failure BROKEN = new Trial.Failure("417", "broken");

  /**
   * A program of tasks, each of which accesses keys one after the other: {@code r x} or {@code w
   * x}.
   *
   * @param broken whether it fails, by the accesses as they came, such as {@code a: w x}
   */
  static Trial program(Predicate<List<String>> broken, Map<String, List<String>> tasks) {
    return strategy -> {
      List<String> accesses = new ArrayList<>();
      Scheduler scheduler = new Scheduler(strategy, THREADS, 1_000);
      scheduler.run(
          "main",
          "begin",
          () -> {
            new TreeMap<>(tasks)
                .forEach((name, steps) ->
                    scheduler.start(
                        name,
                        "begin",
                        "",
                        0,
                        () -> true,
                        () ->
                            steps.forEach(step -> {
                              String action = step.startsWith("r") ? "get" : "put";
                              scheduler.step(name, name, "parigot:kv " + action, step.substring(2));
                              accesses.add(name + ": " + step);
                            })));
            scheduler.quiesce();
          },
          TimeUnit.MINUTES.toNanos(1),
          () -> false);
      return new Trial.Result(broken.test(accesses) ? BROKEN : null, scheduler.trace());
    };
  }

  /** The program of {@link #theSmallestRunTakesOneSwitchAndNamesThePair}. */
  private static Trial overtaking() {
    return program(
        accesses ->
            accesses.indexOf("long: r x") < accesses.indexOf("short: w x")
                && accesses.indexOf("short: w x") < accesses.indexOf("long: w x"),
        Map.of(
            "long", List.of("r x", "w 1", "w 2", "w 3", "w 4", "w x"),
            "noise", List.of("w 1", "w 2", "w 3"),
            "short", List.of("w x")));
  }

  private static Exploration explore(StrategyKind kind, int schedules, Trial trial)
      throws InterruptedException {
    return new Explorer(kind, new Seed(1), Set.of(), Map.of()).explore(trial, schedules, _ -> true);
  }

  private static final Map<String, List<String>> INCREMENTS =
      Map.of("a", List.of("r x", "w x"), "b", List.of("r x", "w x"));

  /** That two reads change places makes no difference: of six orders there are four classes. */
  @ParameterizedTest
  @EnumSource
  void everyClassOfSchedulesIsTried(StrategyKind kind) throws InterruptedException {
    Exploration exploration = explore(kind, 300, program(_ -> false, INCREMENTS));

    assertThat(exploration.classes()).isEqualTo(4);
    assertThat(exploration.bothWays()).isEqualTo(exploration.pairs());
  }

  @Test
  void whatConflictsWithNothingMakesOneClass() throws InterruptedException {
    Trial trial =
        program(_ -> false, Map.of("a", List.of("r x", "w y"), "b", List.of("r x", "w z")));

    assertThat(explore(StrategyKind.RANDOM, 100, trial).classes()).isEqualTo(1);
  }

  /**
   * A short task has to happen as a whole before the last step of a long one, but after its first.
   */
  @Test
  void theSmallestRunTakesOneSwitchAndNamesThePair() throws InterruptedException {
    Found found = Objects.requireNonNull(explore(StrategyKind.MIX, 200, overtaking()).found());

    assertThat(found.smallest().choices()).hasSizeLessThanOrEqualTo(2);
    assertThat(found.why().sentence()).contains("`x`");
    assertThat(found.why().passing()).isNotNull().extracting(Run::passed).isEqualTo(true);
  }

  /** Two deliveries that are repeated if they end in the middle: each marks first, then acts. */
  private static Trial deliveries() {
    return strategy -> {
      Set<String> stored = new TreeSet<>();
      Scheduler scheduler = new Scheduler(strategy, THREADS, 1_000);
      scheduler.run(
          "main",
          "begin",
          () -> {
            List.of("a", "b").forEach(name -> deliver(scheduler, name, stored));
            scheduler.quiesce();
          },
          TimeUnit.MINUTES.toNanos(1),
          () -> false);
      boolean broken = !stored.containsAll(Set.of("done a", "done b"));
      return new Trial.Result(broken ? BROKEN : null, scheduler.trace());
    };
  }

  private static void deliver(Scheduler scheduler, String name, Set<String> stored) {
    Task[] self = new Task[1];
    self[0] =
        scheduler.start(
            name,
            "delivery",
            "",
            0,
            () -> true,
            () -> {
              Objects.requireNonNull(self[0]).beRepeatable();
              boolean ended = false;
              for (String key : List.of("seen ", "done ")) {
                scheduler.step(name, "inbox.take", "parigot:kv put", key + name);
                ended = ended || scheduler.strikes(Fault.KILL);
                if (!ended) {
                  stored.add(key + name);
                }
              }
              if (ended && !stored.contains("seen " + name)) {
                deliver(scheduler, name, stored);
              }
            });
  }

  private static Run killed(String... points) throws InterruptedException {
    List<Choice> choices =
        Arrays.stream(points).<Choice>map(point -> new Choice.Strike(Fault.KILL, point)).toList();
    return Run.of(deliveries(), new Replay(choices));
  }

  /** One that ends in its second attempt fails; so does another one in its first. */
  @Test
  void oneFaultInPlaceOfSeveralIsSmaller() throws InterruptedException {
    String first = "main begin > a delivery";
    Run failed =
        killed(
            first + ": a parigot:kv put seen a", first + " > a delivery: a parigot:kv put done a");
    assertThat(failed.passed()).isFalse();

    Run smallest = new Shrinker(deliveries(), 100).shrink(failed);

    assertThat(smallest.choices())
        .containsExactly(
            new Choice.Strike(Fault.KILL, "main begin > a delivery: a parigot:kv put done a"));
  }

  @Test
  void whatEndsInTheMiddleIsToldWithWhatStays() throws InterruptedException {
    Run failed = killed("main begin > b delivery: b parigot:kv put done b");

    assertThat(new Explainer(deliveries()).explain(failed).sentence())
        .isEqualTo(
            "the platform ends the instance before b: parigot:kv put done b, after it wrote `seen b`");
  }

  @Test
  void servicesThatAreNotMeantGoOnUndisturbed() throws InterruptedException {
    Exploration exploration =
        new Explorer(StrategyKind.MIX, new Seed(1), Set.of("c"), Map.of())
            .explore(program(_ -> false, INCREMENTS), 100, _ -> true);

    assertThat(exploration.classes()).isEqualTo(1);
  }

  @Test
  void whatAlwaysFailsIsNoMatterOfTime() throws InterruptedException {
    Exploration exploration = explore(StrategyKind.MIX, 10, program(_ -> true, INCREMENTS));

    assertThat(exploration.schedules()).isEqualTo(1);
    assertThat(Objects.requireNonNull(exploration.found()).why().sentence())
        .startsWith("it fails in the plain order too");
  }

  @Test
  void whoeverAskedEndsIt() throws InterruptedException {
    Exploration exploration =
        new Explorer(StrategyKind.MIX, new Seed(1), Set.of(), Map.of())
            .explore(program(_ -> false, INCREMENTS), 100, count -> count < 7);

    assertThat(exploration.schedules()).isEqualTo(7);
  }

  /** However many schedules run at a time, and whichever is done first. */
  @ParameterizedTest
  @EnumSource
  void theSameIsFoundHoweverManyWorkersThereAre(StrategyKind kind) throws InterruptedException {
    for (Trial trial : List.of(overtaking(), program(_ -> false, INCREMENTS))) {
      Exploration alone = explore(kind, 150, trial);
      for (int count : List.of(2, 4)) {
        assertThat(
                new Explorer(kind, new Seed(1), Set.of(), Map.of())
                    .explore(trial, 150, _ -> true, new Workers(count, THREADS)))
            .isEqualTo(alone);
      }
    }
  }

  @Test
  void whoeverAskedEndsItAtThatScheduleThoughOthersRun() throws InterruptedException {
    for (int count : List.of(1, 3)) {
      Exploration exploration =
          new Explorer(StrategyKind.RANDOM, new Seed(1), Set.of(), Map.of())
              .explore(
                  program(_ -> false, INCREMENTS),
                  100,
                  done -> done < 37,
                  new Workers(count, THREADS));

      assertThat(exploration.schedules()).isEqualTo(37);
    }
  }

  @Test
  void aProgramThatBreaksTheHarnessEndsIt() {
    Trial breaking =
        _ -> {
          throw new IllegalArgumentException("no such thing");
        };

    assertThatThrownBy(() ->
            new Explorer(StrategyKind.MIX, new Seed(1), Set.of(), Map.of())
                .explore(breaking, 100, _ -> true, new Workers(4, THREADS)))
        .hasMessageContaining("no such thing");
  }
}
