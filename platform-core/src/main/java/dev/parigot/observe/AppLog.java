package dev.parigot.observe;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The newest lines of one app. */
final class AppLog {
  static final int MOST_LINES = 10_000;

  /** Two bytes a character, which is what the worst text takes in memory. */
  static final long MOST_BYTES = 4 << 20;

  private final ArrayDeque<LogLine> lines = new ArrayDeque<>();
  private final Listeners<LogLine> listeners = new Listeners<>();
  private long bytes;
  private long written;

  synchronized void write(
      Instant at,
      String service,
      String instance,
      LogLine.Level level,
      String message,
      String call) {
    LogLine line = new LogLine(++written, at, service, instance, level, message, call);
    lines.addLast(line);
    bytes += size(line);
    while (lines.size() > MOST_LINES || bytes > MOST_BYTES) {
      bytes -= size(lines.removeFirst());
    }
    listeners.tell(line);
  }

  synchronized List<LogLine> read(
      long after, int limit, @Nullable String service, LogLine.@Nullable Level atLeast) {
    List<LogLine> newestFirst = new ArrayList<>();
    Iterator<LogLine> newest = lines.descendingIterator();
    while (newest.hasNext() && newestFirst.size() < limit) {
      LogLine line = newest.next();
      if (line.sequence() <= after) {
        break;
      }
      if ((service == null || service.equals(line.service()))
          && (atLeast == null || atLeast.compareTo(line.level()) <= 0)) {
        newestFirst.add(line);
      }
    }
    Collections.reverse(newestFirst);
    return newestFirst;
  }

  Subscription follow(Consumer<LogLine> listener) {
    return listeners.add(listener);
  }

  private static long size(LogLine line) {
    return 2L
        * (line.message().length()
            + line.service().length()
            + line.instance().length()
            + line.call().length());
  }
}
