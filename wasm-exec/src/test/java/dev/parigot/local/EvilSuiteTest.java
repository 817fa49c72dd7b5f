package dev.parigot.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.timing.Explanation;
import dev.parigot.timing.Explorer;
import dev.parigot.timing.Explorer.Exploration;
import dev.parigot.timing.Explorer.Found;
import dev.parigot.timing.Replay;
import dev.parigot.timing.Seed;
import dev.parigot.timing.StrategyKind;
import dev.parigot.timing.Trial;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Small apps with one bug of timing each, and the same without it. */
class EvilSuiteTest {
  private static final Path PROGRAMS = Path.of("src/test/resources/apps/evil");
  private static final Seed SEED = new Seed(1);

  /** Enough for each of them; most take far fewer. */
  private static final int SCHEDULES_TO_FIND = 600;

  private static final int SCHEDULES_TO_TRUST = 30;

  private static Trial trial(String program, String variant) {
    TestSuite suite = ExampleApp.variant(PROGRAMS.resolve(program), variant).tests();
    return suite.trial(suite.tests().getFirst(), SEED);
  }

  private static Exploration explore(Trial trial, int schedules) throws InterruptedException {
    return new Explorer(StrategyKind.MIX, SEED, Set.of(), Explorer.FAULTS)
        .explore(trial, schedules, _ -> true);
  }

  @ParameterizedTest
  @CsvSource({
    "s1, counter.increment read `count` .* before another counter.increment wrote it",
    "s2, (charger.charge read .* before another charger.charge wrote it.*delivers twice"
        + "|the platform (ends|forgets))",
    "s4, .*",
    "h1, account.erase deleted `image 7` .* before gallery.add wrote it",
    "h2, writer.write deleted `cache` .* before reader.read wrote it",
    "h3, .*`(lease|data)`",
    "h4, timer.expire read `charged` .* before payment.charge wrote it|"
        + "payment.charge read `state` .* before timer.expire wrote it",
    "h5, voter.vote (read|wrote) `votes 0` .* before coordinator.commit (read|wrote) it",
    "h7, detector.watch read `beat` .* before node.live wrote it",
    "h9, returns.refund .* `head` .* before stock.take compared and set it",
    "h11, publisher.publish read `waiting` .* before poller.poll wrote it",
    "h12, the platform ends the idle instance",
    "h13, the platform (forgets that it has delivered|ends the instance)",
    "h15, relay..relay .* `(sent|published)` .* before relay..relay .* it",
    "h16, expiry.expire read `done` .* before payment.charge wrote it"
  })
  void theBugIsFoundMadeSmallNamedAndRepeated(String program, String why)
      throws InterruptedException {
    Trial trial = trial(program, "buggy.wasm");

    Found found = Objects.requireNonNull(explore(trial, SCHEDULES_TO_FIND).found());

    Explanation explanation = found.why();
    assertThat(explanation.sentence()).containsPattern(why);
    assertThat(found.smallest().choices()).hasSizeBetween(1, 8);
    Replay replay = new Replay(found.smallest().choices());
    Trial.Result again = trial.run(replay);
    assertThat(replay.left()).isEmpty();
    assertThat(again.steps()).isEqualTo(found.smallest().steps());
    assertThat(again.failure()).isEqualTo(found.seen().failure());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s1", "s2", "s4", "h1", "h2", "h3", "h4", "h5", "h7", "h9", "h11", "h12", "h13", "h15",
        "h16"
      })
  void noScheduleFailsTheProgramThatIsMended(String program) throws InterruptedException {
    assertThat(explore(trial(program, "fixed.wasm"), SCHEDULES_TO_TRUST).found()).isNull();
  }
}
