package dev.parigot.engine;

import dev.parigot.engine.CallOutcome.Failed;
import dev.parigot.engine.CallOutcome.Limit;
import dev.parigot.engine.CallOutcome.LimitReached;
import dev.parigot.engine.CallOutcome.Trapped;
import dev.parigot.host.GuestStop;
import dev.parigot.situation.Refused;
import dev.parigot.wasm.Bounds;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.regex.Matcher;
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

  private static final String EXHAUSTED = "call stack exhausted";
  private static final String AS_DEEP = ": %,d calls within each other, as many as tests allow";
  private static final int MOST_LINES = 32;
  private static final Failed CANCELLED = new Failed(499, "The instance was closed");

  private final IntFunction<String> names;
  private final @Nullable Footprints footprints;
  private final Supplier<Bounds.Reached> bound;

  /**
   * @param names of functions that their module gives none
   * @param footprints what the guest has left behind, or null
   * @param bound which one of those of its module it came to
   */
  GuestFailure(
      IntFunction<String> names, @Nullable Footprints footprints, Supplier<Bounds.Reached> bound) {
    this.names = names;
    this.bound = bound;
    this.footprints = footprints;
  }

  /**
   * @param cancelled whether the guest's context was being closed
   * @param overdue whether its deadline had passed
   */
  CallOutcome of(Throwable thrown, boolean cancelled, boolean overdue) {
    if (cancelled) {
      return overdue ? new LimitReached(Limit.TIME) : CANCELLED;
    }
    return switch (thrown) {
      case GuestStop stop -> stopped(stop, "");
      case PolyglotException guest -> failed(guest);
      case StackOverflowError _ -> new Trapped(EXHAUSTED);
      case OutOfMemoryError _ -> new LimitReached(Limit.MEMORY);
      default -> hostFailed(thrown, "");
    };
  }

  private CallOutcome failed(PolyglotException thrown) {
    Throwable host = thrown.isHostException() ? thrown.asHostException() : null;
    if (host instanceof GuestStop stop) {
      return stopped(stop, stack(thrown));
    }
    if (host instanceof Refused refused) {
      return new Failed(refused.code(), refused.message());
    }
    if (host instanceof StackOverflowError) {
      return new Trapped(EXHAUSTED + stack(thrown));
    }
    if (host instanceof OutOfMemoryError) {
      return new LimitReached(Limit.MEMORY);
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
    return switch (bound.get()) {
      case NONE -> new Trapped(thrown.getMessage() + stack(thrown));
      case DEPTH -> new Trapped(EXHAUSTED + AS_DEEP.formatted(Code.MOST_DEEP) + stack(thrown));
      // What has no end is ended by the clock elsewhere.
      case ROUNDS -> new LimitReached(Limit.TIME);
    };
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

  /**
   * The guest's functions, innermost first, one a line, with the lines of their source where it
   * left a trail; a recursion takes one line.
   */
  private String stack(PolyglotException thrown) {
    List<String> functions = new ArrayList<>();
    for (PolyglotException.StackFrame frame : thrown.getPolyglotStackTrace()) {
      String name = frame.isGuestFrame() ? frame.getRootName() : null;
      if (name != null && !GLUE.matcher(name).lookingAt()) {
        functions.add(name);
      }
    }
    List<String> places = places(functions.size());
    Lines lines = new Lines();
    for (int i = 0; i < functions.size(); i++) {
      lines.add(told(functions.get(i), places.isEmpty() ? "" : places.get(i)));
    }
    return lines.told();
  }

  private String told(String function, String place) {
    Matcher unnamed = UNNAMED.matcher(function);
    String name = unnamed.matches() ? names.apply(Integer.parseInt(unnamed.group(1))) : function;
    return place.isEmpty() ? name : name + " (" + place + ")";
  }

  /** A line of the source for each function, as far as there are any; or none at all. */
  private List<String> places(int functions) {
    Footprints left = footprints;
    return left == null ? List.of() : left.lines(functions);
  }

  /** The lines of a stack, of which the innermost are told and the others counted. */
  private static final class Lines {
    private final StringBuilder text = new StringBuilder();
    private int count;
    private @Nullable String last;
    private int times;

    void add(String name) {
      if (name.equals(last)) {
        times++;
      } else {
        end();
        last = name;
        times = 1;
      }
    }

    private void end() {
      if (last != null && count++ < MOST_LINES) {
        text.append("\n  at ").append(last);
        text.append(times > 1 ? " (" + times + " times)" : "");
      }
    }

    String told() {
      end();
      return count > MOST_LINES
          ? text + "\n  ... " + (count - MOST_LINES) + " more"
          : text.toString();
    }
  }
}
