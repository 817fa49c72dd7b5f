package dev.parigot.observe;

import dev.parigot.app.AppId;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The newest log lines of every app, in memory, bounded per app in lines and bytes. */
public final class Logs {
  public Logs(Clock clock) {}

  /** Adds a line; a message over 16 KiB is cut. Floods cost only the app's own older lines. */
  public void write(
      AppId app,
      String service,
      String instance,
      LogLine.Level level,
      String message,
      String call) {
    throw new AssertionError("skeleton");
  }

  /**
   * Lines after {@code after} (0: the oldest kept), oldest first, at most the newest {@code limit}
   * of them, of one service and from a level up if given.
   */
  public List<LogLine> read(
      AppId app, long after, int limit, @Nullable String service, LogLine.@Nullable Level atLeast) {
    throw new AssertionError("skeleton");
  }

  /**
   * Tells each new line of the app, on the writer's thread: the listener must be quick. Ends when
   * closed.
   */
  public Subscription follow(AppId app, Consumer<LogLine> listener) {
    throw new AssertionError("skeleton");
  }

  /** Forgets the app's lines. */
  public void forget(AppId app) {
    throw new AssertionError("skeleton");
  }
}
