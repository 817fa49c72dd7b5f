package dev.parigot.manifest;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a method is due, as unix cron says it: five fields, in which a day is due if the day of the
 * month or the day of the week matches, unless one of the two is a star. Quartz's own expressions
 * can't say that.
 *
 * @param expression five fields, checked when the manifest was read
 */
public record Schedule(String expression, ZoneId zone) {
  private static final CronParser PARSER =
      new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("d MMMM HH:mm", Locale.ENGLISH);

  /**
   * A time at which it is due.
   *
   * @param told what the zone's clocks do around it, in words; null on an ordinary day
   */
  public record Tick(Instant at, @Nullable String told) {}

  /** The first time after {@code instant} at which it is due; none if it never is again. */
  public Optional<Instant> next(Instant instant) {
    return next(instant, zone);
  }

  private Optional<Instant> next(Instant instant, ZoneId where) {
    return ExecutionTime.forCron(PARSER.parse(expression))
        .nextExecution(instant.atZone(where))
        .map(ZonedDateTime::toInstant);
  }

  /** The first {@code count} times after {@code instant}, at most. */
  public List<Tick> upcoming(Instant instant, int count) {
    List<Tick> ticks = new ArrayList<>();
    Instant before = instant;
    while (ticks.size() < count) {
      Instant tick = next(before).orElse(null);
      if (tick == null) {
        return ticks;
      }
      ticks.add(new Tick(tick, told(before, tick)));
      before = tick;
    }
    return ticks;
  }

  /** In English, such as {@code at 09:00, Monday to Friday}; the zone is not told. */
  public String words() {
    return ScheduleWords.of(expression);
  }

  private @Nullable String told(Instant before, Instant tick) {
    ZoneOffsetTransition change = zone.getRules().nextTransition(before);
    while (change != null && !change.getInstant().isAfter(tick)) {
      String told = change.isGap() ? leftOut(change) : null;
      if (told != null) {
        return told;
      }
      change = zone.getRules().nextTransition(change.getInstant());
    }
    ZoneOffsetTransition near = zone.getRules().previousTransition(tick.plusNanos(1));
    return comesTwice(near, tick) ? "the clocks go back: this is the second " + wall(tick) : null;
  }

  /** A time that the clocks jump over, as it would be without their jump. */
  private @Nullable String leftOut(ZoneOffsetTransition gap) {
    Instant jump = gap.getDateTimeBefore().toInstant(ZoneOffset.UTC);
    Instant end = gap.getDateTimeAfter().toInstant(ZoneOffset.UTC);
    return next(jump.minusNanos(1), ZoneOffset.UTC)
        .filter(missing -> missing.isBefore(end))
        .map(missing ->
            MOMENT.format(LocalDateTime.ofInstant(missing, ZoneOffset.UTC))
                + " is left out: the clocks go forward")
        .orElse(null);
  }

  private static boolean comesTwice(@Nullable ZoneOffsetTransition change, Instant tick) {
    return change != null
        && change.isOverlap()
        && tick.isBefore(change.getInstant().plus(change.getDuration().negated()));
  }

  private String wall(Instant tick) {
    return MOMENT.format(tick.atZone(zone));
  }
}
