package dev.parigot.account;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A named, revocable secret that stands for its account in REST and git. The secret itself is shown
 * once and not kept.
 */
public record AccessToken(long id, String name, Instant createdAt, @Nullable Instant lastUsedAt) {
  /** A token just made, with its secret. */
  public record Created(long id, String name, String token) {}
}
