package dev.parigot.local;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Something that a step of a run did to what the services of an app share, or saw of it. */
public sealed interface Event {
  /** The index of the step among those of the run, from 0; -1 before the first one. */
  int step();

  /** A value was asked for; null if there is none. */
  record Read(int step, Value key, @Nullable Value value) implements Event {}

  /** A value was set, or deleted if it is null. */
  record Wrote(int step, Value key, @Nullable Value value) implements Event {}

  /** A value was to be set, and was another than was expected; null if there was none. */
  record Differed(int step, Value key, @Nullable Value found) implements Event {}

  /** Keys were asked for. */
  record Listed(int step, Value prefix, int keys) implements Event {}

  /**
   * A message of a queue came to be at that place.
   *
   * @param number which one of the run it is, from 1; one that is delivered again keeps its own
   */
  record Moved(int step, String queue, int number, Value message, Place place) implements Event {}

  /** A line was written to the log. */
  record Logged(int step, Line line) implements Event {}

  /** Where a message is. */
  enum Place {
    WAITING,
    BEING_DELIVERED,
    DELIVERED,
    GIVEN_UP
  }

  /**
   * Bytes as far as they are kept.
   *
   * @param start the first {@value #MOST} of them, or all
   * @param size how many there are
   */
  record Value(byte[] start, int size) {
    private static final int MOST = 2_048;

    static Value of(byte[] bytes) {
      return new Value(Arrays.copyOf(bytes, Math.min(MOST, bytes.length)), bytes.length);
    }

    static @Nullable Value ofNullable(byte @Nullable [] bytes) {
      return bytes == null ? null : of(bytes);
    }
  }
}
