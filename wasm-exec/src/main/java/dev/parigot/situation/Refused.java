package dev.parigot.situation;

/**
 * Thrown by a capability or an interceptor that won't serve a host call: the guest gets the code
 * and the text as the error of its import.
 */
public final class Refused extends RuntimeException {
  private final int code;

  /** {@code code} is one of the ABI, from 400 to 599. */
  public Refused(int code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  public int code() {
    return code;
  }

  public String message() {
    return String.valueOf(getMessage());
  }
}
