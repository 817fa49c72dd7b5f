package dev.parigot.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parigot.database.TestDatabase;
import dev.parigot.history.Checker;
import dev.parigot.history.Event;
import dev.parigot.history.History;
import dev.parigot.history.Verdict;
import dev.parigot.history.Violation;
import dev.parigot.problem.Problem;
import dev.parigot.release.Release;
import dev.parigot.release.ReleasedService;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The fleet under load, held to the contract that the scheduler of tests keeps. */
@Timeout(300)
class HistoriesTest {
  private static final int CALLERS = 6;

  @TempDir Path folder;

  /** Each test opens it as it needs it. */
  @SuppressWarnings("NullAway.Init")
  private TestPlatform platform;

  private final AtomicBoolean enough = new AtomicBoolean();

  @AfterEach
  void close() {
    platform.close();
  }

  private void open(TestDatabase database) {
    platform =
        new TestPlatform(
            folder, new FleetSettings(8, 256, 4, 8, 4, Duration.ofMillis(10)), database);
    platform.launch(
        platform.release(
            new Release.Contents(
                List.of(platform.service("shop", "orders"), ledger()),
                Map.of(),
                null,
                Map.of(),
                Map.of("orders", new Release.Queue("shop", "take", 3)),
                List.of())));
  }

  /** Each caller may hold one instance while it waits for a call in another one. */
  private ReleasedService ledger() {
    return TestPlatform.sized(
        platform.service("ledger", "ledger"), 0, 2 * CALLERS, Duration.ofSeconds(10));
  }

  /** Counters, naps, started calls, and messages of which some trap once and some fail for ever. */
  private void load(int caller) {
    for (int i = 0; !enough.get(); i++) {
      platform.returned("ledger", i % 3 == 0 ? "through" : "count", "count" + i % 2);
      platform.returned("shop", "place", i % 5 == 0 ? "! ." : i % 7 == 0 ? "? ." : "book .");
      if (caller == 0) {
        platform.returned("ledger", "nap", "");
      }
    }
  }

  private History recordedUnderLoad(Duration duration) throws InterruptedException {
    List<CompletableFuture<Void>> callers =
        IntStream.range(0, CALLERS)
            .mapToObj(caller -> CompletableFuture.runAsync(() -> load(caller)))
            .toList();
    try {
      return platform.fleet.histories().record(platform.app, duration, true);
    } finally {
      enough.set(true);
      callers.forEach(CompletableFuture::join);
    }
  }

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void whatProductionDoesUnderLoadIsLegal(TestDatabase database) throws Exception {
    open(database);
    History history = recordedUnderLoad(Duration.ofSeconds(2));

    for (Class<?> kind :
        List.of(
            Event.Lived.class,
            Event.Visit.class,
            Event.Read.class,
            Event.Wrote.class,
            Event.Compared.class,
            Event.Listed.class,
            Event.Slept.class,
            Event.Clock.class,
            Event.Sent.class,
            Event.Attempt.class,
            Event.Settled.class,
            Event.Waiting.class)) {
      assertThat(history.events()).hasAtLeastOneElementOfType(kind);
    }
    assertThat(history.events())
        .anyMatch(each -> each instanceof Event.Settled end && end.fate() == Event.Fate.REPEATED);
    assertThat(Checker.check(history)).isEqualTo(new Verdict(List.of(), List.of()));
    assertThat(History.read(history.lines())).isEqualTo(history);
  }

  /** As a store would that hands out another app's value, or half of one. */
  @Test
  void aValueThatNoServiceWroteIsTold() throws Exception {
    open(TestDatabase.H2);
    platform.returned("ledger", "count", "count1");
    CompletableFuture<History> recording = recording(Duration.ofMillis(500));
    Waiting.until(() -> !passes());
    while (!recording.isDone()) {
      platform.returned("ledger", "count", "count1");
      platform.keyValues.of(platform.app.id()).put(utf8("count1"), new byte[] {0, 0, 0, 7});
      platform.returned("ledger", "count", "count1");
    }
    assertThat(Checker.check(recording.join()).violations())
        .singleElement()
        .extracting(Violation::sentence)
        .asString()
        .contains("`count1`")
        .contains("nobody wrote that");
  }

  @Test
  void aMessageThatIsGoneIsTold() throws Exception {
    open(TestDatabase.H2);
    platform.launch(
        platform.release(
            new Release.Contents(
                List.of(platform.service("shop", "orders")),
                Map.of(),
                null,
                Map.of(),
                Map.of("orders", new Release.Queue("shop", "nothing", 100)),
                List.of())));
    CompletableFuture<History> recording = recording(Duration.ofMillis(500));
    Waiting.until(() -> !passes());
    platform.returned("shop", "place", "book .");
    platform.jdbc.sql("DELETE FROM queue_messages").update();
    assertThat(Checker.check(recording.join()).violations())
        .singleElement()
        .extracting(Violation::sentence)
        .asString()
        .contains("it is lost");
  }

  @Test
  void nothingOfAValueIsInAHistory() throws Exception {
    open(TestDatabase.H2);
    CompletableFuture<History> recording = recording(Duration.ofMillis(200));
    while (!recording.isDone()) {
      platform.returned("ledger", "count", "count1");
      platform.returned("shop", "place", "a customer's secret .");
    }
    assertThat(recording.join().lines()).contains("count1").doesNotContain("secret");
  }

  @Test
  void anAppIsRecordedOnceAtATime() throws Exception {
    open(TestDatabase.H2);
    CompletableFuture<History> recording = recording(Duration.ofSeconds(2));
    Waiting.until(() -> !passes());
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(
            () -> platform.fleet.histories().record(platform.app, Duration.ofSeconds(1), true))
        .satisfies(problem -> assertThat(problem.status()).isEqualTo(409));
    recording.join();
    assertThat(passes()).isTrue();
  }

  private boolean passes() {
    return platform.fleet.histories().of(platform.app.id()).passes();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private CompletableFuture<History> recording(Duration duration) {
    return CompletableFuture.supplyAsync(() -> {
      try {
        return platform.fleet.histories().record(platform.app, duration, true);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    });
  }
}
