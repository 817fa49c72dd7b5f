package dev.parigot.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.engine.Guests;
import dev.parigot.timing.Explanation;
import dev.parigot.timing.Explorer;
import dev.parigot.timing.Explorer.Exploration;
import dev.parigot.timing.Explorer.Found;
import dev.parigot.timing.Replay;
import dev.parigot.timing.Seed;
import dev.parigot.timing.StrategyKind;
import dev.parigot.timing.Trace;
import dev.parigot.timing.Trial;
import dev.parigot.timing.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** Small apps with one bug of timing each, and the same without it. */
class EvilSuiteTest {
  private static final Path PROGRAMS = Path.of("src/test/resources/apps");
  private static final Seed SEED = new Seed(1);
  private static final Workers WORKERS = new Workers(2, Guests.THREADS);

  /** Enough for each of them; most take far fewer. */
  private static final int SCHEDULES_TO_FIND = 600;

  private static final int SCHEDULES_TO_TRUST = 100;
  private static final int SEEDS_RUN_TWICE = Integer.getInteger("evil.seeds", 20);

  private static Trial trial(String program, String variant) {
    TestSuite suite = ExampleApp.variant(PROGRAMS.resolve(program), variant).tests();
    return suite.trial(suite.tests().getFirst(), SEED);
  }

  private static Exploration explore(Trial trial, int schedules) throws InterruptedException {
    return new Explorer(StrategyKind.MIX, SEED, Set.of(), Explorer.FAULTS)
        .explore(trial, schedules, _ -> true, WORKERS);
  }

  /** The programs, with what an explanation has to name: a pattern. */
  static Stream<Arguments> programs() throws IOException {
    List<Arguments> programs = new ArrayList<>();
    for (String suite : List.of("evil", "practice")) {
      Path file = PROGRAMS.resolve(suite).resolve("planted.json");
      new JsonMapper()
          .readTree(Files.readAllBytes(file))
          .properties()
          .forEach(each ->
              programs.add(Arguments.of(suite + "/" + each.getKey(), each.getValue().asString())));
    }
    return programs.stream();
  }

  @ParameterizedTest
  @MethodSource("programs")
  void theBugIsFoundMadeSmallNamedAndRepeated(String program, String why)
      throws InterruptedException, IOException, Trace.Unreadable {
    Trial trial = trial(program, "buggy.wasm");

    Found found = Objects.requireNonNull(explore(trial, SCHEDULES_TO_FIND).found());

    Explanation explanation = found.why();
    assertThat(explanation.sentence()).containsPattern(why);
    assertThat(found.smallest().choices()).isNotEmpty();
    assertThat(2 * found.smallest().choices().size())
        .isLessThanOrEqualTo(3 * witness(program).choices().size());
    Replay replay = new Replay(found.smallest().choices());
    Trial.Result again = trial.run(replay);
    assertThat(replay.left()).isEmpty();
    assertThat(again.steps()).isEqualTo(found.smallest().steps());
    assertThat(again.failure()).isEqualTo(found.seen().failure());
  }

  private static Trace witness(String program) throws IOException, Trace.Unreadable {
    return Trace.read(Files.readAllBytes(PROGRAMS.resolve(program).resolve("witness.json")));
  }

  @ParameterizedTest
  @MethodSource("programs")
  void theWitnessShowsTheBugAndNothingInTheProgramThatIsMended(String program, String why)
      throws InterruptedException, IOException, Trace.Unreadable {
    Trace witness = witness(program);
    Replay replay = new Replay(witness.choices());

    Trial.Result shown = trial(program, "buggy.wasm").run(replay);

    assertThat(String.valueOf(shown.failure())).isEqualTo(witness.failure());
    assertThat(replay.left()).isEmpty();
    assertThat(witness.why()).containsPattern(why);
    assertThat(trial(program, "fixed.wasm").run(new Replay(witness.choices())).failure()).isNull();
  }

  @ParameterizedTest
  @MethodSource("programs")
  void noScheduleFailsTheProgramThatIsMended(String program, String why)
      throws InterruptedException {
    assertThat(explore(trial(program, "fixed.wasm"), SCHEDULES_TO_TRUST).found()).isNull();
  }

  /** All that a run is, of the whole suite; {@code -Devil.seeds=1000} for more. */
  @ParameterizedTest
  @MethodSource("programs")
  void aSeedGivesTheSameRunEachTime(String program, String why) throws InterruptedException {
    try (TestSuite suite = ExampleApp.variant(PROGRAMS.resolve(program), "buggy.wasm").tests()) {
      TestMethod test = suite.tests().getFirst();
      for (int seed = 0; seed < SEEDS_RUN_TWICE; seed++) {
        TestReport once = suite.run(test, new Seed(seed));
        assertThat(suite.run(test, new Seed(seed))).isEqualTo(once);
      }
    }
  }
}
