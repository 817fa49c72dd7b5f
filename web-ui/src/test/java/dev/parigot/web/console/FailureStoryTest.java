package dev.parigot.web.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

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
