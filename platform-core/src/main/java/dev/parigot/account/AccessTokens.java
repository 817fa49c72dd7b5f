package dev.parigot.account;

import dev.parigot.database.GeneratedId;
import dev.parigot.problem.Problem;
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
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The access tokens of all accounts; only their hashes are kept. */
public final class AccessTokens {
  /** What every token begins with, so that it is recognised wherever it leaks to. */
  static final String PREFIX = "parigot_";

  private static final int SECRET_BYTES = 32;
  private static final Duration USE_RECORDED_EVERY = Duration.ofMinutes(1);

  private final JdbcClient jdbc;
  private final SecureRandom random;
  private final Clock clock;

  public AccessTokens(JdbcClient jdbc, SecureRandom random, Clock clock) {
    this.jdbc = jdbc;
    this.random = random;
    this.clock = clock;
  }

  /** Makes a token; a {@code Problem} if the name is empty or longer than 100 characters. */
  public AccessToken.Created create(AccountId account, String name) {
    String checked = Names.check(name, "token-name-invalid", "A token's name");
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    String token = PREFIX + HexFormat.of().formatHex(secret);
    long id =
        GeneratedId.of(
            jdbc.sql(
                    """
                    INSERT INTO access_tokens (account_id, name, secret_sha256, created_at)
                    VALUES (:account, :name, :hash, :at)
                    """)
                .param("account", account.value())
                .param("name", checked)
                .param("hash", hash(token))
                .param("at", now()));
    return new AccessToken.Created(id, checked, token);
  }

  /**
   * The account's tokens in order of id, those after {@code after} (0: from the start), at most
   * {@code limit}.
   */
  public List<AccessToken> of(AccountId account, long after, int limit) {
    return jdbc.sql(
            """
            SELECT id, name, created_at, last_used_at FROM access_tokens
            WHERE account_id = :account AND id > :after ORDER BY id LIMIT :limit
            """)
        .param("account", account.value())
        .param("after", after)
        .param("limit", limit)
        .query((row, _) ->
            new AccessToken(
                row.getLong("id"),
                row.getString("name"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                instant(row.getObject("last_used_at", OffsetDateTime.class))))
        .list();
  }

  /** Revokes a token at once; a 404 {@code Problem} if the account has none of that id. */
  public void revoke(AccountId account, long id) {
    int revoked =
        jdbc.sql("DELETE FROM access_tokens WHERE account_id = :account AND id = :id")
            .param("account", account.value())
            .param("id", id)
            .update();
    if (revoked == 0) {
      throw Problem.notFound("There is no access token " + id + ".");
    }
  }

  /** The account that the token stands for. Notes its use, at most once a minute. */
  public Optional<Account> authenticate(String token) {
    if (!token.startsWith(PREFIX)) {
      return Optional.empty();
    }
    return jdbc.sql(
            """
            SELECT a.id, a.email, a.name, a.created_at, t.id AS token_id, t.last_used_at
            FROM access_tokens t JOIN accounts a ON a.id = t.account_id
            WHERE t.secret_sha256 = :hash
            """)
        .param("hash", hash(token))
        .query((row, _) ->
            new Use(
                Accounts.account(row),
                row.getLong("token_id"),
                instant(row.getObject("last_used_at", OffsetDateTime.class))))
        .optional()
        .map(this::recorded);
  }

  private record Use(Account account, long token, @Nullable Instant before) {}

  private Account recorded(Use use) {
    Instant recent = clock.instant().minus(USE_RECORDED_EVERY);
    if (use.before() == null || !use.before().isAfter(recent)) {
      jdbc.sql("UPDATE access_tokens SET last_used_at = :now WHERE id = :id")
          .param("now", now())
          .param("id", use.token())
          .update();
    }
    return use.account();
  }

  private OffsetDateTime now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
    return time == null ? null : time.toInstant();
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
