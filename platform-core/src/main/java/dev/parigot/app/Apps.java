package dev.parigot.app;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parigot.account.AccountId;
import dev.parigot.database.GeneratedId;
import dev.parigot.problem.Problem;
import dev.parigot.secret.Places;
import dev.parigot.secret.Seal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The apps, and their configuration. Whatever takes an account answers as if other accounts' apps
 * did not exist.
 */
public final class Apps {
  private static final String SELECT =
      "SELECT id, name, owner_id, created_at, parent_id, branch FROM apps ";
  private static final int MOST_KNOWN = 10_000;

  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private final Clock clock;
  private final Seal seal;

  /** What every request from outside asks for. An app never changes, it only goes. */
  private final Cache<String, App> known =
      Caffeine.newBuilder().maximumSize(MOST_KNOWN).executor(Runnable::run).build();

  /**
   * @param seal encrypts the configuration
   */
  public Apps(JdbcClient jdbc, TransactionTemplate transactions, Clock clock, Seal seal) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.clock = clock;
    this.seal = seal;
  }

  /** One whose configuration nobody can read after its end. */
  public Apps(JdbcClient jdbc, TransactionTemplate transactions, Clock clock) {
    this(jdbc, transactions, clock, Seal.forOnce());
  }

  /** Makes an app; a 409 {@code Problem} if the name is taken. */
  public App create(AccountId owner, AppName name) {
    Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
    try {
      long id =
          GeneratedId.of(
              jdbc.sql("INSERT INTO apps (owner_id, name, created_at) VALUES (:owner, :name, :at)")
                  .param("owner", owner.value())
                  .param("name", name.value())
                  .param("at", at.atOffset(ZoneOffset.UTC)));
      return new App(new AppId(id), name, owner, at);
    } catch (DuplicateKeyException e) {
      throw Problem.user(
          409,
          "app-name-taken",
          "The name \"" + name + "\" is taken.",
          "App names are shared by all accounts: choose another one.");
    }
  }

  /**
   * The owner's apps by name, those after {@code after} (empty: from the start), at most {@code
   * limit}; each once, however many branches it has in staging.
   */
  public List<App> of(AccountId owner, String after, int limit) {
    return jdbc.sql(
            SELECT
                + """
                WHERE owner_id = :owner AND parent_id IS NULL AND name > :after
                ORDER BY name LIMIT :limit
                """)
        .param("owner", owner.value())
        .param("after", after)
        .param("limit", limit)
        .query((row, _) -> app(row))
        .list();
  }

  /**
   * The owner's app of that name, which may be one in staging; a 404 {@code Problem} if there is
   * none or it is another's.
   */
  public App require(AccountId owner, String name) {
    return byName(name)
        .filter(app -> app.owner().equals(owner))
        .orElseThrow(() -> Problem.notFound("There is no app \"" + name + "\"."));
  }

  /** The same, of what only an app as a whole has, such as its repository and its branches. */
  public App requireProduction(AccountId owner, String name) {
    return Optional.of(require(owner, name))
        .filter(app -> app.situation() instanceof Situation.Production)
        .orElseThrow(() ->
            Problem.user(
                404,
                "in-staging",
                "\"" + name + "\" is the staging of a branch, which has nothing of the kind.",
                "Ask for \"" + new AppName(name).production() + "\" instead."));
  }

  /** The app of that name, whoever owns it: for the gateway, which serves everybody. */
  public Optional<App> byName(String name) {
    return Optional.ofNullable(known.get(name, this::find));
  }

  private @Nullable App find(String name) {
    return AppName.find(name)
        .flatMap(valid ->
            jdbc.sql(SELECT + "WHERE name = :name")
                .param("name", valid.value())
                .query((row, _) -> app(row))
                .optional())
        .orElse(null);
  }

  /** Lets an app of the platform's own, which is in no database, be found by its name. */
  public void lend(App app) {
    known.put(app.name().value(), app);
  }

  /** Ends what {@link #lend} began. */
  public void withdraw(App app) {
    known.invalidate(app.name().value());
  }

  public Optional<App> byId(AppId id) {
    return jdbc.sql(SELECT + "WHERE id = :id")
        .param("id", id.value())
        .query((row, _) -> app(row))
        .optional();
  }

  /** The situations of an app that are not its production, by branch. */
  List<App> staged(AppId of) {
    return jdbc.sql(SELECT + "WHERE parent_id = :app ORDER BY branch")
        .param("app", of.value())
        .query((row, _) -> app(row))
        .list();
  }

  /** Every app in each of its situations; read at start to bring back what was live. */
  public List<App> all() {
    return jdbc.sql(SELECT + "ORDER BY id").query((row, _) -> app(row)).list();
  }

  /** Deletes the app with its releases, configuration and key-value data, and all its staging. */
  public void delete(App app) {
    List<App> staged = staged(app.id());
    jdbc.sql("DELETE FROM apps WHERE id = :id").param("id", app.id().value()).update();
    known.invalidate(app.name().value());
    staged.forEach(each -> known.invalidate(each.name().value()));
  }

  /** The app's own configuration, by key in order. */
  public Map<String, String> config(AppId app) {
    Map<String, String> config = new LinkedHashMap<>();
    jdbc.sql("SELECT name, content, seal_key FROM app_config WHERE app_id = :app ORDER BY name")
        .param("app", app.value())
        .query(row -> {
          String name = row.getString("name");
          Seal.Sealed content =
              new Seal.Sealed(row.getString("seal_key"), row.getString("content"));
          config.put(name, seal.open(content, Places.config(app.value(), name)));
        });
    return config;
  }

  /**
   * Sets the keys whose value is not null and removes the others, all or none; answers the whole
   * configuration afterwards. A {@code Problem} with every mistake if a key or value can't be one.
   */
  public Map<String, String> patchConfig(AppId app, Map<String, @Nullable String> changes) {
    ConfigRules.check(changes);
    return transactions.execute(_ -> {
      lock(app);
      refuseSecrets(app, changes);
      changes.forEach((name, content) -> set(app, name, content));
      Map<String, String> config = config(app);
      ConfigRules.checkWhole(config);
      return config;
    });
  }

  /** What is secret must not become readable by a slip. */
  private void refuseSecrets(AppId app, Map<String, @Nullable String> changes) {
    List<String> secret =
        jdbc
            .sql("SELECT name FROM app_secrets WHERE app_id = :app ORDER BY name")
            .param("app", app.value())
            .query(String.class)
            .list()
            .stream()
            .filter(name -> changes.get(name) != null)
            .toList();
    if (!secret.isEmpty()) {
      throw Problem.user(
          409,
          "config-is-secret",
          String.join(", ", secret) + (secret.size() == 1 ? " is a secret." : " are secrets."),
          "Set it as a secret, or remove the secret first; nothing was changed.");
    }
  }

  /** A {@code Problem} with every mistake if {@link #patchConfig} would refuse the changes. */
  public void checkConfig(AppId app, Map<String, @Nullable String> changes) {
    ConfigRules.check(changes);
    Map<String, String> config = config(app);
    changes.forEach((name, content) -> {
      if (content == null) {
        config.remove(name);
      } else {
        config.put(name, content);
      }
    });
    ConfigRules.checkWhole(config);
  }

  void lock(AppId app) {
    var _ =
        jdbc.sql("SELECT id FROM apps WHERE id = :app FOR UPDATE")
            .param("app", app.value())
            .query(Long.class)
            .optional()
            .orElseThrow(() -> Problem.notFound("The app is no more."));
  }

  private void set(AppId app, String name, @Nullable String content) {
    jdbc.sql("DELETE FROM app_config WHERE app_id = :app AND name = :name")
        .param("app", app.value())
        .param("name", name)
        .update();
    if (content != null) {
      Seal.Sealed sealed = seal.close(content, Places.config(app.value(), name));
      jdbc.sql(
              """
              INSERT INTO app_config (app_id, name, content, seal_key)
              VALUES (:app, :name, :content, :key)
              """)
          .param("app", app.value())
          .param("name", name)
          .param("content", sealed.text())
          .param("key", sealed.key())
          .update();
    }
  }

  private static App app(ResultSet row) throws SQLException {
    return new App(
        new AppId(row.getLong("id")),
        new AppName(row.getString("name")),
        new AccountId(row.getLong("owner_id")),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        situation(row));
  }

  private static Situation situation(ResultSet row) throws SQLException {
    String branch = row.getString("branch");
    return branch == null
        ? new Situation.Production()
        : new Situation.Staging(new AppId(row.getLong("parent_id")), new Branch(branch));
  }
}
