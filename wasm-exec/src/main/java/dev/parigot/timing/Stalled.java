package dev.parigot.timing;

/** A run can't go on; the message says what each of its tasks waits for, or what has no end. */
public final class Stalled extends RuntimeException {
  Stalled(String message) {
    super(message, null, false, false);
  }
}
