package dev.parigot.manifest;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/** The five fields of unix cron. */
final class CronSyntax {
  /** Any time from which to look for the first tick of a schedule. */
  private static final ZonedDateTime SOME_TIME =
      ZonedDateTime.of(2024, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

  private CronSyntax() {}

  /** What is wrong with a schedule, or null. */
  static @Nullable String wrongWith(String schedule) {
    try {
      Cron cron =
          new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX))
              .parse(schedule);
      return ExecutionTime.forCron(cron).nextExecution(SOME_TIME).isEmpty()
          ? "no such day ever comes"
          : null;
    } catch (IllegalArgumentException e) {
      return String.valueOf(e.getMessage())
          .replaceFirst("^Failed to parse cron expression\\. ", "")
          .replaceFirst("[.!]+$", "");
    }
  }
}
