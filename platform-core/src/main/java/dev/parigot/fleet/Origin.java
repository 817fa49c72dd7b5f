package dev.parigot.fleet;

import dev.parigot.situation.User;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a call from outside comes from, and what it brings along.
 *
 * @param caller the service of the app that calls, where it runs elsewhere; null if none does
 * @param timeoutNanos how long it may take at most, whatever the service's own timeout is
 * @param traceparent the W3C trace context that it goes on with, or null for a new one
 * @param user who is signed in, or null for nobody
 */
public record Origin(
    @Nullable String caller, long timeoutNanos, @Nullable String traceparent, @Nullable User user) {
  /** Of a request that nothing is known of. */
  public static final Origin UNKNOWN = new Origin(null, Long.MAX_VALUE, null, null);

  private static final Pattern TRACEPARENT =
      Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

  public Origin {
    if (timeoutNanos <= 0) {
      throw new IllegalArgumentException("no time is left");
    }
    if (traceparent != null && !isTraceparent(traceparent)) {
      throw new IllegalArgumentException("no trace context: " + traceparent);
    }
  }

  /** Of a request of that user, or of nobody. */
  public static Origin of(@Nullable User user) {
    return user == null ? UNKNOWN : new Origin(null, Long.MAX_VALUE, null, user);
  }

  /** Whether that is a trace context of version 00, which can be gone on with. */
  public static boolean isTraceparent(String text) {
    return TRACEPARENT.matcher(text).matches();
  }
}
