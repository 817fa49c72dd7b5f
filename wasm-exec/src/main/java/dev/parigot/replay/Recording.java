package dev.parigot.replay;

import dev.parigot.situation.User;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What happened to an app in a browser from when it was started there: a file that the panel of a
 * demo saves.
 *
 * @param app its name
 * @param began when it was started; other times are nanoseconds since then
 * @param config that its services got
 * @param data what the store held
 * @param steps the first is the start itself
 */
public record Recording(
    String app, Instant began, Map<String, String> config, List<Entry> data, List<Step> steps) {
  public Recording {
    config = Map.copyOf(config);
    data = List.copyOf(data);
    steps = List.copyOf(steps);
  }

  /**
   * Reads a file.
   *
   * @throws MalformedRecording if it is none
   */
  public static Recording read(byte[] json) {
    return RecordingReader.read(json);
  }

  /** A key of the store and its value; null where there is none any more. */
  record Entry(byte[] key, byte @Nullable [] value) {}

  /** Something that happened from outside. */
  record Step(long at, Event event, Given given) {}

  /** What happened, and what came of it. */
  sealed interface Event {
    /** Nothing from outside: the start of the program. */
    record Started() implements Event {}

    /** A request was answered by services. */
    record Asked(Request request, int status, byte[] body) implements Event {}

    /** The call of a schedule was made; {@code code} is that of its error, or 0. */
    record Fired(String schedule, long code) implements Event {}

    /** The visitor changed the store. */
    record Changed(Entry entry) implements Event {}
  }

  /**
   * A request.
   *
   * @param path with the query
   * @param headers values by lower-case name
   * @param user who was signed in, or null for nobody
   */
  record Request(
      String method,
      String path,
      Map<String, List<String>> headers,
      byte[] body,
      @Nullable User user) {}

  /**
   * What the services were given until the next step that is another time otherwise.
   *
   * @param random bytes by service
   * @param clock readings by service, in nanoseconds since the recording began
   * @param outside what other hosts answered
   */
  record Given(Map<String, byte[]> random, Map<String, List<Long>> clock, List<Outside> outside) {
    static final Given NOTHING = new Given(Map.of(), Map.of(), List.of());
  }

  /** What became of a request to another host. */
  sealed interface Outside {
    record Answered(byte[] message) implements Outside {}

    record Refused(int code, String message) implements Outside {}
  }
}
