package dev.parigot.cli;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

/**
 * Text from elsewhere as it may be printed: what a guest or a file says must not steer a terminal.
 */
final class Printable {
  private static final int SHORT_COMMIT = 7;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

  private Printable() {}

  static String of(String text) {
    return text.replaceAll("[\\p{Cntrl}&&[^\\t]]", "?");
  }

  /** A commit's id as short as people tell it; a dash if there is none. */
  static String commit(String id) {
    return id.isEmpty() ? "-" : of(id.substring(0, Math.min(SHORT_COMMIT, id.length())));
  }

  /** A moment of RFC 3339 as the user's clock has it. */
  static String time(String moment) {
    try {
      return TIME.format(Instant.parse(moment));
    } catch (DateTimeParseException e) {
      return of(moment);
    }
  }
}
