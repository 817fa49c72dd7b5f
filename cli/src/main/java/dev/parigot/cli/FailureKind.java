package dev.parigot.cli;

import dev.parigot.local.Verdict;
import dev.parigot.timing.Trial;
import org.jspecify.annotations.Nullable;

/** How a test failed. */
enum FailureKind {
  ASSERTION("failed assertion"),
  ERROR("error"),
  TRAP("trap"),
  DEADLOCK("deadlock"),
  LOST_WAKE_UP("lost wake-up"),
  NO_END("no end"),
  TIME_OUT("time-out");

  /** The code that the checks of the SDKs answer. */
  private static final int CHECK = 417;

  private static final int TIMED_OUT = 408;

  private final String told;

  FailureKind(String told) {
    this.told = told;
  }

  /** Null for a test that passed. */
  static @Nullable FailureKind of(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Passed _ -> null;
      case Verdict.Failed(int code, String _) -> ofCode(code);
      case Verdict.Trapped _ -> TRAP;
      case Verdict.Stalled(String reason) -> ofStall(reason);
    };
  }

  static FailureKind of(Trial.Failure failure) {
    return switch (failure.kind()) {
      case "trap" -> TRAP;
      case "stall" -> ofStall(failure.message());
      default -> ofCode(Integer.parseUnsignedInt(failure.kind()));
    };
  }

  private static FailureKind ofCode(int code) {
    return code == CHECK ? ASSERTION : code == TIMED_OUT ? TIME_OUT : ERROR;
  }

  private static FailureKind ofStall(String reason) {
    for (FailureKind kind : values()) {
      if (reason.startsWith(kind.told + ":")) {
        return kind;
      }
    }
    return NO_END;
  }

  /** As users read it. */
  @Override
  public String toString() {
    return told;
  }
}
