package dev.parigot.picture;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a test fails, as it is drawn: the run that fails, and beside it one that is much like it and
 * passes.
 *
 * @param test module and method
 * @param sentence what went wrong, in a sentence; names of the app in backticks
 * @param failure what the test said, or how it ended
 * @param expected what a check expected, if that can be told; else null
 * @param got what it got, likewise
 * @param place where in the test's source the check is, likewise
 * @param common how many rows both sides begin with
 * @param passing null if there is no such run
 */
public record Picture(
    String test,
    String sentence,
    String failure,
    @Nullable String expected,
    @Nullable String got,
    @Nullable String place,
    int common,
    Side failing,
    @Nullable Side passing) {
  /**
   * A run.
   *
   * @param lanes whoever takes a step: instances, from left to right
   * @param steps how many the run has; those beyond the rows are left out
   */
  public record Side(List<Lane> lanes, List<Row> rows, int steps) {
    public Side {
      lanes = List.copyOf(lanes);
      rows = List.copyOf(rows);
    }
  }

  /** An instance of a service, or a service of which no instance took a step. */
  public record Lane(String name, String service) {}

  /**
   * A step.
   *
   * @param lane the index of whose it is
   * @param task the steps of one task come one after the other
   * @param text what is done, such as {@code reads}
   * @param key to what, or empty
   * @param value what was read, written or sent; null if none was
   * @param from the index of the row that it follows from in another lane, or -1
   * @param to the lane that is called and answers at once, or -1
   * @param returns the lanes of the calls that have ended before it
   * @param decides 1 or 2 if it is one of the two steps whose order decides, else 0
   * @param concerns whether it has to do with the failure
   */
  public record Row(
      int lane,
      int task,
      Kind kind,
      String text,
      String key,
      @Nullable String value,
      int from,
      int to,
      List<Integer> returns,
      int decides,
      boolean concerns,
      List<Change> changes,
      List<Message> messages,
      List<String> log) {
    public Row {
      returns = List.copyOf(returns);
      changes = List.copyOf(changes);
      messages = List.copyOf(messages);
      log = List.copyOf(log);
    }
  }

  /** What a step is. */
  public enum Kind {
    /** A call, a delivery or a tick of a schedule begins. */
    BEGIN,
    /** Calls a service and waits. */
    CALL,
    /** Starts a call, without waiting. */
    START,
    SEND,
    READ,
    WRITE,
    /** Waits, or goes on after it has waited. */
    WAIT,
    /** The platform does what it may do, and seldom does. */
    FAULT,
    OTHER
  }

  /**
   * A value of the store that is another one from then on.
   *
   * @param value null if it is deleted
   */
  public record Change(String key, @Nullable String value) {}

  /** A message that is at another place from then on. */
  public record Message(String queue, int number, String text, String place) {}
}
