package dev.parigot.engine;

/**
 * A module could not be instantiated; the message says why, for its author. Code 503 of the ABI.
 */
public final class CannotStart extends RuntimeException {
  CannotStart(String message) {
    super(message);
  }

  /** What a call sees for which no instance could be had. */
  public CallOutcome outcome() {
    return CallOutcome.Failed.beforeItBegan(503, String.valueOf(getMessage()));
  }
}
