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
 */
public record Call(
    String id,
    String service,
    String method,
    @Nullable String caller,
    long deadlineNanos,
    int attempt,
    String traceparent) {}
