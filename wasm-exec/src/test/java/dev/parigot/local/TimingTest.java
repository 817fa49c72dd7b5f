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
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TimingTest {
  private static final ExampleApp RACE = ExampleApp.in(Path.of("src/test/resources/apps/race"));

  private static Trial trial(String test) {
    return RACE.tests().trial(new TestMethod("race_test", test), new Seed(1));
  }

  private static Exploration explore(StrategyKind kind, String test) throws InterruptedException {
    return new Explorer(kind, new Seed(1), Set.of(), Map.of()).explore(trial(test), 100, _ -> true);
  }

  @ParameterizedTest
  @EnumSource
  void everyStrategyFindsALostUpdateAndExplainsIt(StrategyKind kind) throws InterruptedException {
    Exploration exploration = explore(kind, "test_two_at_once");

    Found found = Objects.requireNonNull(exploration.found());
    assertThat(found.smallest().failure())
        .isEqualTo(new Trial.Failure("417", "the count is wrong"));
    assertThat(found.smallest().choices()).hasSize(1);
    Explanation why = found.why();
    assertThat(why.sentence())
        .matches(
            "one counter.increment read `n` \\(step \\d+\\) before another counter.increment wrote it"
                + " \\(step \\d+\\)");
  }

  @ParameterizedTest
  @EnumSource
  void noStrategyFailsASoundProgram(StrategyKind kind) throws InterruptedException {
    Exploration exploration = explore(kind, "test_two_of_one_instance");

    assertThat(exploration.found()).isNull();
    assertThat(exploration.complete() || exploration.schedules() == 100).isTrue();
  }

  @Test
  void theSmallestRunFailsAgainByItsChoices() throws InterruptedException {
    Found found = Objects.requireNonNull(explore(StrategyKind.MIX, "test_two_at_once").found());
    Replay replay = new Replay(found.smallest().choices());

    Trial.Result again = trial("test_two_at_once").run(replay);

    assertThat(replay.left()).isEmpty();
    assertThat(again.steps()).isEqualTo(found.smallest().steps());
    assertThat(again.failure()).isEqualTo(found.smallest().failure());
  }

  @Test
  void theSameSeedExploresTheSame() throws InterruptedException {
    assertThat(explore(StrategyKind.MIX, "test_two_at_once"))
        .isEqualTo(explore(StrategyKind.MIX, "test_two_at_once"));
  }
}
