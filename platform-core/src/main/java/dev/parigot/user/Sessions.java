package dev.parigot.user;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parigot.app.AppId;
import dev.parigot.situation.User;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * In which users are signed in: each ends {@link #LENGTH} after it was last used. Who is signed in
 * is remembered for {@link #KNOWN}, and forgotten at once when it changes on this node.
 */
final class Sessions {
  static final Duration LENGTH = Duration.ofDays(30);

  /** How long another node's change may be unknown. */
  static final Duration KNOWN = Duration.ofSeconds(5);

  /** How exact the end of a session is, and a user's last time. */
  private static final Duration PROLONGED_EVERY = Duration.ofDays(1);

  private static final Duration SEEN_EVERY = Duration.ofMinutes(5);

  private static final int TOKEN_BYTES = 32;
  private static final int TOKEN_LENGTH = 43;
  private static final int MOST_KNOWN = 100_000;

  private final JdbcClient jdbc;
  private final SecureRandom random;
  private final Clock clock;
  private final Cache<Key, Optional<User>> known =
      Caffeine.newBuilder()
          .maximumSize(MOST_KNOWN)
          .expireAfterWrite(KNOWN)
          .executor(Runnable::run)
          .build();

  /** Counts what has ended sessions: who was looked up meanwhile may be gone. */
  private final AtomicLong changes = new AtomicLong();

  private record Key(AppId app, String hash) {}

  Sessions(JdbcClient jdbc, SecureRandom random, Clock clock) {
    this.jdbc = jdbc;
    this.random = random;
    this.clock = clock;
  }

  /** Begins one; answers what the browser keeps, which is nowhere else. */
  String begin(String user) {
    byte[] secret = new byte[TOKEN_BYTES];
    random.nextBytes(secret);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    Instant now = clock.instant();
    jdbc.sql(
            """
            INSERT INTO user_sessions (token_sha256, user_id, created_at, expires_at)
            VALUES (:hash, :user, :now, :end)
            """)
        .param("hash", hash(token))
        .param("user", user)
        .param("now", at(now))
        .param("end", at(now.plus(LENGTH)))
        .update();
    return token;
  }

  /** Who is signed in to that app by it. */
  Optional<User> user(AppId app, String token) {
    if (token.length() != TOKEN_LENGTH) {
      return Optional.empty();
    }
    Key key = new Key(app, hash(token));
    long before = changes.get();
    Optional<User> found = known.get(key, this::find);
    if (changes.get() != before) {
      known.invalidate(key);
      return find(key);
    }
    return found;
  }

  private record Found(User user, OffsetDateTime expiresAt, @Nullable OffsetDateTime lastSeenAt) {}

  private Optional<User> find(Key key) {
    Optional<Found> found =
        jdbc.sql(
                """
                SELECT u.*, s.expires_at FROM user_sessions s JOIN app_users u ON u.id = s.user_id
                WHERE s.token_sha256 = :hash AND u.app_id = :app AND u.blocked_at IS NULL
                  AND s.expires_at > :now
                """)
            .param("hash", key.hash())
            .param("app", key.app().value())
            .param("now", at(clock.instant()))
            .query((row, _) ->
                new Found(
                    Claims.user(row),
                    row.getObject("expires_at", OffsetDateTime.class),
                    row.getObject("last_seen_at", OffsetDateTime.class)))
            .optional();
    found.ifPresent(each -> used(key, each));
    return found.map(Found::user);
  }

  private void used(Key key, Found found) {
    Instant now = clock.instant();
    Instant seen = found.lastSeenAt() == null ? Instant.MIN : found.lastSeenAt().toInstant();
    if (seen.isBefore(now.minus(SEEN_EVERY))) {
      jdbc.sql("UPDATE app_users SET last_seen_at = :now WHERE id = :id")
          .param("now", at(now))
          .param("id", found.user().id())
          .update();
    }
    Instant end = now.plus(LENGTH);
    if (found.expiresAt().toInstant().isBefore(end.minus(PROLONGED_EVERY))) {
      jdbc.sql("UPDATE user_sessions SET expires_at = :end WHERE token_sha256 = :hash")
          .param("end", at(end))
          .param("hash", key.hash())
          .update();
    }
  }

  /** Ends one, if it is one. */
  void end(AppId app, String token) {
    String hash = hash(token);
    jdbc.sql("DELETE FROM user_sessions WHERE token_sha256 = :hash").param("hash", hash).update();
    changes.incrementAndGet();
    known.invalidate(new Key(app, hash));
  }

  /** Ends all of a user, who may be gone already. */
  void endAll(String user) {
    jdbc.sql("DELETE FROM user_sessions WHERE user_id = :user").param("user", user).update();
    changes.incrementAndGet();
    known.asMap().values().removeIf(each -> each.filter(it -> it.id().equals(user)).isPresent());
  }

  /** Removes those that have ended; answers how many. */
  int sweep() {
    return jdbc.sql("DELETE FROM user_sessions WHERE expires_at < :now")
        .param("now", at(clock.instant()))
        .update();
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }

  /** A token has 256 random bits: a plain hash can't be guessed back. */
  private static String hash(String token) {
    try {
      byte[] sum =
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(sum);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
