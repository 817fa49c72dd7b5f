package dev.parigot.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.app.AppId;
import dev.parigot.engine.CallOutcome;
import dev.parigot.release.Release;
import dev.parigot.situation.AsyncCalls.PendingCall;
import dev.parigot.situation.WallTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StartedCallTest {
  private static final int MIB = 1 << 20;
  private static final long LONG = Duration.ofMinutes(1).toNanos();
  private static final CallOutcome DONE = new CallOutcome.Returned(new byte[0]);

  private final WallTime time = new WallTime(Clock.systemUTC(), System::nanoTime);
  private final List<Runnable> threads = new ArrayList<>();
  private int runs;
  private final RunningDeployment deployment =
      new RunningDeployment(
          release(),
          Map.of(),
          new Lane(FleetSettings.DEFAULT, TestPlatform.share(), threads::add),
          Map.of());

  @Test
  void requestsThatWaitHaveABound() {
    PendingCall large = start(64 * MIB, DONE).orElseThrow();
    assertThat(start(1, DONE)).isEmpty();
    large.abandon();
    assertThat(start(1, DONE)).as("it still waits").isEmpty();
    runAll();
    assertThat(start(1, DONE)).isPresent();
  }

  @Test
  void resultsThatNobodyTookHaveABound() throws Exception {
    List<PendingCall> calls = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      calls.add(start(0, new CallOutcome.Returned(new byte[10 * MIB])).orElseThrow());
    }
    runAll();
    assertThat(calls).allMatch(PendingCall::done);
    assertThat(code(calls.get(5))).isZero();
    assertThat(code(calls.get(6))).isEqualTo(507);
    calls.get(0).abandon();

    calls.add(start(0, new CallOutcome.Returned(new byte[10 * MIB])).orElseThrow());
    runAll();
    assertThat(code(calls.getLast())).as("there is room again").isZero();
  }

  @Test
  void theResultOfAnAbandonedCallIsNotKept() {
    for (int i = 0; i < 8; i++) {
      start(0, new CallOutcome.Returned(new byte[10 * MIB])).orElseThrow().abandon();
    }
    runAll();
    assertThat(start(64 * MIB, DONE)).isPresent();
  }

  @Test
  void itRunsOnceWhoeverComesFirst() throws Exception {
    PendingCall call = start(0, DONE).orElseThrow();
    assertThat(call.await(LONG)).contains(DONE);
    runAll();
    assertThat(runs).isEqualTo(1);
  }

  @Test
  void whoWaitsTooShortlyGetsNothing() throws Exception {
    PendingCall call = start(0, DONE).orElseThrow();
    threads.clear();
    assertThat(deployment.lane().started().withdraw((Background.Task) call)).isTrue();
    assertThat(call.await(1)).isEmpty();
  }

  private Optional<PendingCall> start(int requestBytes, CallOutcome outcome) {
    deployment.enter();
    try {
      return StartedCall.start(
          deployment,
          time,
          requestBytes,
          _ -> {
            runs++;
            return outcome;
          });
    } finally {
      deployment.exit();
    }
  }

  private static int code(PendingCall call) throws InterruptedException {
    return call.await(LONG).orElseThrow().code();
  }

  private void runAll() {
    while (!threads.isEmpty()) {
      threads.removeFirst().run();
    }
  }

  private static Release release() {
    return new Release(
        1,
        new AppId(1),
        1,
        Release.State.LIVE,
        new Release.Origin.Push(),
        null,
        "ada@example.org",
        Instant.EPOCH,
        null,
        Release.Contents.of(List.of()),
        new Release.Changes(List.of(), List.of(), List.of(), List.of()));
  }
}
