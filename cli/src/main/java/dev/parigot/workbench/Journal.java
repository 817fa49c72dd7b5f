package dev.parigot.workbench;

/** Where the developer reads what happens. Called from any thread. */
public interface Journal {
  /**
   * A line of an app's log.
   *
   * @param service that wrote it, or {@code parigot} for what is told of the app's surroundings
   * @param level 0 (trace) to 4 (error)
   */
  void log(String service, int level, String message);

  /** A request that was answered. */
  void request(String method, String path, int status, long nanos);

  /** What the workbench itself does. */
  void note(String text);

  /** What keeps the app from running as its files are now. */
  void trouble(String title, String details);
}
