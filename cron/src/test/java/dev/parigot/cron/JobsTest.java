package dev.parigot.cron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parigot.app.App;
import dev.parigot.app.AppId;
import dev.parigot.engine.CallOutcome;
import dev.parigot.fleet.Cancellation;
import dev.parigot.history.Checker;
import dev.parigot.history.History;
import dev.parigot.history.Recorder;
import dev.parigot.history.Verdict;
import dev.parigot.manifest.Manifest.Overlap;
import dev.parigot.observe.Events;
import dev.parigot.observe.LogLine;
import dev.parigot.problem.Problem;
import dev.parigot.release.Release;
import dev.parigot.situation.Call;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** In a future in which no tick comes by itself: the test has it come. */
@Timeout(120)
class JobsTest {
  private static final Instant NOON = Instant.parse("2100-01-01T12:00:00Z");

  @TempDir Path folder;
  private volatile Instant now = NOON.plusSeconds(30);
  private volatile CallOutcome outcome = new CallOutcome.Returned(new byte[0]);
  private volatile CountDownLatch gate = new CountDownLatch(0);
  private final AtomicInteger called = new AtomicInteger();
  private final ExecutorService ticks = Executors.newVirtualThreadPerTaskExecutor();
  private Node node;
  private App shop;

  @BeforeEach
  void open() {
    node = Node.on(folder, new Now(), this::call);
    shop = node.app("shop");
  }

  @AfterEach
  void close() {
    gate.countDown();
    ticks.close();
    node.close();
  }

  private final class Now extends Clock {
    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  /** The services of the app. */
  private CallOutcome call(
      AppId app,
      String service,
      String method,
      Cancellation cancellation,
      BiConsumer<Release, Call> told) {
    String id = "call-" + called.incrementAndGet();
    told.accept(
        node.releases.live(app).orElseThrow(),
        new Call(id, service, method, null, 0, 1, "00-trace-of-" + id));
    node.logs.write(app, service, service + ".1", LogLine.Level.INFO, "counting", id);
    while (gate.getCount() > 0) {
      if (cancellation.isCancelled()) {
        return new CallOutcome.Failed(499, "The instance was closed");
      }
      Patience.rest();
    }
    return outcome;
  }

  @Test
  void theSchedulesOfTheLiveReleaseWaitForTheirNextTick() {
    node.release(shop, "*/5 * * * *", Overlap.FORBID);
    Patience.until(() -> node.jobs.toCome(shop).equals(List.of(tick(NOON.plusSeconds(300)))));

    node.release(shop, "0 13 * * *", Overlap.FORBID);
    Patience.until(() -> node.jobs.toCome(shop).equals(List.of(tick(NOON.plusSeconds(3600)))));

    node.release(shop, Map.of());
    Patience.until(() -> node.jobs.toCome(shop).isEmpty());
  }

  /** Ticks while one still runs, by every overlap. */
  @ParameterizedTest
  @EnumSource(Overlap.class)
  void whatIsRunIsAsTheContractAllows(Overlap overlap) {
    Recorder recorder = new Recorder(new Random(1), System::nanoTime, 1_000);
    node.chronicle.begin(recorder);
    node.release(shop, "*/5 * * * *", overlap);
    gate = new CountDownLatch(1);
    ticks.execute(() -> comeAt(NOON.plusSeconds(300)));
    Patience.until(() -> called.get() == 1);
    ticks.execute(() -> comeAt(NOON.plusSeconds(600)));
    Patience.until(() -> runs().size() == 2 && (overlap == Overlap.FORBID || called.get() == 2));
    gate.countDown();
    Patience.until(() -> runs().stream().noneMatch(run -> run.endedAt() == null));

    History history = recorder.history("shop", NOON, true);
    assertThat(history.events()).hasSize(overlap == Overlap.FORBID ? 1 : 2);
    assertThat(Checker.check(history)).isEqualTo(new Verdict(List.of(), List.of()));
  }

  @Test
  void anAppThatIsDeletedWaitsForNothing() {
    node.release(shop, "*/5 * * * *", Overlap.FORBID);
    Patience.until(() -> node.jobs.toCome(shop).size() == 1);
    node.apps.delete(shop);
    node.events.publish(shop.id(), Events.Event.DELETED);
    Patience.until(() -> node.jobs.toCome(shop).isEmpty());
  }

  @Test
  void aTickCallsTheMethodAndTheNextOneIsWaitedFor() {
    node.release(shop, "*/5 * * * *", Overlap.FORBID);
    comeAt(NOON.plusSeconds(300));

    Run run = runs().getFirst();
    assertThat(run.outcome()).isEqualTo(Run.Outcome.SUCCEEDED);
    assertThat(run.dueAt()).isEqualTo(NOON.plusSeconds(300));
    assertThat(run.askedBy()).isNull();
    assertThat(run.missed()).isZero();
    assertThat(run.release()).isEqualTo(1);
    assertThat(run.call()).isEqualTo("call-1");
    assertThat(run.traceparent()).isEqualTo("00-trace-of-call-1");
    assertThat(run.log()).isEqualTo("INFO counting");
    assertThat(run.duration()).contains(Duration.ZERO);
    assertThat(node.jobs.toCome(shop)).contains(tick(NOON.plusSeconds(600)));
    Job job = node.jobs.of(shop, 2).getFirst();
    assertThat(job.last()).contains(run);
    assertThat(job.next().getFirst().at()).isEqualTo(NOON.plusSeconds(600));
  }

  @Test
  void aTickHasOneRunHoweverOftenItComes() {
    node.release(shop, "*/5 * * * *", Overlap.ALLOW);
    comeAt(NOON.plusSeconds(300));
    comeAt(NOON.plusSeconds(300));
    assertThat(called).hasValue(1);
    assertThat(runs()).hasSize(1);
  }

  @Test
  void ticksThatWereMissedAreOneRunThatSaysSo() {
    node.release(shop, "*/5 * * * *", Overlap.FORBID);
    now = NOON.plus(Duration.ofMinutes(62));
    node.jobs.come(moment(NOON.plusSeconds(300)), false);

    assertThat(called).hasValue(1);
    Run run = runs().getFirst();
    assertThat(run.dueAt()).isEqualTo(NOON.plus(Duration.ofMinutes(60)));
    assertThat(run.missed()).isEqualTo(11);
    assertThat(run.missedSince()).isEqualTo(NOON.plusSeconds(300));
    assertThat(node.jobs.toCome(shop)).contains(tick(NOON.plus(Duration.ofMinutes(65))));
  }

  @Test
  void whatIsForbiddenToOverlapIsSkippedWhileTheCallBeforeRuns() {
    node.release(shop, "*/5 * * * *", Overlap.FORBID);
    begin(NOON.plusSeconds(300));
    comeAt(NOON.plusSeconds(600));
    assertThat(runs())
        .extracting(Run::outcome)
        .containsExactly(Run.Outcome.SKIPPED, Run.Outcome.RUNNING);
    assertThat(runs().getFirst().said()).isEqualTo("the call before still ran");
    gate.countDown();
    Patience.until(() -> runs().getLast().outcome() == Run.Outcome.SUCCEEDED);
    assertThat(node.logs.read(shop.id(), 0, 10, "parigot", null))
        .extracting(LogLine::message)
        .containsExactly("cron restock is skipped: the call before still ran");
  }

  @Test
  void whatMayOverlapRunsBesideTheCallBefore() {
    node.release(shop, "*/5 * * * *", Overlap.ALLOW);
    begin(NOON.plusSeconds(300));
    begin(NOON.plusSeconds(600));
    assertThat(runs()).extracting(Run::outcome).containsOnly(Run.Outcome.RUNNING);
  }

  @Test
  void whatReplacesEndsTheCallBefore() {
    node.release(shop, "*/5 * * * *", Overlap.REPLACE);
    begin(NOON.plusSeconds(300));
    begin(NOON.plusSeconds(600));
    Run before = runs().getLast();
    assertThat(before.outcome()).isEqualTo(Run.Outcome.CANCELLED);
    assertThat(before.said()).isEqualTo("the next one was due");
    Patience.until(() -> runs().getLast().log() != null);
    assertThat(runs().getFirst().outcome()).isEqualTo(Run.Outcome.RUNNING);
  }

  @Test
  void aRunWhoseNodeHasEndedIsLostAndNotMadeAgain() {
    node.release(shop, "*/5 * * * *", Overlap.FORBID);
    begin(NOON.plusSeconds(300));
    node.jobs.come(moment(NOON.plusSeconds(300)), true);
    assertThat(called).hasValue(1);
    Run lost = runs().getFirst();
    assertThat(lost.outcome()).isEqualTo(Run.Outcome.LOST);
    assertThat(lost.said()).isEqualTo(Caller.LOST);
  }

  @Test
  void aTickThatCameToANodeThatEndedBeforeTheRunIsMadeUpFor() {
    node.release(shop, "*/5 * * * *", Overlap.FORBID);
    now = NOON.plusSeconds(310);
    node.jobs.come(moment(NOON.plusSeconds(300)), true);
    assertThat(runs()).extracting(Run::outcome).containsExactly(Run.Outcome.SUCCEEDED);
  }

  @Test
  void aCallThatFailsIsAFailureWithItsCodeAndText() {
    node.release(shop, "*/5 * * * *", Overlap.FORBID);
    outcome = new CallOutcome.Failed(1234, "no tea");
    comeAt(NOON.plusSeconds(300));
    Run run = runs().getFirst();
    assertThat(run.outcome()).isEqualTo(Run.Outcome.FAILED);
    assertThat(run.code()).isEqualTo(1234);
    assertThat(run.said()).isEqualTo("no tea");
    assertThat(node.logs.read(shop.id(), 0, 10, "parigot", null))
        .extracting(LogLine::message)
        .containsExactly("cron restock failed: 1234 no tea");
  }

  @Test
  void aTickOfAnotherScheduleThanTheLiveOneIsNotRun() {
    node.release(shop, "*/7 * * * *", Overlap.FORBID);
    comeAt(NOON.plusSeconds(300));
    node.release(shop, Map.of());
    comeAt(NOON.plusSeconds(420));
    assertThat(called).hasValue(0);
    assertThat(runs()).isEmpty();
  }

  @Test
  void theLastHundredRunsAreKept() {
    node.release(shop, "* * * * *", Overlap.ALLOW);
    for (int minute = 1; minute <= Runs.MOST_KEPT + 3; minute++) {
      comeAt(NOON.plus(Duration.ofMinutes(minute)));
    }
    assertThat(node.jobs.runs(shop, "restock", 0, 1_000)).hasSize(Runs.MOST_KEPT);
    assertThat(runs().getLast().dueAt()).isEqualTo(NOON.plus(Duration.ofMinutes(4)));
    long third = runs().get(2).id();
    assertThat(node.jobs.runs(shop, "restock", third, 1).getFirst().dueAt())
        .isEqualTo(NOON.plus(Duration.ofMinutes(Runs.MOST_KEPT)));
  }

  @Test
  void somebodyCanAskForARun() {
    node.release(shop, "0 0 1 1 *", Overlap.FORBID);
    node.jobs.start();
    Run asked = node.jobs.runNow(shop, "restock", "ada@example.org");
    assertThat(asked.outcome()).isEqualTo(Run.Outcome.RUNNING);
    assertThat(asked.askedBy()).isEqualTo("ada@example.org");
    Patience.until(
        () -> node.jobs.run(shop, "restock", asked.id()).outcome() == Run.Outcome.SUCCEEDED);
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> node.jobs.runNow(shop, "restick", "ada@example.org"))
        .returns(404, Problem::status);
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> node.jobs.run(shop, "other", asked.id()))
        .returns(404, Problem::status);
  }

  @Test
  void aRunThatIsUnderWayWhenThePlatformStopsIsLost() {
    node.release(shop, "*/5 * * * *", Overlap.FORBID);
    begin(NOON.plusSeconds(300));
    node.close();
    ticks.close();
    node = Node.on(folder, new Now(), this::call);
    assertThat(runs()).extracting(Run::outcome).containsExactly(Run.Outcome.LOST);
  }

  private List<Run> runs() {
    return node.jobs.runs(shop, "restock", 0, 200);
  }

  /** Has a tick come at its time, and waits for the call. */
  private void comeAt(Instant tick) {
    now = tick;
    node.jobs.come(moment(tick), false);
  }

  /** Has a tick come whose call does not end. */
  private void begin(Instant tick) {
    if (gate.getCount() == 0) {
      gate = new CountDownLatch(1);
    }
    now = tick;
    int before = called.get();
    ticks.execute(() -> node.jobs.come(moment(tick), false));
    Patience.until(() -> called.get() > before);
  }

  private Clockwork.Moment moment(Instant tick) {
    return new Clockwork.Moment(shop.id(), tick(tick));
  }

  private static String tick(Instant tick) {
    return MomentName.ofTick("restock", tick);
  }
}
