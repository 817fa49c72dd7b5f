package dev.parigot.manifest;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

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

  /** The first time after {@code instant} at which it is due; none if it never is again. */
  public Optional<Instant> next(Instant instant) {
    return ExecutionTime.forCron(PARSER.parse(expression))
        .nextExecution(instant.atZone(zone))
        .map(ZonedDateTime::toInstant);
  }
}
