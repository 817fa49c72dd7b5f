package dev.parigot.web.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TimeWordsTest {
  private static final ConsoleScript WORDS = new ConsoleScript("time-words.js");
  private static final String NOW = "new Date('2026-05-10T12:00:00Z')";

  @AfterAll
  static void close() {
    WORDS.close();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-05-10T12:00:00Z, just now",
    "2026-05-10T11:59:51Z, just now",
    "2026-05-10T11:59:31Z, 20 seconds ago",
    "2026-05-10T11:59:00Z, 1 minute ago",
    "2026-05-10T11:01:00Z, 59 minutes ago",
    "2026-05-10T11:00:00Z, 1 hour ago",
    "2026-05-09T12:00:01Z, 23 hours ago",
    "2026-05-09T12:00:00Z, yesterday",
    "2026-05-08T12:00:00Z, 2 days ago",
    "2026-04-10T12:00:00Z, on 2026-04-10",
    "2026-05-10T12:00:03Z, just now"
  })
  void aMomentIsToldInItsLargestUnit(String at, String words) {
    assertThat(WORDS.call("relatively", "new Date('" + at + "')", NOW))
        .isEqualTo('"' + words + '"');
  }

  @Test
  void aMomentWellInTheFutureIsToldExactly() {
    assertThat(WORDS.call("relatively", "new Date('2026-05-10T12:01:00Z')", NOW))
        .isEqualTo("\"2026-05-10 12:01:00 (UTC+00:00)\"");
  }
}
