package dev.parigot.manifest;

import com.cronutils.descriptor.CronDescriptor;
import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.parser.CronParser;
import java.time.DayOfWeek;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * A unix cron expression in English, such as {@code at 09:00, Monday to Friday}. The times of the
 * day are told by cron-utils, the days here: it strings the day of the month and the day of the
 * week together as if both had to match.
 */
final class ScheduleWords {
  private static final String ANY = "*";
  private static final String EVERY = "every ";
  private static final int DAYS_OF_A_WEEK = 7;

  private ScheduleWords() {}

  static String of(String expression) {
    String[] fields = expression.strip().toLowerCase(Locale.ROOT).split("\\s+");
    String times = times(fields[0] + " " + fields[1] + " * * *");
    List<String> days = new ArrayList<>();
    if (!fields[2].equals(ANY)) {
      String dates = told(fields[2], ScheduleWords::ordinal, "day of the month");
      days.add(dates.startsWith(EVERY) ? dates : "on the " + dates);
    }
    if (!fields[4].equals(ANY)) {
      days.add(told(fields[4], ScheduleWords::weekday, "day of the week"));
    }
    String text = times + (days.isEmpty() ? "" : ", " + String.join(" and also ", days));
    return fields[3].equals(ANY)
        ? text
        : text + ", in " + told(fields[3], ScheduleWords::month, "month");
  }

  private static String times(String expression) {
    Cron cron =
        new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX))
            .parse(expression);
    return CronDescriptor.instance(Locale.ENGLISH).describe(cron);
  }

  private static String told(String field, IntFunction<String> name, String unit) {
    List<String> parts = Stream.of(field.split(",")).map(part -> part(part, name, unit)).toList();
    return parts.size() == 1
        ? parts.getFirst()
        : String.join(", ", parts.subList(0, parts.size() - 1)) + " and " + parts.getLast();
  }

  /** One of {@code *}, {@code 3}, {@code 1-5}, each perhaps with a step. */
  private static String part(String part, IntFunction<String> name, String unit) {
    String[] stepped = part.split("/", 2);
    String[] ends = stepped[0].split("-", 2);
    String range =
        stepped[0].equals(ANY)
            ? ""
            : ends.length == 2
                ? name.apply(number(ends[0])) + " to " + name.apply(number(ends[1]))
                : name.apply(number(ends[0])) + (stepped.length == 2 ? " onwards" : "");
    if (stepped.length == 1) {
      return stepped[0].equals(ANY) ? EVERY + unit : range;
    }
    String every = EVERY + ordinal(Integer.parseInt(stepped[1])) + " " + unit;
    return range.isEmpty() ? every : every + " from " + range;
  }

  private static int number(String text) {
    for (DayOfWeek day : DayOfWeek.values()) {
      if (day.name().toLowerCase(Locale.ROOT).startsWith(text)) {
        return day.getValue();
      }
    }
    for (Month month : Month.values()) {
      if (month.name().toLowerCase(Locale.ROOT).startsWith(text)) {
        return month.getValue();
      }
    }
    return Integer.parseInt(text);
  }

  /** Sunday is 0 and 7. */
  private static String weekday(int number) {
    return DayOfWeek.of(number == 0 ? DAYS_OF_A_WEEK : number)
        .getDisplayName(TextStyle.FULL, Locale.ENGLISH);
  }

  private static String month(int number) {
    return Month.of(number).getDisplayName(TextStyle.FULL, Locale.ENGLISH);
  }

  private static String ordinal(int number) {
    boolean teen = number % 100 >= 11 && number % 100 <= 13;
    String ending =
        switch (teen ? 0 : number % 10) {
          case 1 -> "st";
          case 2 -> "nd";
          case 3 -> "rd";
          default -> "th";
        };
    return number + ending;
  }
}
