package dev.parigot.history;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * What happened to an app between two moments, as far as its host took part in it.
 *
 * @param app its name
 * @param began when it was begun
 * @param settled the place in its order before which others may have done what nobody saw; 0 for a
 *     history from the very beginning of an app
 * @param alone whether nobody else had to do with the app's store and queues
 * @param complete whether it goes on to the end that was wanted; else it was cut off there where it
 *     had as many events as it may
 * @param events in the order of their beginnings
 */
public record History(
    String app, Instant began, long settled, boolean alone, boolean complete, List<Event> events) {
  public History {
    events =
        events.stream().sorted(Comparator.comparingLong(event -> event.span().begin())).toList();
  }

  /** Thrown where a file is none; the message says where, and why. */
  public static final class Unreadable extends Exception {
    Unreadable(String message) {
      super(message);
    }
  }

  /** Its file: a line of JSON for itself, and one for each event. */
  public String lines() {
    return HistoryLines.write(this);
  }

  /** Reads a file. */
  public static History read(String lines) throws Unreadable {
    return HistoryLines.read(lines);
  }
}
