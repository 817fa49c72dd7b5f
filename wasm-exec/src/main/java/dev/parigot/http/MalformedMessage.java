package dev.parigot.http;

/**
 * Bytes that are no HTTP message, or no output of a CGI program; the message says what is wrong.
 */
public final class MalformedMessage extends RuntimeException {
  MalformedMessage(String message) {
    super(message, null, false, false);
  }

  public String reason() {
    return String.valueOf(getMessage());
  }
}
