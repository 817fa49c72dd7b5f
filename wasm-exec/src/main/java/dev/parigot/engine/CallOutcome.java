package dev.parigot.engine;

/** What became of one call into a guest. */
public sealed interface CallOutcome {
  /** The method returned. */
  record Returned(byte[] response) implements CallOutcome {}

  /**
   * The method returned an error, or the platform refused the call: a code of the ABI and a text.
   *
   * @param begun whether the call may have had effects; if not, it may be made again
   */
  record Failed(int code, String message, boolean begun) implements CallOutcome {
    public Failed(int code, String message) {
      this(code, message, true);
    }

    /** Of a call that the platform refused before the method was entered. */
    public static Failed beforeItBegan(int code, String message) {
      return new Failed(code, message, false);
    }
  }

  /**
   * The guest trapped, or ended itself; its instance is discarded. {@code reason} names the trap
   * and the guest's stack by function.
   */
  record Trapped(String reason) implements CallOutcome {}

  /** A limit ended the call; its instance is discarded. */
  record LimitReached(Limit limit) implements CallOutcome {}

  /** A limit that can end a call. */
  enum Limit {
    TIME,
    MEMORY
  }

  /** The code of the ABI that a caller sees; 0 for a return. */
  default int code() {
    return switch (this) {
      case Returned _ -> 0;
      case Failed failed -> failed.code();
      case Trapped _ -> 500;
      case LimitReached reached -> reached.limit() == Limit.TIME ? 408 : 507;
    };
  }
}
