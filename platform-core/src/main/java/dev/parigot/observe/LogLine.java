package dev.parigot.observe;

import java.time.Instant;

/**
 * One line of an app's log.
 *
 * @param sequence grows by one per line of the app: what a reader resumes after
 * @param service that wrote it, or {@code parigot} for the platform's own lines
 * @param instance a short name of the instance, unique in the app
 * @param call the id of the call during which it was written, or empty
 */
public record LogLine(
    long sequence,
    Instant at,
    String service,
    String instance,
    Level level,
    String message,
    String call) {
  /** How grave a line is; the order is the ABI's. */
  public enum Level {
    TRACE,
    DEBUG,
    INFO,
    WARN,
    ERROR
  }
}
