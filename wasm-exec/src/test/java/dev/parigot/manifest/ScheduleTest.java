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
