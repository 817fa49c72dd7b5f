package dev.parigot.release;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import dev.parigot.app.AppId;
import dev.parigot.database.GeneratedId;
import dev.parigot.manifest.Audience;
import dev.parigot.manifest.ChannelRules;
import dev.parigot.manifest.Manifest;
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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The releases of all apps. Whatever changes an app's releases holds the app's row, so that changes
 * of one app come one after the other, on every node.
 */
public final class Releases implements Naming {
  private static final int AT_ONCE = 100;
  private static final TypeReference<List<ReleasedService>> SERVICES = new TypeReference<>() {};
  private static final TypeReference<Map<String, Release.SiteFile>> SITE = new TypeReference<>() {};
  private static final TypeReference<Map<String, String>> CONFIG = new TypeReference<>() {};
  private static final TypeReference<Map<String, String>> DIGESTS = new TypeReference<>() {};
  private static final TypeReference<Map<String, Release.Queue>> QUEUES = new TypeReference<>() {};
  private static final TypeReference<Map<String, Release.Cron>> CRON = new TypeReference<>() {};
  private static final TypeReference<Map<String, Audience>> CHANNELS = new TypeReference<>() {};
  private static final TypeReference<List<String>> HOSTS = new TypeReference<>() {};
  private static final TypeReference<Release.Changes> CHANGES = new TypeReference<>() {};
  private static final TypeReference<List<Release.Step>> STEPS = new TypeReference<>() {};

  private static final String PUSH = "PUSH";
  private static final String ROLLBACK = "ROLLBACK";
  private static final String RECONFIGURATION = "RECONFIGURATION";
  private static final String PROMOTION = "PROMOTION";
  private static final Release.Changes UNKNOWN =
      new Release.Changes(List.of(), List.of(), List.of(), List.of());

  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private final Clock clock;
  private final Seal seal;
  private final JsonMapper json =
      JsonMapper.builder()
          .changeDefaultVisibility(
              found -> found.withIsGetterVisibility(JsonAutoDetect.Visibility.NONE))
          .build();

  /**
   * @param seal encrypts the configuration
   */
  public Releases(JdbcClient jdbc, TransactionTemplate transactions, Clock clock, Seal seal) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.clock = clock;
    this.seal = seal;
  }

  /** One whose configuration nobody can read after its end. */
  public Releases(JdbcClient jdbc, TransactionTemplate transactions, Clock clock) {
    this(jdbc, transactions, clock, Seal.forOnce());
  }

  /**
   * Stores what was pushed as the next release of the app, in state STARTING; the number is taken
   * in the same transaction, and its changes are told against the release that is live at that
   * moment. A 404 {@code Problem} if the app was deleted meanwhile.
   */
  public Release create(AppId app, @Nullable String commit, String by, Release.Contents contents) {
    return transactions.execute(_ ->
        insertNext(
            new Release(
                0,
                app,
                0,
                Release.State.STARTING,
                new Release.Origin.Push(),
                commit,
                by,
                clock.instant(),
                null,
                contents,
                UNKNOWN)));
  }

  /**
   * Stores the artifacts of an earlier release, which may be one of the app in another situation,
   * as the next one, in state STARTING. A 404 {@code Problem} if the app or that release was
   * removed meanwhile.
   */
  public Release createAgain(
      AppId app, Release earlier, Release.Origin origin, Map<String, String> config, String by) {
    return transactions.execute(_ -> {
      hold(earlier);
      return insertNext(
          new Release(
              0,
              app,
              0,
              Release.State.STARTING,
              origin,
              earlier.commit(),
              by,
              clock.instant(),
              null,
              earlier.contents().withConfig(config),
              UNKNOWN));
    });
  }

  /** Notes that all that is new in it has been started, and is well. */
  public void markProved(Release release) {
    jdbc.sql("UPDATE releases SET proved = TRUE WHERE id = :id").param("id", release.id()).update();
  }

  public boolean isProved(Release release) {
    return jdbc.sql("SELECT proved FROM releases WHERE id = :id")
        .param("id", release.id())
        .query(Boolean.class)
        .optional()
        .orElse(false);
  }

  /** {@link #markLive(Release, List, Runnable)} with nothing to be told or done. */
  public Release markLive(Release release) {
    return markLive(release, List.of(), () -> {});
  }

  /**
   * Makes it the live release, and the one that was live replaced, in one transaction; does nothing
   * if it is live already, so that whoever lost the answer can ask again. A 409 {@code Problem} if
   * it has failed.
   *
   * @param steps how long the parts of its deployment took
   * @param along what else has to be true in the moment in which it is live; part of the
   *     transaction
   */
  public Release markLive(Release release, List<Release.Step> steps, Runnable along) {
    return transactions.execute(_ -> {
      lock(release.app());
      jdbc.sql(
              """
              UPDATE releases SET state = 'REPLACED', ended_at = :now
              WHERE app_id = :app AND state = 'LIVE' AND id <> :id
              """)
          .param("app", release.app().value())
          .param("id", release.id())
          .param("now", now())
          .update();
      along.run();
      Release live = leaveStarting(release, Release.State.LIVE, null);
      jdbc.sql("UPDATE releases SET steps = :steps, ended_at = NULL WHERE id = :id")
          .param("steps", json.writeValueAsString(steps))
          .param("id", release.id())
          .update();
      return live;
    });
  }

  /** How long the parts of its deployment took; empty unless it was live. */
  public List<Release.Step> steps(Release release) {
    return jdbc.sql("SELECT steps FROM releases WHERE id = :id")
        .param("id", release.id())
        .query((row, _) -> json.readValue(row.getString("steps"), STEPS))
        .optional()
        .orElse(List.of());
  }

  /** Ends its start; a 409 {@code Problem} if it is not one that is being started. */
  public Release markFailed(Release release, String why) {
    return transactions.execute(_ -> {
      lock(release.app());
      return leaveStarting(release, Release.State.FAILED, why.replace('\0', '\uFFFD'));
    });
  }

  public Optional<Release> live(AppId app) {
    return jdbc.sql("SELECT * FROM releases WHERE app_id = :app AND state = 'LIVE'")
        .param("app", app.value())
        .query((row, _) -> release(row))
        .optional();
  }

  /** The newest of those that were live before it; such that it tells what the release changed. */
  public Optional<Release> before(Release release) {
    return jdbc.sql(
            """
            SELECT * FROM releases
            WHERE app_id = :app AND number < :number AND state IN ('LIVE', 'REPLACED')
            ORDER BY number DESC LIMIT 1
            """)
        .param("app", release.app().value())
        .param("number", release.number())
        .query((row, _) -> release(row))
        .optional();
  }

  public Optional<Release> byNumber(AppId app, int number) {
    return jdbc.sql("SELECT * FROM releases WHERE app_id = :app AND number = :number")
        .param("app", app.value())
        .param("number", number)
        .query((row, _) -> release(row))
        .optional();
  }

  /** The release of that number; a 404 {@code Problem} if there is none, or none any more. */
  public Release require(AppId app, int number) {
    return byNumber(app, number)
        .orElseThrow(() -> number > newest(app) ? none(number) : noMore(number));
  }

  private int newest(AppId app) {
    return jdbc.sql("SELECT last_release FROM apps WHERE id = :app")
        .param("app", app.value())
        .query(Integer.class)
        .optional()
        .orElse(0);
  }

  /**
   * Newest first, those with a number under {@code before} (0: from the newest), at most {@code
   * limit}.
   */
  public List<Release> of(AppId app, int before, int limit) {
    return jdbc.sql(
            """
            SELECT * FROM releases WHERE app_id = :app AND number < :before
            ORDER BY number DESC LIMIT :limit
            """)
        .param("app", app.value())
        .param("before", before == 0 ? Integer.MAX_VALUE : before)
        .param("limit", limit)
        .query((row, _) -> release(row))
        .list();
  }

  /** The apps whose live release has schedules. */
  public List<AppId> scheduled() {
    return jdbc.sql("SELECT app_id FROM releases WHERE state = 'LIVE' AND cron <> '{}'")
        .query((row, _) -> new AppId(row.getLong(1)))
        .list();
  }

  /** Those that were being started when the platform last ended. */
  public List<Release> starting() {
    return jdbc.sql("SELECT * FROM releases WHERE state = 'STARTING' ORDER BY id")
        .query((row, _) -> release(row))
        .list();
  }

  /** Those of an app. */
  public List<Release> starting(AppId app) {
    return jdbc.sql(
            "SELECT * FROM releases WHERE state = 'STARTING' AND app_id = :app ORDER BY number")
        .param("app", app.value())
        .query((row, _) -> release(row))
        .list();
  }

  @Override
  public void tell(Consumer<String> digests) {
    long after = 0;
    List<Release> part;
    do {
      part =
          jdbc.sql("SELECT * FROM releases WHERE id > :after ORDER BY id LIMIT :limit")
              .param("after", after)
              .param("limit", AT_ONCE)
              .query((row, _) -> release(row))
              .list();
      for (Release release : part) {
        after = release.id();
        release.contents().digests().forEach(digests);
      }
    } while (part.size() == AT_ONCE);
  }

  /**
   * Removes, of each app, the releases beyond the {@code kept} newest that are or were live and the
   * {@code kept} newest that failed. A live one stays, and one that a demo shows, and one that
   * ended after {@code before}. Answers how many that were.
   */
  int removeBeyond(int kept, Instant before) {
    record Beyond(long id, AppId app) {}
    List<Beyond> beyond =
        jdbc.sql(
                """
                SELECT id, app_id FROM (
                  SELECT id, app_id, state, COALESCE(ended_at, made_at) AS ended, ROW_NUMBER() OVER (
                    PARTITION BY app_id, CASE WHEN state = 'FAILED' THEN 1 ELSE 0 END
                    ORDER BY number DESC) AS place
                  FROM releases WHERE state <> 'STARTING') ranked
                WHERE place > :kept AND state <> 'LIVE' AND ended < :before
                ORDER BY id
                """)
            .param("kept", kept)
            .param("before", at(before))
            .query((row, _) -> new Beyond(row.getLong("id"), new AppId(row.getLong("app_id"))))
            .list();
    int removed = 0;
    for (Beyond each : beyond) {
      removed += transactions.execute(_ -> removeUnlessShown(each.app(), each.id()));
    }
    return removed;
  }

  /** Whoever makes something of a release holds the app's row, too: see {@link #hold}. */
  private int removeUnlessShown(AppId app, long id) {
    if (!tryLock(app)) {
      return 0;
    }
    return jdbc.sql(
            """
            DELETE FROM releases WHERE id = :id AND NOT EXISTS (
              SELECT 1 FROM demos WHERE demos.app_id = releases.app_id
                AND demos.release_number = releases.number AND demos.state <> 'REVOKED')
            """)
        .param("id", id)
        .update();
  }

  private Optional<Release> byId(long id) {
    return jdbc.sql("SELECT * FROM releases WHERE id = :id")
        .param("id", id)
        .query((row, _) -> release(row))
        .optional();
  }

  /** Numbers are never given twice, not even to the successor of a release that failed. */
  private int nextNumber(AppId app) {
    jdbc.sql("UPDATE apps SET last_release = last_release + 1 WHERE id = :app")
        .param("app", app.value())
        .update();
    return jdbc.sql("SELECT last_release FROM apps WHERE id = :app")
        .param("app", app.value())
        .query(Integer.class)
        .optional()
        .orElseThrow(Releases::noApp);
  }

  private void lock(AppId app) {
    if (!tryLock(app)) {
      throw noApp();
    }
  }

  private boolean tryLock(AppId app) {
    return jdbc.sql("SELECT id FROM apps WHERE id = :app FOR UPDATE")
        .param("app", app.value())
        .query(Long.class)
        .optional()
        .isPresent();
  }

  /**
   * To be called in a transaction that makes something of a release: finds it kept, and keeps it
   * until the transaction ends. A 404 {@code Problem} if it was removed.
   */
  public void hold(Release release) {
    lock(release.app());
    if (byId(release.id()).isEmpty()) {
      throw noMore(release.number());
    }
  }

  private Release leaveStarting(Release release, Release.State state, @Nullable String failure) {
    int changed =
        jdbc.sql(
                """
                UPDATE releases SET state = :state, failure = :failure, ended_at = :now
                WHERE id = :id AND state = 'STARTING'
                """)
            .param("now", now())
            .param("state", state.name())
            .param("failure", failure)
            .param("id", release.id())
            .update();
    Release now = byId(release.id()).orElseThrow(Releases::noApp);
    if (changed == 0 && now.state() != state) {
      throw Problem.user(
          409,
          "release-not-starting",
          "Release v%d is not being started: it is %s."
              .formatted(now.number(), now.state().name().toLowerCase(Locale.ROOT)),
          "Deploy again.");
    }
    return now;
  }

  /** Takes a number for the release, compares it with the live one, and stores it. */
  private Release insertNext(Release release) {
    int number = nextNumber(release.app());
    Release.Changes changes = Release.Changes.between(live(release.app()), release.contents());
    long id = insert(release, number, changes);
    return byId(id).orElseThrow();
  }

  private long insert(Release release, int number, Release.Changes changes) {
    @Nullable Integer rolledBackTo =
        release.origin() instanceof Release.Origin.Rollback rollback ? rollback.number() : null;
    Release.Origin.@Nullable Promotion promotion =
        release.origin() instanceof Release.Origin.Promotion found ? found : null;
    Seal.Sealed config =
        seal.close(
            json.writeValueAsString(release.config()),
            Places.release(release.app().value(), number));
    return GeneratedId.of(
        jdbc.sql(
                """
                INSERT INTO releases (app_id, number, state, origin, rolled_back_to, promoted_branch, promoted_number,
                  commit_id, made_by, made_at, services, site, site_service, config, seal_key, queues, cron, channels, outbound, manifest, starting_data, tests, sign_in, changes)
                VALUES (:app, :number, :state, :origin, :rolledBackTo, :promotedBranch, :promotedNumber,
                  :commit, :by, :at, :services, :site, :siteService, :config, :sealKey, :queues, :cron, :channels, :outbound, :manifest, :startingData, :tests, :signIn, :changes)
                """)
            .param("app", release.app().value())
            .param("number", number)
            .param("state", release.state().name())
            .param("origin", word(release.origin()))
            .param("rolledBackTo", rolledBackTo)
            .param("promotedBranch", promotion == null ? null : promotion.branch())
            .param("promotedNumber", promotion == null ? null : promotion.number())
            .param("commit", release.commit())
            .param("by", release.by())
            .param("at", at(release.at()))
            .param("services", json.writeValueAsString(release.services()))
            .param("site", json.writeValueAsString(release.site()))
            .param("siteService", release.siteService())
            .param("config", config.text())
            .param("sealKey", config.key())
            .param("queues", json.writeValueAsString(release.contents().queues()))
            .param("cron", json.writeValueAsString(release.contents().cron()))
            .param("channels", json.writeValueAsString(release.contents().channels().audiences()))
            .param("outbound", json.writeValueAsString(release.contents().outbound()))
            .param("manifest", release.contents().manifest())
            .param("startingData", release.contents().startingData())
            .param("tests", json.writeValueAsString(release.contents().tests()))
            .param("signIn", json.writeValueAsString(release.contents().signIn()))
            .param("changes", json.writeValueAsString(changes)));
  }

  private Release release(ResultSet row) throws SQLException {
    return new Release(
        row.getLong("id"),
        new AppId(row.getLong("app_id")),
        row.getInt("number"),
        Release.State.valueOf(row.getString("state")),
        origin(row),
        row.getString("commit_id"),
        row.getString("made_by"),
        row.getObject("made_at", OffsetDateTime.class).toInstant(),
        row.getString("failure"),
        new Release.Contents(
            json.readValue(row.getString("services"), SERVICES),
            json.readValue(row.getString("site"), SITE),
            row.getString("site_service"),
            config(row),
            json.readValue(row.getString("queues"), QUEUES),
            json.readValue(row.getString("cron"), CRON),
            new ChannelRules(json.readValue(row.getString("channels"), CHANNELS)),
            json.readValue(row.getString("outbound"), HOSTS),
            row.getString("manifest"),
            row.getString("starting_data"),
            json.readValue(row.getString("tests"), DIGESTS),
            signIn(row.getString("sign_in"))),
        json.readValue(row.getString("changes"), CHANGES));
  }

  private Manifest.SignIn signIn(@Nullable String text) {
    return text == null ? Manifest.SignIn.DEFAULT : json.readValue(text, Manifest.SignIn.class);
  }

  private OffsetDateTime now() {
    return at(clock.instant());
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }

  private Map<String, String> config(ResultSet row) throws SQLException {
    Seal.Sealed sealed = new Seal.Sealed(row.getString("seal_key"), row.getString("config"));
    String place = Places.release(row.getLong("app_id"), row.getInt("number"));
    return json.readValue(seal.open(sealed, place), CONFIG);
  }

  private static String word(Release.Origin origin) {
    return switch (origin) {
      case Release.Origin.Push _ -> PUSH;
      case Release.Origin.Rollback _ -> ROLLBACK;
      case Release.Origin.Reconfiguration _ -> RECONFIGURATION;
      case Release.Origin.Promotion _ -> PROMOTION;
    };
  }

  private static Release.Origin origin(ResultSet row) throws SQLException {
    String word = row.getString("origin");
    return switch (word) {
      case PUSH -> new Release.Origin.Push();
      case ROLLBACK -> new Release.Origin.Rollback(row.getInt("rolled_back_to"));
      case RECONFIGURATION -> new Release.Origin.Reconfiguration();
      case PROMOTION ->
          new Release.Origin.Promotion(
              row.getString("promoted_branch"), row.getInt("promoted_number"));
      default -> throw new IllegalStateException("a release of the origin " + word);
    };
  }

  private static Problem none(int number) {
    return Problem.notFound("There is no release v" + number + ".");
  }

  private static Problem noMore(int number) {
    return Problem.notFound("v" + number + " is no more: the newest releases are kept.");
  }

  private static Problem noApp() {
    return Problem.notFound("The app is no more.");
  }
}
