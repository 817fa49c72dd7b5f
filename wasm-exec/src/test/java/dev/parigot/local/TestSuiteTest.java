package dev.parigot.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.engine.CallOutcome;
import dev.parigot.engine.CallOutcome.Failed;
import dev.parigot.timing.Seed;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TestSuiteTest {
  private static final ExampleApp RACE = ExampleApp.in(Path.of("src/test/resources/apps/race"));

  private static final ExampleApp WOUND = ExampleApp.wound(Path.of("src/test/resources/apps/race"));

  private static TestReport runWound(String test, long seed) throws InterruptedException {
    return WOUND.tests().run(new TestMethod("race_test", test), new Seed(seed));
  }

  private static TestReport run(String test, long seed) throws InterruptedException {
    return RACE.tests().run(new TestMethod("race_test", test), new Seed(seed));
  }

  private static Verdict verdict(String test) throws InterruptedException {
    return run(test, 1).verdict();
  }

  @Test
  void theTestsAreTheMethodsThatSaySo() {
    assertThat(RACE.tests().tests())
        .hasSize(9)
        .allSatisfy(test -> assertThat(test.toString()).startsWith("race_test.test_"));
  }

  @Test
  void aLostUpdateShowsUnderSomeSeedsAndUnderTheSameOnesAlways() throws InterruptedException {
    Set<Verdict> verdicts = new HashSet<>();
    Set<List<?>> orders = new HashSet<>();
    for (long seed = 1; seed <= 100; seed++) {
      TestReport first = run("test_two_at_once", seed);
      assertThat(run("test_two_at_once", seed)).isEqualTo(first);
      verdicts.add(first.verdict());
      orders.add(first.steps());
    }

    assertThat(verdicts)
        .containsExactlyInAnyOrder(
            new Verdict.Passed(), new Verdict.Failed(417, "the count is wrong"));
    assertThat(orders).hasSizeGreaterThan(10);
  }

  @Test
  void theWoundProgramPassesWhatPassesApartAndLosesTheSameUpdate() throws InterruptedException {
    Set<Verdict> racing = new HashSet<>();
    for (long seed = 1; seed <= 30; seed++) {
      racing.add(runWound("test_two_at_once", seed).verdict());
      for (String test :
          List.of(
              "test_one_after_the_other",
              "test_two_of_one_instance",
              "test_messages_arrive",
              "test_refused_messages_are_given_up",
              "test_a_day_has_24_hours",
              "test_unknown_future")) {
        TestReport report = runWound(test, seed);
        assertThat(report.verdict()).as(test).isEqualTo(run(test, seed).verdict());
        assertThat(runWound(test, seed)).isEqualTo(report);
      }
    }

    assertThat(racing)
        .containsExactlyInAnyOrder(
            new Verdict.Passed(), new Verdict.Failed(417, "the count is wrong"));
  }

  @Test
  void aServiceThatLoopsEndsTheTestThatIsWoundWithIt() throws InterruptedException {
    TestReport report =
        WOUND
            .tests(Duration.ofMillis(200))
            .run(new TestMethod("race_test", "test_loop"), new Seed(1));

    assertThat(report.verdict()).isInstanceOf(Verdict.Stalled.class);
  }

  @Test
  void noOrderBreaksWhatIsSound() throws InterruptedException {
    for (long seed = 1; seed <= 50; seed++) {
      for (String test : List.of("test_one_after_the_other", "test_two_of_one_instance")) {
        assertThat(run(test, seed).verdict()).isEqualTo(new Verdict.Passed());
      }
    }
  }

  @Test
  void messagesAreDeliveredBeforeItIsQuiet() throws InterruptedException {
    assertThat(verdict("test_messages_arrive")).isEqualTo(new Verdict.Passed());
  }

  @Test
  void aMessageIsGivenUpAfterItsAttemptsAndTheLogSaysSo() throws InterruptedException {
    TestReport report = run("test_refused_messages_are_given_up", 1);

    assertThat(report.verdict()).isEqualTo(new Verdict.Passed());
    assertThat(report.log())
        .extracting(Line::message)
        .containsExactly("a message of the queue refusals is given up after 3 attempts");
  }

  @Test
  void schedulesAreKeptWhileTheClockIsMovedAndDoNotOverlap() throws InterruptedException {
    TestReport report = run("test_a_day_has_24_hours", 1);

    assertThat(report.verdict()).isEqualTo(new Verdict.Passed());
    assertThat(report.log())
        .hasSize(24)
        .extracting(Line::message)
        .containsOnly("cron slow is skipped: the call before still runs");
  }

  @Test
  void aServiceThatLoopsIsTimedOutForItsCallerWhoGoesOn() throws InterruptedException {
    TestReport report =
        RACE.tests(Duration.ofMillis(200))
            .run(new TestMethod("race_test", "test_loop"), new Seed(1));

    assertThat(report.verdict()).isEqualTo(new Verdict.Passed());
    assertThat(report.log()).extracting(Line::message).containsExactly("spin timed out");
  }

  @Test
  void errorsAndTrapsFailATest() throws InterruptedException {
    assertThat(verdict("test_unknown_future"))
        .isEqualTo(new Verdict.Failed(400, "no future has the handle 77"));
    assertThat(verdict("test_trap"))
        .isInstanceOfSatisfying(
            Verdict.Trapped.class,
            trapped -> assertThat(trapped.reason()).contains("unreachable", "test_trap"));
  }

  @Test
  void nothingOutsideIsReached() throws InterruptedException {
    assertThat(fetch("GET http://example.org/ HTTP/1.1\r\nHost: example.org\r\n\r\n"))
        .isEqualTo(new Failed(403, "the manifest does not allow requests to example.org"));
    assertThat(fetch("GET http://allowed.example/ HTTP/1.1\r\nHost: allowed.example\r\n\r\n"))
        .isEqualTo(
            new Failed(502, "allowed.example can't be reached: tests run without a network"));
    assertThat(fetch("GET / HTTP/1.1\r\nHost: example.org\r\n\r\n").code()).isEqualTo(400);
    assertThat(fetch("GET").code()).isEqualTo(400);
  }

  private static CallOutcome fetch(String request) throws InterruptedException {
    return RACE.call("counter", "fetch", request.getBytes(StandardCharsets.UTF_8));
  }
}
