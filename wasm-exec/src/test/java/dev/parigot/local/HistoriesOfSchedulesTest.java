package dev.parigot.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.history.Checker;
import dev.parigot.history.Event;
import dev.parigot.history.History;
import dev.parigot.history.Verdict;
import dev.parigot.timing.Explorer;
import dev.parigot.timing.Seed;
import dev.parigot.timing.StrategyKind;
import dev.parigot.timing.Trial;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a scheduler does to an app, with every fault that it has, the contract allows. */
class HistoriesOfSchedulesTest {
  private static final Path PROGRAMS = Path.of("src/test/resources/apps");
  private static final Seed SEED = new Seed(1);

  static Stream<Path> examples() throws IOException {
    return ExampleAppsTest.examplesWithTests();
  }

  @ParameterizedTest
  @EnumSource(value = StrategyKind.class, names = "EXHAUSTIVE", mode = EnumSource.Mode.EXCLUDE)
  void everyScheduleOfTheEvilSuiteIsLegal(StrategyKind kind) throws Exception {
    List<String> programs =
        EvilSuiteTest.programs().map(each -> String.valueOf(each.get()[0])).toList();
    for (String program : programs) {
      for (String variant : List.of("buggy.wasm", "fixed.wasm")) {
        try (TestSuite suite = ExampleApp.variant(PROGRAMS.resolve(program), variant).tests()) {
          assertLegal(suite, suite.tests().getFirst(), kind, 8);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyScheduleOfAnExampleIsLegal(Path folder) throws InterruptedException {
    try (TestSuite suite = ExampleApp.in(folder).tests()) {
      for (TestMethod test : suite.tests()) {
        assertLegal(suite, test, StrategyKind.MIX, 4);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void soIsEveryScheduleOfItsWoundProgram(Path folder) throws InterruptedException {
    try (TestSuite suite = ExampleApp.wound(folder).tests()) {
      for (TestMethod test : suite.tests()) {
        assertLegal(suite, test, StrategyKind.MIX, 1);
      }
    }
  }

  private static void assertLegal(
      TestSuite suite, TestMethod test, StrategyKind kind, int schedules)
      throws InterruptedException {
    List<History> histories = new ArrayList<>();
    Trial trial =
        strategy -> {
          History history = suite.history(test, SEED, strategy);
          histories.add(history);
          return new Trial.Result(null, List.of());
        };
    new Explorer(kind, SEED, Set.of(), Explorer.FAULTS).explore(trial, schedules, _ -> true);
    for (History history : histories) {
      assertThat(history.events()).hasAtLeastOneElementOfType(Event.Visit.class);
      assertThat(Checker.check(history))
          .as(test + " by " + kind)
          .isEqualTo(new Verdict(List.of(), List.of()));
    }
  }
}
