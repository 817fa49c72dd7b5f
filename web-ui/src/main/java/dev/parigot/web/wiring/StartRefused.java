package dev.parigot.web.wiring;

/** Why the platform can't start, in one line for the terminal of whoever started it. */
public final class StartRefused extends RuntimeException {
  private static final long serialVersionUID = 1;

  StartRefused(String reason) {
    super(reason);
  }

  StartRefused(String reason, Throwable cause) {
    super(reason, cause);
  }
}
