package dev.parigot.observe;

import dev.parigot.app.AppId;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The newest log lines of every app, in memory, bounded per app: 10,000 lines and 4 MiB of text.
 */
public final class Logs {
  /** Characters of a message that are kept. */
  private static final int LONGEST_MESSAGE = 16 * 1024;

  private final Clock clock;
  private final Mask mask;
  private final ConcurrentHashMap<AppId, AppLog> apps = new ConcurrentHashMap<>();

  /** What must not be told is taken out of each line. */
  @FunctionalInterface
  public interface Mask {
    String mask(AppId app, String text);
  }

  public Logs(Clock clock, Mask mask) {
    this.clock = clock;
    this.mask = mask;
  }

  /** One of apps that have nothing to keep secret. */
  public Logs(Clock clock) {
    this(clock, (_, text) -> text);
  }

  /** A text as it may be told. */
  public String masked(AppId app, String text) {
    return mask.mask(app, text);
  }

  /**
   * Adds a line; a message over 16 KiB (counted in characters) is cut. Floods cost only the app's
   * own older lines.
   */
  public void write(
      AppId app,
      String service,
      String instance,
      LogLine.Level level,
      String message,
      String call) {
    log(app).write(clock.instant(), service, instance, level, cut(masked(app, message)), call);
  }

  /**
   * Lines after {@code after} (0: the oldest kept), oldest first, at most the newest {@code limit}
   * of them, of one service and from a level up if given.
   */
  public List<LogLine> read(
      AppId app, long after, int limit, @Nullable String service, LogLine.@Nullable Level atLeast) {
    AppLog log = apps.get(app);
    return log == null ? List.of() : log.read(after, limit, service, atLeast);
  }

  /**
   * Tells each new line of the app in order, on the writer's thread and while other writers of the
   * app wait: the listener must be quick. Ends when closed.
   */
  public Subscription follow(AppId app, Consumer<LogLine> listener) {
    return log(app).follow(listener);
  }

  /** Forgets the app's lines and those who follow them. */
  public void forget(AppId app) {
    apps.remove(app);
  }

  private AppLog log(AppId app) {
    return apps.computeIfAbsent(app, _ -> new AppLog());
  }

  private static String cut(String message) {
    if (message.length() <= LONGEST_MESSAGE) {
      return message;
    }
    int end = LONGEST_MESSAGE;
    if (Character.isHighSurrogate(message.charAt(end - 1))) {
      end--;
    }
    return message.substring(0, end) + " … (" + (message.length() - end) + " characters cut)";
  }
}
