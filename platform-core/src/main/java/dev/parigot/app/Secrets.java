package dev.parigot.app;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parigot.problem.Problem;
import dev.parigot.secret.Places;
import dev.parigot.secret.Seal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Configuration that is told to an app's services and to nobody else. It is the app's as it is now:
 * a release has none of its own, so that a secret that was removed comes back with no rollback.
 */
public final class Secrets {
  /** Shorter values would be found in texts by chance. */
  private static final int SHORTEST_MASKED = 6;

  private static final String MASK = "***";

  /** How long another node's change may be unknown to {@link #mask}. */
  private static final Duration KNOWN = Duration.ofSeconds(10);

  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private final Clock clock;
  private final Seal seal;
  private final Cache<AppId, List<String>> masked =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(KNOWN).build();

  public Secrets(JdbcClient jdbc, TransactionTemplate transactions, Clock clock, Seal seal) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.clock = clock;
    this.seal = seal;
  }

  /**
   * What may be told of a secret.
   *
   * @param by the e-mail of who set it
   */
  public record Named(String name, Instant setAt, String by) {}

  /** The app's secrets by name, without their values. */
  public List<Named> of(AppId app) {
    return jdbc.sql(
            "SELECT name, set_at, set_by FROM app_secrets WHERE app_id = :app ORDER BY name")
        .param("app", app.value())
        .query((row, _) ->
            new Named(
                row.getString(1),
                row.getObject(2, OffsetDateTime.class).toInstant(),
                row.getString(3)))
        .list();
  }

  /** The values by name, for the app's services. */
  public Map<String, String> values(AppId app) {
    Map<String, String> values = new TreeMap<>();
    jdbc.sql("SELECT name, content, seal_key FROM app_secrets WHERE app_id = :app")
        .param("app", app.value())
        .query(row -> {
          String name = row.getString(1);
          values.put(
              name,
              seal.open(
                  new Seal.Sealed(row.getString(3), row.getString(2)),
                  Places.secret(app.value(), name)));
        });
    return values;
  }

  /**
   * Sets the secrets whose value is not null and removes the others, all or none. One that is set
   * is no other configuration any more. A {@code Problem} with every mistake if a name or value
   * can't be one; it tells no value.
   */
  public void patch(AppId app, Map<String, @Nullable String> changes, String by) {
    ConfigRules.check(changes);
    transactions.executeWithoutResult(_ -> {
      lock(app);
      changes.forEach((name, value) -> set(app, name, value, by));
      ConfigRules.checkWhole(values(app));
    });
    masked.invalidate(app);
  }

  /**
   * The text without the values of the app's secrets, and without any of the lines of those that
   * have several, since logs are written line by line; as far as these have six characters.
   */
  public String mask(AppId app, String text) {
    String result = text;
    for (String secret : masked.get(app, this::maskable)) {
      if (result.contains(secret)) {
        result = result.replace(secret, MASK);
      }
    }
    return result;
  }

  /** The longest first, since one may contain another. */
  private List<String> maskable(AppId app) {
    return values(app).values().stream()
        .flatMap(value -> Stream.concat(Stream.of(value), value.lines().map(String::strip)))
        .filter(value -> value.length() >= SHORTEST_MASKED)
        .distinct()
        .sorted(Comparator.comparing(String::length).reversed())
        .toList();
  }

  private void lock(AppId app) {
    var _ =
        jdbc.sql("SELECT id FROM apps WHERE id = :app FOR UPDATE")
            .param("app", app.value())
            .query(Long.class)
            .optional()
            .orElseThrow(() -> Problem.notFound("The app is no more."));
  }

  private void set(AppId app, String name, @Nullable String value, String by) {
    delete("app_secrets", app, name);
    if (value == null) {
      return;
    }
    delete("app_config", app, name);
    Seal.Sealed sealed = seal.close(value, Places.secret(app.value(), name));
    jdbc.sql(
            """
            INSERT INTO app_secrets (app_id, name, content, seal_key, set_at, set_by)
            VALUES (:app, :name, :content, :key, :at, :by)
            """)
        .param("app", app.value())
        .param("name", name)
        .param("content", sealed.text())
        .param("key", sealed.key())
        .param("at", clock.instant().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC))
        .param("by", by)
        .update();
  }

  private void delete(String table, AppId app, String name) {
    jdbc.sql("DELETE FROM " + table + " WHERE app_id = :app AND name = :name")
        .param("app", app.value())
        .param("name", name)
        .update();
  }
}
