package dev.parigot.user;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A user of an app.
 *
 * @param provider the name in the manifest of who vouches for him, or {@link #PASSWORD}
 * @param email as the provider knows it, or null
 * @param emailVerified whether the provider says that it is his
 * @param blockedAt when he was blocked, or null if he is not
 * @param lastSeenAt the last time that he did something, to some minutes, or null if he never did
 */
public record AppUser(
    String id,
    String provider,
    @Nullable String email,
    boolean emailVerified,
    String name,
    @Nullable Instant blockedAt,
    Instant createdAt,
    @Nullable Instant lastSeenAt) {
  /** The provider of those who have a password here. */
  public static final String PASSWORD = "password";

  /** Whether he can't sign in. */
  public boolean blocked() {
    return blockedAt != null;
  }
}
