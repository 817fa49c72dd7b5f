package dev.parigot.web.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FailureStoryTest {
  private static final ConsoleScript STORY = new ConsoleScript("failure-story.js");

  @AfterAll
  static void close() {
    STORY.close();
  }

  private static String row(boolean concerns, int decides, String kind, String value, String more) {
    return "{lane: 0, text: 'reads', key: 'n', concerns: %b, decides: %d, kind: '%s', value: %s, changes: [], messages: [], log: []%s}"
        .formatted(concerns, decides, kind, value, more);
  }

  private static String side(String... rows) {
    return "{lanes: [{name: 'a-1', service: 'a'}], rows: [" + String.join(", ", rows) + "]}";
  }

  private static String step(boolean concerns) {
    return row(concerns, 0, "OTHER", "null", "");
  }

  @Test
  void severalStepsOfNoConcernAreFoldedAwayUntilTheyAreUnfolded() {
    String side = side(step(true), step(false), step(false), step(true), step(false));

    assertThat(STORY.call("shown", side, "new Set()"))
        .isEqualTo("[{\"row\":0},{\"from\":1,\"until\":3},{\"row\":3},{\"row\":4}]");
    assertThat(STORY.call("shown", side, "new Set([1])"))
        .isEqualTo("[{\"row\":0},{\"row\":1},{\"row\":2},{\"row\":3},{\"row\":4}]");
  }

  @Test
  void theTwoStepsAreNumberedInTheSentence() {
    String picture =
        "{sentence: 'One a.b read `n` before another a.b wrote it.', failing: %s}"
            .formatted(side(row(true, 1, "READ", "'3'", "")));

    assertThat(STORY.call("numbered", picture))
        .isEqualTo("\"One a.b read `n`\u00a0① before another a.b wrote it\u00a0②.\"");
  }

  @Test
  void aStepThatNeverCameIsNumberedToo() {
    String picture =
        "{sentence: 'The call `b.work` came before the call `b.touch`, which never did.', failing: %s}"
            .formatted(side(row(true, 1, "BEGIN", "null", "")));

    assertThat(STORY.call("numbered", picture))
        .isEqualTo(
            "\"The call `b.work` came\u00a0① before the call `b.touch`\u00a0②, which never did.\"");
  }

  @Test
  void whoWaitsForWhomIsNotNumbered() {
    String picture =
        "{sentence: 'Nobody can go on: a-1 waits for b.take.', failing: %s}"
            .formatted(side(row(true, 1, "READ", "'3'", "")));

    assertThat(STORY.call("numbered", picture))
        .isEqualTo("\"Nobody can go on: a-1 waits for b.take.\"");
  }

  @Test
  void theRunThatPassesIsCalledAfterWhatIsOtherInIt() {
    assertThat(STORY.call("otherwise", failing(row(true, 2, "WRITE", "'3'", ""))))
        .isEqualTo("\"The other way round it passes\"");
    assertThat(STORY.call("otherwise", failing(row(true, 0, "FAULT", "null", ""))))
        .isEqualTo("\"Without that it passes\"");
    assertThat(STORY.call("otherwise", failing(step(true))))
        .isEqualTo("\"In another order it passes\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          trapped: unreachable | The test trapped | unreachable
          stall: deadlock: a-1 waits for b.take | Deadlock | a-1 waits for b.take
          stalled: lost wake-up: a-1 goes on | Lost wake-up | a-1 goes on
          stall: no end: it has not ended | No end | it has not ended
          stalled: time-out: it computes | Time-out | it computes
          408 a.b took too long | Time-out | a.b took too long
          422: no stock | The test failed with error | 422: no stock
          expected 1, got 2 | The test said | expected 1, got 2
          """)
  void howATestEndedHasAName(String failure, String name, String said) {
    assertThat(STORY.call("ending", "'" + failure + "'"))
        .isEqualTo("{\"name\":\"%s\",\"said\":\"%s\"}".formatted(name, said));
  }

  private static String failing(String row) {
    return "{failing: " + side(row) + "}";
  }

  @Test
  void whereNoneOfTheTwoReadWhatTheTestReadInTheEndIsTold() {
    String picture =
        "{failing: %s, passing: %s}"
            .formatted(
                side(row(true, 0, "FAULT", "null", ""), row(true, 0, "READ", "'2'", "")),
                side(row(true, 0, "READ", "'1'", ""), row(true, 0, "READ", "'3'", "")));

    assertThat(STORY.call("consequence", picture))
        .isEqualTo("\"In the end the test read `2` from `n`, and not `3`.\"");
  }

  @Test
  void whereNobodyReadSomethingElseTheLogTells() {
    String picture =
        "{failing: %s, passing: %s}"
            .formatted(
                side(
                    step(true).replace("log: []", "log: ['info a-1: on', 'error a-1: timed out']")),
                side(step(true).replace("log: []", "log: ['info a-1: off']")));

    assertThat(STORY.call("consequence", picture)).isEqualTo("\"In the log: `a-1: timed out`.\"");
  }

  @Test
  void whatWasSeenTooEarlyIsToldBesideWhatShouldHaveBeenSeen() {
    String picture =
        "{failing: %s, passing: %s}"
            .formatted(
                side(row(true, 1, "READ", "'3'", "")), side(row(true, 1, "READ", "'1'", "")));

    assertThat(STORY.call("consequence", picture)).isEqualTo("\"So ① saw `3`, and not `1`.\"");
    assertThat(STORY.call("consequence", picture.replace("'1'", "'3'"))).isEqualTo("\"\"");
  }

  @Test
  void theLogHasWhatWasWrittenByThen() {
    String side =
        side(
            row(true, 0, "OTHER", "null", "").replace("log: []", "log: ['one']"),
            row(true, 0, "OTHER", "null", "").replace("log: []", "log: ['two']"),
            row(true, 0, "OTHER", "null", "").replace("log: []", "log: ['three']"));

    assertThat(STORY.call("stateAfter", side, "1"))
        .contains("{\"line\":\"one\",\"now\":false},{\"line\":\"two\",\"now\":true}")
        .doesNotContain("three");
  }
}
