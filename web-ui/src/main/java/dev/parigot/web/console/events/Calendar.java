package dev.parigot.web.console.events;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Span;
import dev.parigot.manifest.Schedule;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;

/** The days of this week and the four after it, with a mark on those at which a schedule is due. */
final class Calendar extends Div {
  private static final int WEEKS = 5;
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("EEEE, d MMMM", Locale.ENGLISH);
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");

  Calendar(String name, Schedule schedule, Instant now) {
    addClassName("calendar");
    LocalDate today = now.atZone(schedule.zone()).toLocalDate();
    NativeTable table = new NativeTable();
    table.getElement().setAttribute("aria-label", "The days at which " + name + " is due");
    NativeTableRow head = table.getHead().addRow();
    for (DayOfWeek day : DayOfWeek.values()) {
      NativeTableHeaderCell cell =
          new NativeTableHeaderCell(day.getDisplayName(TextStyle.NARROW, Locale.ENGLISH));
      cell.getElement()
          .setAttribute("scope", "col")
          .setAttribute("abbr", day.getDisplayName(TextStyle.FULL, Locale.ENGLISH));
      head.add(cell);
    }
    LocalDate day = today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    for (int week = 0; week < WEEKS; week++) {
      NativeTableRow row = table.getBody().addRow();
      for (int i = 0; i < DayOfWeek.values().length; i++) {
        row.add(cell(schedule, day, today, now));
        day = day.plusDays(1);
      }
    }
    add(table);
  }

  private static NativeTableCell cell(
      Schedule schedule, LocalDate day, LocalDate today, Instant now) {
    NativeTableCell cell = new NativeTableCell();
    Span number = new Span(String.valueOf(day.getDayOfMonth()));
    cell.add(number);
    if (day.equals(today)) {
      cell.getElement().setAttribute("aria-current", "date");
    }
    if (day.isBefore(today)) {
      cell.addClassName("past");
      return cell;
    }
    Instant begin = day.atStartOfDay(schedule.zone()).toInstant();
    Instant from = begin.isAfter(now) ? begin.minusNanos(1) : now;
    Instant end = day.plusDays(1).atStartOfDay(schedule.zone()).toInstant();
    schedule
        .next(from)
        .filter(tick -> tick.isBefore(end))
        .ifPresent(tick -> {
          ZonedDateTime first = tick.atZone(schedule.zone());
          cell.addClassName("due");
          cell.getElement().setAttribute("title", DAY.format(day) + ", from " + TIME.format(first));
          Span told = new Span(" due, from " + TIME.format(first));
          told.addClassName("unseen");
          number.add(told);
        });
    return cell;
  }
}
