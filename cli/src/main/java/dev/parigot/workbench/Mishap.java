package dev.parigot.workbench;

import dev.parigot.engine.CallOutcome;

/** A call that trapped, met a limit or found no instance: what its developer wants to see. */
record Mishap(String service, String method, CallOutcome outcome) {
  /** Whether an outcome is one. An error that a guest returned is not. */
  static boolean is(CallOutcome outcome) {
    return outcome instanceof CallOutcome.Trapped || outcome instanceof CallOutcome.LimitReached;
  }

  String callee() {
    return service + "." + method;
  }

  /** What happened, in a line. */
  String title() {
    return switch (outcome) {
      case CallOutcome.Returned _ -> callee() + " returned";
      case CallOutcome.Failed(int code, String _, boolean _) ->
          callee() + " failed with " + Integer.toUnsignedString(code);
      case CallOutcome.Trapped _ -> callee() + " trapped";
      case CallOutcome.LimitReached(CallOutcome.Limit limit) ->
          callee() + (limit == CallOutcome.Limit.TIME ? " took too long" : " ran out of memory");
    };
  }

  /** Why, and the guest's stack on lines of their own, if there is one. */
  String reason() {
    return switch (outcome) {
      case CallOutcome.Failed(int _, String message, boolean _) -> message;
      case CallOutcome.Trapped(String reason) -> reason;
      default -> "";
    };
  }

  String text() {
    return reason().isEmpty() ? title() : title() + ": " + reason();
  }
}
