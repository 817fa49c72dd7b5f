package dev.parigot.situation;

import org.jspecify.annotations.Nullable;

/**
 * One call into a service, as it is known to everything that happens on its behalf.
 *
 * @param id unique
 * @param service being called
 * @param caller the service that calls, or null from outside
 * @param deadlineNanos on the situation's monotonic clock
 * @param attempt 1, or more for a redelivery
 * @param traceparent W3C trace context
 * @param user who is signed in where the call began, or null for nobody
 */
public record Call(
    String id,
    String service,
    String method,
    @Nullable String caller,
    long deadlineNanos,
    int attempt,
    String traceparent,
    @Nullable User user) {
  /** A call on behalf of nobody. */
  public Call(
      String id,
      String service,
      String method,
      @Nullable String caller,
      long deadlineNanos,
      int attempt,
      String traceparent) {
    this(id, service, method, caller, deadlineNanos, attempt, traceparent, null);
  }

  /** The same on behalf of another user, or of nobody. */
  public Call as(@Nullable User other) {
    return new Call(id, service, method, caller, deadlineNanos, attempt, traceparent, other);
  }
}
