package dev.parigot.replay;

/** A file that is no recording; the message says where, and what was expected. */
public final class MalformedRecording extends RuntimeException {
  /**
   * @param place a line and column, or the way to a value, such as {@code steps[2].request.path}
   */
  MalformedRecording(String place, String what) {
    super(place + ": " + what);
  }
}
