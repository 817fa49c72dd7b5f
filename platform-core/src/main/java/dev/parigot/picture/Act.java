package dev.parigot.picture;

import static java.util.Map.entry;

import dev.parigot.picture.Picture.Kind;
import dev.parigot.timing.Fault;
import dev.parigot.timing.Step;
import java.util.Map;

/**
 * What a step does, for whoever looks at it.
 *
 * @param words such as {@code reads}
 * @param key to what; may be empty
 */
record Act(Kind kind, String words, String key) {
  static final String CALLS = "parigot:service/";
  static final String STARTS = "parigot:async/";
  static final String SENDS = "parigot:queue send";
  static final String WAITS = "parigot:future wait";
  static final String RESUMES = "goes on after";

  private record Told(Kind kind, String words) {}

  private static final Map<String, Told> HOST_CALLS =
      Map.ofEntries(
          entry(SENDS, new Told(Kind.SEND, "sends to")),
          entry("parigot:kv get", new Told(Kind.READ, "reads")),
          entry("parigot:kv list", new Told(Kind.READ, "lists")),
          entry("parigot:kv put", new Told(Kind.WRITE, "writes")),
          entry("parigot:kv delete", new Told(Kind.WRITE, "deletes")),
          entry("parigot:kv compare_and_set", new Told(Kind.WRITE, "compares and sets")),
          entry("parigot:channel publish", new Told(Kind.OTHER, "publishes to")),
          entry(WAITS, new Told(Kind.WAIT, "waits for")),
          entry(RESUMES, new Told(Kind.WAIT, RESUMES)),
          entry("parigot:clock sleep_ns", new Told(Kind.WAIT, "sleeps")),
          entry("parigot:clock now_ns", new Told(Kind.OTHER, "asks for the time")),
          entry("parigot:clock monotonic_ns", new Told(Kind.OTHER, "asks for the time")),
          entry("parigot:log write", new Told(Kind.OTHER, "logs")),
          entry("wasi_snapshot_preview1 fd_write", new Told(Kind.OTHER, "logs")),
          entry("parigot:config get", new Told(Kind.OTHER, "reads the setting")),
          entry("parigot:random fill", new Told(Kind.OTHER, "draws at random")),
          entry("parigot:test quiesce", new Told(Kind.WAIT, "waits until all is done")),
          entry("parigot:test advance_ns", new Told(Kind.OTHER, "moves the clock")),
          entry("parigot:test published", new Told(Kind.OTHER, "looks what was published to")),
          entry("parigot:test run_cron", new Told(Kind.OTHER, "runs the schedule")));

  static Act of(Step step) {
    String action = step.action();
    if (step.nth() == 0) {
      return beginning(step);
    }
    if (Fault.of(step).isPresent()) {
      return new Act(Kind.FAULT, step.key(), "");
    }
    if (action.startsWith(CALLS)) {
      return new Act(Kind.CALL, "calls", method(action, CALLS));
    }
    if (action.startsWith(STARTS)) {
      return new Act(Kind.START, "starts", method(action, STARTS));
    }
    Told told =
        HOST_CALLS.getOrDefault(
            action, new Told(Kind.OTHER, action.substring(action.indexOf(':') + 1)));
    return new Act(told.kind(), told.words(), step.key());
  }

  private static Act beginning(Step step) {
    String action = step.action();
    String key =
        action.startsWith("call")
            ? step.service() + "." + (action + " " + step.key()).substring("call ".length()).strip()
            : step.key();
    return new Act(Kind.BEGIN, action.startsWith("delivery") ? "gets a message of" : "begins", key);
  }

  private static String method(String action, String prefix) {
    return action.substring(prefix.length()).replace(' ', '.');
  }

  /** The same, the name of its key in backticks. */
  @Override
  public String toString() {
    return key.isEmpty() ? words : words + " `" + key + "`";
  }
}
