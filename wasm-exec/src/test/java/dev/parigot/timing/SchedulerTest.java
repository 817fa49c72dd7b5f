package dev.parigot.timing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parigot.host.GuestStop;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class SchedulerTest {
  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory());
  private static final long PATIENCE = TimeUnit.MINUTES.toNanos(1);

  private final List<String> done = new ArrayList<>();
  private Scheduler scheduler = scheduler(Strategy.runToCompletion());

  @AfterAll
  static void stop() {
    THREADS.shutdown();
  }

  private static Scheduler scheduler(Strategy strategy) {
    return new Scheduler(strategy, THREADS, 1_000);
  }

  private void run(Runnable work) throws InterruptedException {
    scheduler.run("main", "begin", work, PATIENCE, () -> false);
  }

  /** Takes two steps. */
  private Task start(String name) {
    return scheduler.start(
        name,
        "begin",
        "",
        0,
        () -> true,
        () -> {
          done.add(name + 1);
          scheduler.step(name, "", "go on", "");
          done.add(name + 2);
        });
  }

  @Test
  void withoutSwitchesTheOldestTaskEndsFirst() throws InterruptedException {
    run(() -> {
      start("a");
      start("b");
      scheduler.quiesce();
    });

    assertThat(done).containsExactly("a1", "a2", "b1", "b2");
  }

  @Test
  void everyOrderOfTwoTasksComesUp() throws InterruptedException {
    Set<List<String>> orders = new HashSet<>();
    for (int seed = 1; seed <= 200; seed++) {
      done.clear();
      scheduler = scheduler(Strategy.random(new Seed(seed).generator()));
      run(() -> {
        start("a");
        start("b");
        scheduler.quiesce();
      });
      orders.add(List.copyOf(done));
    }

    // Four steps, of which two are a's, in their order.
    assertThat(orders).hasSize(6);
  }

  @Test
  void theClockMovesOnlyWhenNobodyCanGoOn() throws InterruptedException {
    List<Long> times = new ArrayList<>();
    run(() -> {
      start("a");
      scheduler.await("a sleep", () -> false, 500);
      times.add(scheduler.now());
      scheduler.step("main", "", "go on", "");
      times.add(scheduler.now());
    });

    assertThat(times).containsExactly(500L, 500L);
    assertThat(done).containsExactly("a1", "a2");
  }

  @Test
  void whoWaitsIsToldWhetherItCameInTime() throws InterruptedException {
    boolean[] came = new boolean[2];
    run(() -> {
      Task sleeper =
          scheduler.start(
              "a", "begin", "", 0, () -> true, () -> scheduler.await("a sleep", () -> false, 100));
      came[0] = scheduler.await("a", sleeper::ended, 99);
      came[1] = scheduler.await("a", sleeper::ended, 200);
    });

    assertThat(came).containsExactly(false, true);
    assertThat(scheduler.now()).isEqualTo(100);
  }

  @Test
  void advancingWaitsForAllThatIsDueByThen() throws InterruptedException {
    run(() -> {
      scheduler.schedule("early", "begin", "", 10, () -> done.add("early"));
      scheduler.schedule("just", "begin", "", 20, () -> done.add("just"));
      scheduler.schedule("late", "begin", "", 21, () -> done.add("late"));
      scheduler.advance(20);
      done.add("advanced");
    });

    assertThat(done).containsExactly("early", "just", "advanced");
    assertThat(scheduler.now()).isEqualTo(20);
  }

  @Test
  void quietDoesNotWaitForWhatIsOnlyPlanned() throws InterruptedException {
    run(() -> {
      scheduler.schedule("planned", "begin", "", 10, () -> done.add("planned"));
      scheduler.start("retry", "begin", "", 5, () -> true, () -> done.add("retry"));
      scheduler.quiesce();
      done.add("quiet");
    });

    assertThat(done).containsExactly("retry", "quiet");
  }

  @Test
  void whatNobodyCanEndIsADeadlock() {
    assertThatThrownBy(() ->
            run(() -> {
              scheduler.start(
                  "a",
                  "begin",
                  "",
                  0,
                  () -> true,
                  () -> scheduler.await("the other", () -> false, Wait.NEVER));
              scheduler.quiesce();
            }))
        .isInstanceOf(Stalled.class)
        .hasMessage("deadlock: main waits for the others, a waits for the other");

    scheduler.close();
  }

  @Test
  void plansDoNotHideADeadlock() {
    scheduler.schedule("planned", "begin", "", 10, () -> done.add("planned"));

    assertThatThrownBy(() -> run(() -> scheduler.await("nothing", () -> false, Wait.NEVER)))
        .isInstanceOf(Stalled.class)
        .hasMessage("deadlock: main waits for nothing");
    scheduler.close();
  }

  @Test
  void whatHasNoEndIsEnded() {
    assertThatThrownBy(() ->
            run(() -> {
              while (true) {
                scheduler.step("main", "", "again", "");
              }
            }))
        .isInstanceOf(Stalled.class)
        .hasMessage("no end: it has not ended after 1000 host calls");
    scheduler.close();
  }

  @Test
  void whoLooksForEverForWhatNobodyWritesHasLostItsWakeUp() {
    assertThatThrownBy(() ->
            run(() -> {
              scheduler.step("main", "", "parigot:kv put", "asleep");
              while (true) {
                scheduler.step("main", "", "parigot:kv get", "event");
              }
            }))
        .isInstanceOf(Stalled.class)
        .hasMessage(
            "lost wake-up: main goes on with `parigot:kv get event` for ever, and nobody writes"
                + " what it waits for");
    scheduler.close();
  }

  @Test
  void aCancelledTaskEndsWithItsNextStep() throws InterruptedException {
    run(() -> {
      Task task = start("a");
      scheduler.step("main", "", "go on", "");
      task.cancel();
      Task sleeper =
          scheduler.start(
              "b",
              "begin",
              "",
              0,
              () -> true,
              () -> {
                try {
                  scheduler.await("nothing", () -> false, Wait.NEVER);
                } catch (GuestStop.Cancelled e) {
                  done.add("cancelled");
                  throw e;
                }
              });
      scheduler.advance(1);
      sleeper.cancel();
      scheduler.quiesce();
    });

    assertThat(done).containsExactly("cancelled");
  }

  @Test
  void closingEndsWhatWaits() throws InterruptedException {
    run(() -> {
      scheduler.start(
          "a",
          "begin",
          "",
          0,
          () -> true,
          () -> {
            try {
              scheduler.await("nothing", () -> false, Wait.NEVER);
            } finally {
              done.add("ended");
            }
          });
      scheduler.start("b", "begin", "", 100, () -> true, () -> done.add("never"));
      scheduler.advance(1);
    });
    assertThat(done).isEmpty();

    scheduler.close();

    assertThat(done).containsExactly("ended");
  }

  @Test
  void whoTakesNoStepIsWatched() throws InterruptedException {
    boolean[] ended = new boolean[1];
    scheduler.run(
        "main",
        "begin",
        () -> {
          while (!ended[0]) {
            Thread.onSpinWait();
            synchronized (ended) {
              done.clear();
            }
          }
        },
        TimeUnit.MILLISECONDS.toNanos(5),
        () -> {
          synchronized (ended) {
            ended[0] = true;
          }
          return true;
        });

    assertThat(ended[0]).isTrue();
  }

  @Test
  void aTaskThatFailsFailsTheRun() {
    assertThatThrownBy(() ->
            run(() -> {
              throw new IllegalArgumentException("broken");
            }))
        .isInstanceOf(IllegalStateException.class)
        .hasRootCauseMessage("broken");
  }

  @Test
  void seedsOfPartsDiffer() {
    Seed seed = new Seed(1);
    assertThat(seed.of("order")).isEqualTo(new Seed(1).of("order"));
    assertThat(Set.of(seed, seed.of("order"), seed.of("random"), new Seed(2).of("order")))
        .hasSize(4);
    assertThat(seed.generator().nextLong()).isEqualTo(seed.generator().nextLong());
  }

  /** The plain order, but that the clock goes on whenever it can. */
  private static final class Slow implements Strategy {
    private final Strategy plain = Strategy.runToCompletion();

    @Override
    public int choose(List<Step> enabled) {
      return plain.choose(enabled);
    }

    @Override
    public boolean strikes(Fault fault, Step at) {
      return fault == Fault.LATE;
    }
  }

  private void sleepBeside(long deadlineOfTheOther) throws InterruptedException {
    scheduler = scheduler(new Slow());
    run(() -> {
      scheduler.start(
          "busy",
          "begin",
          "",
          0,
          () -> true,
          () ->
              scheduler.within(
                  deadlineOfTheOther,
                  () -> {
                    scheduler.step("busy", "", "go on", "");
                    done.add("busy");
                    return true;
                  }));
      Task sleeper =
          scheduler.start("sleeper", "begin", "", 500, () -> true, () -> done.add("slept"));
      scheduler.step("main", "", "go on", "");
      scheduler.await("the sleeper", sleeper::ended, Wait.NEVER);
    });
  }

  @Test
  void aLateClockGoesOnThoughOthersCould() throws InterruptedException {
    sleepBeside(Wait.NEVER);

    assertThat(scheduler.trace())
        .extracting(Step::toString)
        .contains("parigot: fault: lets the clock go on after main: begin");
    assertThat(scheduler.now()).isEqualTo(500);
  }

  @Test
  void noFaultMakesACallTimeOut() throws InterruptedException {
    sleepBeside(400);

    assertThat(done).containsExactly("busy", "slept");
  }

  private void sleepBesideBusy(LongConsumer sleep) throws InterruptedException {
    scheduler = scheduler(new Slow());
    run(() -> {
      start("busy");
      sleep.accept(500);
      done.add("slept");
      scheduler.quiesce();
    });
  }

  @Test
  void aSleepMayEndBeforeOthersAreDone() throws InterruptedException {
    sleepBesideBusy(until -> scheduler.sleep(until));

    assertThat(done).containsExactly("slept", "busy1", "busy2");
  }

  @Test
  void aPatientSleepEndsWhenOthersCannotGoOn() throws InterruptedException {
    sleepBesideBusy(until -> scheduler.sleepPatiently(until));

    assertThat(done).containsExactly("busy1", "busy2", "slept");
  }

  @Test
  void aStepHasOneNameInEveryOrder() throws InterruptedException {
    Set<Set<String>> names = new HashSet<>();
    for (int seed = 1; seed <= 20; seed++) {
      scheduler = scheduler(Strategy.random(new Seed(seed).generator()));
      run(() -> {
        start("a");
        start("a");
        scheduler.quiesce();
      });
      List<String> points = scheduler.trace().stream().map(Step::point).toList();
      assertThat(points).doesNotHaveDuplicates();
      names.add(Set.copyOf(points));
    }

    assertThat(names)
        .containsExactly(
            Set.of(
                "main begin",
                "main begin > a begin",
                "main begin > a begin: a go on",
                "main begin > a begin (2)",
                "main begin > a begin (2): a go on",
                "main begin: main goes on after the others"));
  }
}
