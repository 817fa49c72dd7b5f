package dev.parigot.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

  @Test
  void everyFiveMinutesIsDueAtTheNextMultipleOfFive() {
    assertThat(ticks("*/5 * * * *", ZoneOffset.UTC, "2026-03-01T10:02:30Z", 2))
        .containsExactly("2026-03-01T10:05:00Z", "2026-03-01T10:10:00Z");
  }

  @Test
  void aTickIsNotItsOwnNext() {
    assertThat(ticks("0 12 * * *", ZoneOffset.UTC, "2026-03-01T12:00:00Z", 1))
        .containsExactly("2026-03-02T12:00:00Z");
  }

  @Test
  void aDayIsDueIfTheDayOfTheMonthOrTheDayOfTheWeekMatches() {
    // 2026-03-13 is a Friday; Fridays and the 15th are due.
    assertThat(ticks("0 0 15 * 5", ZoneOffset.UTC, "2026-03-10T00:00:00Z", 3))
        .containsExactly("2026-03-13T00:00:00Z", "2026-03-15T00:00:00Z", "2026-03-20T00:00:00Z");
  }

  @Test
  void aStarLeavesTheOtherDayFieldAlone() {
    assertThat(ticks("0 0 * * 5", ZoneOffset.UTC, "2026-03-10T00:00:00Z", 2))
        .containsExactly("2026-03-13T00:00:00Z", "2026-03-20T00:00:00Z");
    assertThat(ticks("0 0 15 * *", ZoneOffset.UTC, "2026-03-10T00:00:00Z", 2))
        .containsExactly("2026-03-15T00:00:00Z", "2026-04-15T00:00:00Z");
  }

  @Test
  void theHourIsThatOfTheZoneInSummerAndWinter() {
    assertThat(ticks("0 9 * * *", PARIS, "2026-03-27T12:00:00Z", 3))
        .containsExactly("2026-03-28T08:00:00Z", "2026-03-29T07:00:00Z", "2026-03-30T07:00:00Z");
  }

  @Test
  void sundayIsZeroAndSeven() {
    assertThat(ticks("0 0 * * 7", ZoneOffset.UTC, "2026-03-10T00:00:00Z", 1))
        .isEqualTo(ticks("0 0 * * 0", ZoneOffset.UTC, "2026-03-10T00:00:00Z", 1))
        .containsExactly("2026-03-15T00:00:00Z");
  }

  @Test
  void aTimeThatTheClocksJumpOverIsLeftOutAndTold() {
    assertThat(upcoming("30 2 * * *", "2026-03-28T12:00:00Z", 2))
        .containsExactly(
            new Schedule.Tick(
                Instant.parse("2026-03-30T00:30:00Z"),
                "29 March 02:30 is left out: the clocks go forward"),
            new Schedule.Tick(Instant.parse("2026-03-31T00:30:00Z"), null));
  }

  @Test
  void aTimeOfDayThatComesTwiceIsDueAtTheFirst() {
    assertThat(upcoming("30 2 * * *", "2026-10-24T12:00:00Z", 2))
        .containsExactly(
            new Schedule.Tick(Instant.parse("2026-10-25T00:30:00Z"), null),
            new Schedule.Tick(Instant.parse("2026-10-26T01:30:00Z"), null));
  }

  @Test
  void everyHourIsDueInBothOfTheHoursThatReadAlikeAndTheSecondIsTold() {
    assertThat(upcoming("0 * * * *", "2026-10-24T23:30:00Z", 3))
        .containsExactly(
            new Schedule.Tick(Instant.parse("2026-10-25T00:00:00Z"), null),
            new Schedule.Tick(
                Instant.parse("2026-10-25T01:00:00Z"),
                "the clocks go back: this is the second 25 October 02:00"),
            new Schedule.Tick(Instant.parse("2026-10-25T02:00:00Z"), null));
  }

  @Test
  void itReadsAsASentence() {
    assertThat(words("*/5 * * * *")).isEqualTo("every 5 minutes");
    assertThat(words("0 9 * * 1-5")).isEqualTo("at 09:00, Monday to Friday");
    assertThat(words("30 2 13 * fri")).isEqualTo("at 02:30, on the 13th and also Friday");
    assertThat(words("0 0 1,15 * *")).isEqualTo("at 00:00, on the 1st and 15th");
    assertThat(words("7 3 * 6-8 0")).isEqualTo("at 03:07, Sunday, in June to August");
    assertThat(words("0 */2 */3 feb *"))
        .isEqualTo("every 2 hours at minute 0, every 3rd day of the month, in February");
  }

  private static String words(String expression) {
    return new Schedule(expression, ZoneOffset.UTC).words();
  }

  private static List<Schedule.Tick> upcoming(String expression, String after, int count) {
    return new Schedule(expression, PARIS).upcoming(Instant.parse(after), count);
  }

  @Test
  void aDateThatNeverComesHasNoNextTick() {
    assertThat(
            new Schedule("0 0 30 2 *", ZoneOffset.UTC).next(Instant.parse("2026-03-10T00:00:00Z")))
        .isEmpty();
  }

  private static List<String> ticks(String expression, ZoneId zone, String from, int count) {
    Schedule schedule = new Schedule(expression, zone);
    List<String> ticks = new ArrayList<>();
    Instant at = Instant.parse(from);
    for (int i = 0; i < count; i++) {
      at = schedule.next(at).orElseThrow();
      ticks.add(at.toString());
    }
    return ticks;
  }
}
