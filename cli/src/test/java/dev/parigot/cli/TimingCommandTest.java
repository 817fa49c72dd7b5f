package dev.parigot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimingCommandTest {
  private static final Path RACE = Path.of("../wasm-exec/src/test/resources/apps/race");

  @TempDir private Path folder;

  @BeforeEach
  void copyRace() throws IOException {
    for (String file : List.of("counter.wasm", "race_test.wasm", "parigot.toml")) {
      Files.copy(RACE.resolve(file), folder.resolve(file));
    }
  }

  private Ran timing(String... options) {
    List<String> arguments = new ArrayList<>(List.of("timing", folder.toString()));
    arguments.addAll(List.of(options));
    return Ran.parigot(arguments.toArray(String[]::new));
  }

  private Path trace() {
    return folder.resolve("timing/race_test.test_two_at_once.json");
  }

  private Ran replay() {
    return Ran.parigot("replay", folder.toString(), trace().toString());
  }

  @Test
  void aLostUpdateIsFoundExplainedAndRepeated() throws IOException {
    Ran ran = timing("--filter", "at_once");

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.out())
        .contains("  FAIL  race_test.test_two_at_once: schedule ")
        .contains("\n    417: the count is wrong\n")
        .contains("    why: one counter.increment read `n` (step ")
        .endsWith("\n1 of 1 test failed\n");
    assertThat(Files.readString(trace()))
        .contains("\"format\" : \"parigot timing trace 1\"")
        .contains("\"instead of\" : ", "\"next\" : ");
    assertThat(replay().exit()).isEqualTo(1);
    assertThat(replay().out())
        .contains("\n    > ")
        .contains("417 the count is wrong")
        .doesNotContain("fits no longer", "changed");
  }

  @Test
  void theSameSeedFindsTheSame() throws IOException {
    String first = timing("--filter", "at_once", "--seed", "7").out();
    String trace = Files.readString(trace());

    assertThat(timing("--filter", "at_once", "--seed", "7").out()).isEqualTo(first);
    assertThat(Files.readString(trace())).isEqualTo(trace);
  }

  @Test
  void schedulesByPrioritiesTellWhatTheyGuarantee() {
    String[] few = {"--filter", "one_instance", "--schedules", "60", "--strategy", "pct"};
    List<String> json = new ArrayList<>(List.of(few));
    json.add("--json");

    assertThat(timing(few).out())
        .containsPattern(
            "schedules by priorities that left nothing out, of [0-9]+ tasks and [0-9]+ choices: "
                + "a bug of depth 2 had a chance of [0-9.]+ % at least");
    assertThat(timing(json.toArray(String[]::new)).out())
        .containsPattern("\"pct\" ?: ?\\{\\s*\"runs\" ?: ?[1-9]");
  }

  @Test
  void aTestThatPassesTellsWhatWasTried() {
    Ran ran = timing("--filter", "one_instance", "--schedules", "20");

    assertThat(ran.errors()).isEmpty();
    assertThat(ran.exit()).isZero();
    assertThat(ran.out())
        .contains("  ok    race_test.test_two_of_one_instance: 20 schedules, ")
        .endsWith("no schedule failed a test\n");
  }

  @Test
  void theResultIsHadAsJson() {
    Ran ran = timing("--filter", "at_once", "--json");

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.out())
        .startsWith("{")
        .contains("\"passed\" : false", "\"why\" : \"one counter.increment read");
  }

  @Test
  void theManifestSaysWhichTestsAndServicesAndHowManySchedules() throws IOException {
    Path manifest = folder.resolve("parigot.toml");
    Files.writeString(
        manifest,
        Files.readString(manifest)
            .replace(
                "\"race_test.wasm\"",
                "\"race_test.wasm\"\ntiming = { services = [\"single\"], schedules = 7 }"));

    assertThat(timing("--filter", "at_once").out()).contains(": 7 schedules of single, ");
  }

  @Test
  void aTraceThatFitsNoLongerSaysSo() throws IOException {
    timing("--filter", "at_once");
    Files.writeString(trace(), Files.readString(trace()).replace("kv put n", "kv put m"));

    Ran ran = replay();

    assertThat(ran.exit()).isZero();
    assertThat(ran.out()).contains("the trace fits no longer: 1 of its 1 choice did not come up\n");
  }

  @Test
  void whatIsNoTraceIsRefused() throws IOException {
    assertThat(replay().errors()).contains("there is no file");
    Files.createDirectory(folder.resolve("timing"));
    Files.writeString(trace(), "{}");
    assertThat(replay().errors()).contains("is no trace: its \"format\" is not");
    assertThat(replay().exit()).isEqualTo(1);
  }

  @Test
  void aStrategyIsOneOfThoseThatThereAre() {
    Ran ran = timing("--strategy", "luck");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.errors())
        .contains("there is no \"luck\"", "mix", "random", "pct", "pos", "surw", "delay", "turn");
  }

  @Test
  void theResultIsTheSameHoweverManyRunAtATime() {
    List<String> results = new ArrayList<>();
    for (String jobs : List.of("1", "2", "4")) {
      results.add(
          timing("--schedules", "40", "--filter", "two_", "--json", "--jobs", jobs)
              .out()
              .replaceAll("\"seconds\" : [0-9.E-]+", ""));
    }

    assertThat(results.getFirst()).contains("\"passed\" : true", "\"passed\" : false");
    assertThat(results).containsOnly(results.getFirst());
    assertThat(timing("--jobs", "0").errors()).contains("--jobs is a number from 1, not 0");
  }

  @Test
  void everyOrderIsTriedIfAskedFor() {
    Ran ran = timing("--filter", "one_instance", "--strategy", "exhaustive");

    assertThat(ran.exit()).isZero();
    assertThat(ran.out()).contains("no other order differs: all were tried, without faults");
    assertThat(timing("--filter", "at_once", "--strategy", "exhaustive").out())
        .contains("why: one counter.increment read `n`");
  }

  @Test
  void theResultIsHadAsTheFileThatCiServersRead() throws IOException {
    Path file = folder.resolve("junit.xml");

    timing("--filter", "at_once", "--junit", file.toString());

    assertThat(Files.readString(file))
        .contains("<property name=\"strategy\" value=\"mix\"")
        .contains("<failure type=\"failed assertion\"")
        .contains("message=\"one counter.increment read `n` (step ");
  }

  /** Go's runtime ends where its clock reads zero. */
  @Test
  void servicesInGoStartAtTheBeginningOfTime() {
    Ran ran = Ran.parigot("timing", "../examples/poll", "--filter", "counts", "--schedules", "2");

    assertThat(ran.out()).contains("  ok    poll_test.test_counts_votes: 2 schedules");
  }
}
