package dev.parigot.release;

import dev.parigot.app.AppId;
import dev.parigot.problem.Problem;
import dev.parigot.secret.Seal;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The releases of all apps. Whatever changes an app's releases holds the app's row, so that changes
 * of one app come one after the other, on every node.
 */
public final class Releases implements Naming {
  private static final int AT_ONCE = 100;
  private static final Release.Changes UNKNOWN =
      new Release.Changes(List.of(), List.of(), List.of(), List.of());

  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private final Clock clock;
  private final ReleaseRows rows;

  /**
   * @param seal encrypts the configuration
   */
  public Releases(JdbcClient jdbc, TransactionTemplate transactions, Clock clock, Seal seal) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.clock = clock;
    this.rows = new ReleaseRows(jdbc, seal);
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
          .param("steps", rows.text(steps))
          .param("id", release.id())
          .update();
      return live;
    });
  }

  /** How long the parts of its deployment took; empty unless it was live. */
  public List<Release.Step> steps(Release release) {
    return jdbc.sql("SELECT steps FROM releases WHERE id = :id")
        .param("id", release.id())
        .query(rows::steps)
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
        .query(rows::release)
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
        .query(rows::release)
        .optional();
  }

  public Optional<Release> byNumber(AppId app, int number) {
    return jdbc.sql("SELECT * FROM releases WHERE app_id = :app AND number = :number")
        .param("app", app.value())
        .param("number", number)
        .query(rows::release)
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
        .query(rows::release)
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
        .query(rows::release)
        .list();
  }

  /** Those of an app. */
  public List<Release> starting(AppId app) {
    return jdbc.sql(
            "SELECT * FROM releases WHERE state = 'STARTING' AND app_id = :app ORDER BY number")
        .param("app", app.value())
        .query(rows::release)
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
              .query(rows::release)
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
            .param("before", ReleaseRows.at(before))
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
        .query(rows::release)
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
    return byId(rows.insert(release, number, changes)).orElseThrow();
  }

  private OffsetDateTime now() {
    return ReleaseRows.at(clock.instant());
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
