package dev.parigot.situation;

/** Where the log lines of guests go. */
public interface LogSink {
  /**
   * {@code level} is 0 (trace) to 4 (error); {@code call} is the id of the call, or empty outside
   * of one.
   */
  void write(String service, String instance, int level, String message, String call);
}
