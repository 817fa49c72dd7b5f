package dev.parigot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class TestCommandTest {
  private static final String POLL = "../examples/poll";
  private static final Path RACE = Path.of("../wasm-exec/src/test/resources/apps/race");

  @TempDir private Path folder;

  @Test
  void testsThatPassTakeALineEach() {
    Ran ran = Ran.parigot("test", POLL);

    assertThat(ran.errors()).isEmpty();
    assertThat(ran.exit()).isZero();
    List<String> lines = ran.out().lines().toList();
    assertThat(lines).hasSize(5).startsWith("poll: 3 tests, seed 1").endsWith("all passed");
    assertThat(lines.get(1)).matches("  ok    poll_test\\.test_counts_votes \\(\\d+ steps\\)");
  }

  @Test
  void theyAreRunOnTheWoundProgramIfAskedFor() {
    Ran ran = Ran.parigot("test", POLL, "--wound");

    assertThat(ran.errors()).isEmpty();
    assertThat(ran.out()).startsWith("poll: 3 tests, seed 1, wound\n").endsWith("\nall passed\n");
    assertThat(ran.exit()).isZero();
    assertThat(Ran.parigot("test", POLL, "--wound")).isEqualTo(ran);
  }

  @Test
  void aTestThatFailsTellsWhyTheLogAndTheStepsAndTheSameAgain() {
    Ran ran = failing();

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.out())
        .contains("  FAIL  race_test.test_two_at_once (")
        .contains("\n    417 the count is wrong\n")
        .contains("\n      info  race_test-1: it begins\n")
        .contains("steps:\n")
        .contains("parigot:kv put n\n")
        .endsWith("\n1 of 1 failed\n");
    String seed = ran.out().lines().findFirst().orElseThrow().replaceFirst(".*seed ", "");
    assertThat(Ran.parigot("test", RACE.toString(), "--filter", "at_once", "--seed", seed))
        .isEqualTo(ran);
  }

  /** The run under the first seed that shows the lost update. */
  private static Ran failing() {
    for (int seed = 1; seed < 20; seed++) {
      Ran ran = Ran.parigot("test", RACE.toString(), "--filter", "at_once", "--seed", "" + seed);
      if (ran.exit() != 0) {
        return ran;
      }
    }
    throw new AssertionError("no seed shows the lost update");
  }

  @Test
  void aFilterThatMatchesNothingNamesTheTests() {
    Ran ran = Ran.parigot("test", POLL, "--filter", "absent");

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.errors()).contains("no test has \"absent\"", "poll_test.test_counts_votes");
  }

  @Test
  void anAppWithoutTestsSaysSo() {
    Ran ran = Ran.parigot("test", "../examples/hello");

    assertThat(ran.exit()).isZero();
    assertThat(ran.out()).contains("has no tests");
  }

  @Test
  void theBuildCommandIsRunFirst() throws IOException {
    copyRace("cp ../counter.wasm counter.wasm");
    Files.move(folder.resolve("app/counter.wasm"), folder.resolve("counter.wasm"));

    Ran ran = Ran.parigot("test", folder.resolve("app").toString(), "--filter", "one_after");

    assertThat(ran.errors()).isEmpty();
    assertThat(ran.out()).endsWith("all passed\n");
  }

  @Test
  void aBuildThatFailsIsTold() throws IOException {
    copyRace("exit 7");

    Ran ran = Ran.parigot("test", folder.resolve("app").toString());

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.errors()).contains("`exit 7` of [build] failed with exit code 7");
  }

  @Test
  void aReplayTellsEachStepAndWhatIsOtherwise() throws IOException {
    Path file =
        recording(
            """
            {"at": 1, "request": {"method": "POST", "path": "/poll/vote", "headers": [], "body": "tea"}, "answer": {"status": 200, "body": "1"}},
            {"at": 2, "request": {"method": "POST", "path": "/poll/vote", "headers": [], "body": "tea"}, "answer": {"status": 200, "body": "7"}}
            """);

    Ran ran = Ran.parigot("test", POLL, "--replay", file.toString());

    assertThat(ran.errors()).isEmpty();
    assertThat(ran.out())
        .isEqualTo(
            """
            poll: replay of 2 steps since 2026-11-26T11:00:00Z
              ok    POST /poll/vote (200)
              FAIL  POST /poll/vote (200)
                the body is not what it was:
                  - 7
                  + 2
            1 of 2 are not as they were
            """);
    assertThat(ran.exit()).isEqualTo(1);
  }

  @Test
  void aFileThatIsNoRecordingIsToldWithItsPlace() throws IOException {
    Path file = recording("{\"at\": 1, \"request\": {\"method\": 3}}");

    Ran wrong = Ran.parigot("test", POLL, "--replay", file.toString());
    Files.writeString(file, "{\n  \"replay\": 1,\n}");
    Ran broken = Ran.parigot("test", POLL, "--replay", file.toString());
    Ran missing = Ran.parigot("test", POLL, "--replay", folder.resolve("none").toString());

    assertThat(wrong.exit()).isEqualTo(1);
    assertThat(wrong.errors())
        .startsWith(
            "parigot: " + file + ":steps[1].request.headers: is missing: expected an array");
    assertThat(broken.errors()).startsWith("parigot: " + file + ":3:1: it is no JSON: ");
    assertThat(missing.errors()).startsWith("parigot: there is no file ");
    assertThat(Ran.parigot("test", POLL, "--replay", file.toString(), "--steps").exit())
        .isEqualTo(2);
  }

  private Path recording(String steps) throws IOException {
    return Files.writeString(
        folder.resolve("poll.replay.json"),
        """
        {"replay": 1, "app": "poll", "began": "2026-11-26T11:00:00Z",
         "config": {"OPTIONS": "tea, coffee"}, "data": [],
         "steps": [{"at": 0}, %s]}
        """
            .formatted(steps));
  }

  @Test
  void aSeedIsANumber() {
    assertThat(Ran.parigot("test", POLL, "--seed", "tea").exit()).isEqualTo(2);
  }

  private void copyRace(String build) throws IOException {
    Path app = Files.createDirectory(folder.resolve("app"));
    for (String file : List.of("counter.wasm", "race_test.wasm")) {
      Files.copy(RACE.resolve(file), app.resolve(file));
    }
    String manifest = Files.readString(RACE.resolve("parigot.toml"));
    Files.writeString(
        app.resolve("parigot.toml"), manifest + "\n[build]\ncommand = \"" + build + "\"\n");
  }

  @Test
  void theResultsAreHadAsJson() {
    Ran ran = Ran.parigot("test", POLL, "--json");

    assertThat(ran.exit()).isZero();
    assertThat(ran.out())
        .startsWith("{")
        .contains("\"app\" : \"poll\"", "\"test\" : \"poll_test.test_counts_votes\"")
        .contains("\"passed\" : true")
        .endsWith("}\n");
  }

  /** Of the same seed but for the seconds. */
  @Test
  void theResultsAreHadAsTheFileThatCiServersRead() throws Exception {
    Path file = folder.resolve("results/junit.xml");

    Ran ran = Ran.parigot("test", RACE.toString(), "--filter", "t_", "--junit", file.toString());

    assertThat(ran.exit()).isEqualTo(1);
    Element suite = elements(file, "testsuite").getFirst();
    assertThat(suite.getAttribute("name")).isEqualTo("race_test");
    List<Element> cases = elements(file, "testcase");
    assertThat(suite.getAttribute("tests")).isEqualTo(String.valueOf(cases.size()));
    Map<String, String> kinds = new TreeMap<>();
    for (Element each : cases) {
      for (String tag : List.of("failure", "error")) {
        NodeList failures = each.getElementsByTagName(tag);
        if (failures.getLength() > 0) {
          Element failure = (Element) failures.item(0);
          kinds.put(each.getAttribute("name"), tag + ": " + failure.getAttribute("type"));
          assertThat(failure.getTextContent()).contains("FAIL  race_test.", "steps:");
        }
      }
    }
    assertThat(kinds)
        .containsEntry("test_trap", "error: trap")
        .containsEntry("test_unknown_future", "error: error");
  }

  private static List<Element> elements(Path file, String tag) throws Exception {
    NodeList nodes =
        DocumentBuilderFactory.newDefaultInstance()
            .newDocumentBuilder()
            .parse(file.toFile())
            .getElementsByTagName(tag);
    return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i)).toList();
  }

  @Test
  void aRecordingIsNotToldAsTests() {
    Ran ran = Ran.parigot("test", POLL, "--replay", "any.json", "--json");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.errors()).contains("takes no --filter, --steps, --json and --junit");
  }
}
