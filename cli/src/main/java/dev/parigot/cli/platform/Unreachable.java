package dev.parigot.cli.platform;

import org.jspecify.annotations.Nullable;

/** A platform that does not answer; the message says which and why. */
public final class Unreachable extends RuntimeException {
  Unreachable(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
