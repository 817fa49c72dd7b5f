package dev.parigot.local;

import dev.parigot.timing.Trial;
import org.jspecify.annotations.Nullable;

/** What became of a test. */
public sealed interface Verdict {
  /** It returned without an error. */
  record Passed() implements Verdict {}

  /** It answered an error: a check that failed, or an error that it passed on. */
  record Failed(int code, String message) implements Verdict {}

  /** The test module itself trapped; {@code reason} names the trap and the stack by function. */
  record Trapped(String reason) implements Verdict {}

  /**
   * Nothing could go on, or it went on without end; {@code reason} begins with how and a colon, as
   * {@link dev.parigot.timing.Stalled} has it.
   */
  record Stalled(String reason) implements Verdict {}

  /** How it failed, as failures are compared; null if it passed. */
  default Trial.@Nullable Failure failure() {
    return switch (this) {
      case Passed _ -> null;
      case Failed(int code, String message) ->
          new Trial.Failure(Integer.toUnsignedString(code), message);
      case Trapped(String reason) -> new Trial.Failure("trap", reason);
      case Stalled(String reason) -> new Trial.Failure("stall", reason);
    };
  }
}
