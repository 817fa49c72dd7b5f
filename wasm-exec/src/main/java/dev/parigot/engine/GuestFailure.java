package dev.parigot.engine;

import dev.parigot.engine.CallOutcome.Failed;
import dev.parigot.engine.CallOutcome.Limit;
import dev.parigot.engine.CallOutcome.LimitReached;
import dev.parigot.engine.CallOutcome.Trapped;
import dev.parigot.host.GuestStop;
import dev.parigot.situation.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.graalvm.polyglot.PolyglotException;
import org.jspecify.annotations.Nullable;

/** What a guest that didn't return comes to, for its author to read. */
final class GuestFailure {
  private static final System.Logger LOG = System.getLogger(GuestFailure.class.getName());

  /** How GraalWasm names the frames between guest and host. */
  private static final Pattern GLUE =
      Pattern.compile("wasm-function-interop|wasm-function:execute");

  /** How GraalWasm names a function of a module without a name section. */
  private static final Pattern UNNAMED = Pattern.compile("^wasm-function:(\\d+)$");

  private static final int MOST_LINES = 32;
  private static final Failed CANCELLED = new Failed(499, "The instance was closed");

  private GuestFailure() {}

  /**
   * @param cancelled whether the guest's context was being closed
   * @param overdue whether its deadline had passed
   */
  static CallOutcome of(Throwable thrown, boolean cancelled, boolean overdue) {
    if (cancelled) {
      return overdue ? new LimitReached(Limit.TIME) : CANCELLED;
    }
    return switch (thrown) {
      case GuestStop stop -> stopped(stop, "");
      case PolyglotException guest -> failed(guest);
      case StackOverflowError _ -> new Trapped("call stack exhausted");
      case OutOfMemoryError _ -> new LimitReached(Limit.MEMORY);
      default -> hostFailed(thrown, "");
    };
  }

  private static CallOutcome failed(PolyglotException thrown) {
    Throwable host = thrown.isHostException() ? thrown.asHostException() : null;
    if (host instanceof GuestStop stop) {
      return stopped(stop, stack(thrown));
    }
    if (host instanceof Refused refused) {
      return new Failed(refused.code(), refused.message());
    }
    if (host != null) {
      return hostFailed(host, stack(thrown));
    }
    if (thrown.isCancelled() || thrown.isInterrupted()) {
      return CANCELLED;
    }
    if (thrown.isInternalError()) {
      return hostFailed(thrown, stack(thrown));
    }
    return new Trapped(thrown.getMessage() + stack(thrown));
  }

  private static CallOutcome stopped(GuestStop stop, String stack) {
    return switch (stop) {
      case GuestStop.Trap trap -> new Trapped(trap.getMessage() + stack);
      case GuestStop.Exit exit -> new Trapped(exit.getMessage() + stack);
      case GuestStop.Overdue _ -> new LimitReached(Limit.TIME);
      case GuestStop.Cancelled _ -> CANCELLED;
    };
  }

  private static CallOutcome hostFailed(Throwable thrown, String stack) {
    LOG.log(System.Logger.Level.ERROR, "An import failed", thrown);
    return new Trapped("the platform failed in an import" + stack);
  }

  /** The guest's functions, innermost first, one a line; a recursion takes one line. */
  private static String stack(PolyglotException thrown) {
    List<String> lines = new ArrayList<>();
    @Nullable String last = null;
    int times = 0;
    for (PolyglotException.StackFrame frame : thrown.getPolyglotStackTrace()) {
      String name = frame.isGuestFrame() ? frame.getRootName() : null;
      if (name == null || name.equals(last)) {
        times += name == null ? 0 : 1;
        continue;
      }
      if (!GLUE.matcher(name).lookingAt()) {
        addLine(lines, last, times);
        last = name;
        times = 1;
      }
    }
    addLine(lines, last, times);
    int shown = Math.min(lines.size(), MOST_LINES);
    String rest = lines.size() > shown ? "\n  ... " + (lines.size() - shown) + " more" : "";
    return String.join("", lines.subList(0, shown)) + rest;
  }

  private static void addLine(List<String> lines, @Nullable String name, int times) {
    if (name != null) {
      String told = UNNAMED.matcher(name).replaceFirst("func[$1]");
      lines.add("\n  at " + told + (times > 1 ? " (" + times + " times)" : ""));
    }
  }
}
