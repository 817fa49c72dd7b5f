package dev.parigot.queue;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message that nothing delivers any more.
 *
 * @param failedAt when it was given up; null if it is older than that is noted
 * @param attempts how often it was delivered
 * @param failure how the last attempt ended, in words; null if it is older than that is noted
 * @param bytes its size
 */
public record DeadMessage(
    long id,
    Instant sentAt,
    @Nullable Instant failedAt,
    int attempts,
    @Nullable String failure,
    int bytes) {}
