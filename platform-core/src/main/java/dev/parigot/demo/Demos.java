package dev.parigot.demo;

import dev.parigot.app.App;
import dev.parigot.app.AppId;
import dev.parigot.app.Apps;
import dev.parigot.database.GeneratedId;
import dev.parigot.manifest.StartingData;
import dev.parigot.observe.Events;
import dev.parigot.problem.Problem;
import dev.parigot.release.Release;
import dev.parigot.release.Releases;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The demos of all apps. One that was revoked is not found here, but keeps its address. */
public final class Demos {
  /** What whoever shares a demo has to know. */
  public static final String WARNING =
      "Whoever opens it gets the binaries of all services, private ones too, the files of the site, the starting data, and the values of [config] and [config.demo].";

  private static final int MOST_OF_AN_APP = 100;
  private static final String SHARED = "SHARED";
  private static final String PAUSED = "PAUSED";

  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private final Apps apps;
  private final Releases releases;
  private final Contents contents;
  private final Events events;
  private final Clock clock;
  private final SecureRandom random;

  public Demos(
      JdbcClient jdbc,
      TransactionTemplate transactions,
      Apps apps,
      Releases releases,
      Contents contents,
      Events events,
      Clock clock,
      SecureRandom random) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.apps = apps;
    this.releases = releases;
    this.contents = contents;
    this.events = events;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Shares a release, which is wound first: a {@code Problem} if it can't run in a browser.
   *
   * @param number of the release, or null for the one that is live, whichever that is
   * @param startingData as {@link StartingData} reads it; null for what the release brings along
   * @param by the e-mail of who shares it
   */
  public Demo share(
      App app, @Nullable Integer number, byte @Nullable [] startingData, Terms terms, String by) {
    checkExpiry(terms.expires());
    Release release = number == null ? live(app) : shareable(app, number);
    String data = startingData == null ? null : contents.store(startingData);
    String content = contents.of(app, release, data);
    DemoLabel label = DemoLabel.random(random);
    var _ =
        transactions.execute(_ -> {
          releases.hold(release);
          long id = insert(app, label, number, data, terms, by);
          contents.keep(id, release.id(), content);
          return id;
        });
    events.publish(app.id(), Events.Event.DEMO);
    return require(app, label.value());
  }

  /** Newest first, those with an id under {@code before} (0: from the newest). */
  public List<Demo> of(App app, long before, int limit) {
    return jdbc.sql(
            """
            SELECT * FROM demos
            WHERE app_id = :app AND state <> 'REVOKED' AND id < :before
            ORDER BY id DESC LIMIT :limit
            """)
        .param("app", app.id().value())
        .param("before", before == 0 ? Long.MAX_VALUE : before)
        .param("limit", limit)
        .query((row, _) -> demo(row))
        .list();
  }

  /** The app's demo with that label; a 404 {@code Problem} if there is none, or it was revoked. */
  public Demo require(App app, String label) {
    return jdbc.sql(
            "SELECT * FROM demos WHERE app_id = :app AND label = :label AND state <> 'REVOKED'")
        .param("app", app.id().value())
        .param("label", label)
        .query((row, _) -> demo(row))
        .optional()
        .orElseThrow(() -> Problem.notFound("There is no demo \"" + label + "\"."));
  }

  /** Changes the terms of a demo. */
  public Demo change(App app, Demo demo, Terms terms) {
    if (!Objects.equals(terms.expires(), demo.expires())) {
      checkExpiry(terms.expires());
    }
    jdbc.sql(
            """
            UPDATE demos SET name = :name, state = :state, expires_at = :expires
            WHERE id = :id AND state <> 'REVOKED'
            """)
        .param("name", terms.name())
        .param("state", terms.paused() ? PAUSED : SHARED)
        .param("expires", at(terms.expires()))
        .param("id", demo.id())
        .update();
    events.publish(app.id(), Events.Event.DEMO);
    return require(app, demo.label().value());
  }

  /** Ends a demo for good: its address says so from now on. */
  public void revoke(App app, Demo demo) {
    jdbc.sql("UPDATE demos SET state = 'REVOKED' WHERE id = :id").param("id", demo.id()).update();
    events.publish(app.id(), Events.Event.DEMO);
  }

  /** What the address with that label has for a visitor. */
  Shown shown(String label) {
    return DemoLabel.find(label)
        .flatMap(valid ->
            jdbc.sql(
                    """
                    SELECT demos.*, releases.id AS release_id, demo_contents.content
                    FROM demos
                    LEFT JOIN releases ON releases.app_id = demos.app_id
                      AND (releases.number = demos.release_number
                        OR demos.release_number IS NULL AND releases.state = 'LIVE')
                    LEFT JOIN demo_contents ON demo_contents.demo_id = demos.id
                      AND demo_contents.release_id = releases.id
                    WHERE demos.label = :label
                    """)
                .param("label", valid.value())
                .query((row, _) -> row(row))
                .optional())
        .map(this::shown)
        .orElseGet(Shown.Unknown::new);
  }

  /**
   * A row of the table, with what it shows.
   *
   * @param demo null if it was revoked
   */
  private record Row(@Nullable Demo demo, boolean released, @Nullable String content) {}

  private static Row row(ResultSet row) throws SQLException {
    boolean gone = row.getString("state").equals("REVOKED") || row.getObject("app_id") == null;
    return new Row(
        gone ? null : demo(row), row.getObject("release_id") != null, row.getString("content"));
  }

  private Shown shown(Row row) {
    Demo demo = row.demo();
    if (demo == null) {
      return new Shown.Revoked();
    }
    return switch (demo.state(clock.instant())) {
      case EXPIRED -> new Shown.Expired();
      case PAUSED -> new Shown.Paused();
      case OPEN -> {
        if (!row.released()) {
          yield new Shown.Waiting();
        }
        String content = row.content();
        yield new Shown.Running(demo, contents.read(content == null ? first(demo) : content));
      }
    };
  }

  /** The release that a demo shows has become the live one since it was opened last. */
  private String first(Demo demo) {
    App app = apps.byId(demo.app()).orElseThrow(() -> Problem.notFound("The app is no more."));
    Integer number = demo.release();
    Release release = number == null ? live(app) : shareable(app, number);
    String content = contents.of(app, release, demo.startingData());
    contents.keep(demo.id(), release.id(), content);
    return content;
  }

  /** Counts that a browser has loaded the page. */
  void opened(Demo demo) {
    jdbc.sql("UPDATE demos SET opens = opens + 1, last_opened_at = :now WHERE id = :id")
        .param("now", at(clock.instant()))
        .param("id", demo.id())
        .update();
  }

  private Release live(App app) {
    return releases
        .live(app.id())
        .orElseThrow(() ->
            Problem.user(
                409,
                "nothing-deployed",
                "No release of " + app.name() + " is live.",
                "Deploy the app first."));
  }

  private Release shareable(App app, int number) {
    Release release = releases.require(app.id(), number);
    if (release.state() == Release.State.FAILED || release.state() == Release.State.STARTING) {
      throw Problem.user(
          409,
          "release-not-shareable",
          "v" + number + " is " + release.state().name().toLowerCase(Locale.ROOT) + ".",
          "Share a release that is or was live.");
    }
    return release;
  }

  private void checkExpiry(@Nullable Instant expires) {
    if (expires != null && !expires.isAfter(clock.instant())) {
      throw Problem.user(
          400,
          "demo-expired",
          "A demo can't expire in the past.",
          "Give a later time, or none for a demo that does not expire.");
    }
  }

  private long insert(
      App app,
      DemoLabel label,
      @Nullable Integer release,
      @Nullable String data,
      Terms terms,
      String by) {
    long others =
        jdbc.sql("SELECT COUNT(*) FROM demos WHERE app_id = :app AND state <> 'REVOKED'")
            .param("app", app.id().value())
            .query(Long.class)
            .single();
    if (others >= MOST_OF_AN_APP) {
      throw Problem.user(
          409,
          "too-many-demos",
          app.name() + " has " + others + " demos, as many as an app may have.",
          "Revoke those that nobody needs any more.");
    }
    return GeneratedId.of(
        jdbc.sql(
                """
                INSERT INTO demos (label, app_id, name, release_number, starting_data, state, expires_at, made_by, made_at)
                VALUES (:label, :app, :name, :release, :data, :state, :expires, :by, :at)
                """)
            .param("label", label.value())
            .param("app", app.id().value())
            .param("name", terms.name())
            .param("release", release)
            .param("data", data)
            .param("state", terms.paused() ? PAUSED : SHARED)
            .param("expires", at(terms.expires()))
            .param("by", by)
            .param("at", at(clock.instant())));
  }

  private static Demo demo(ResultSet row) throws SQLException {
    return new Demo(
        row.getLong("id"),
        new DemoLabel(row.getString("label")),
        new AppId(row.getLong("app_id")),
        row.getString("name"),
        row.getObject("release_number", Integer.class),
        row.getString("starting_data"),
        row.getString("state").equals(PAUSED),
        instant(row, "expires_at"),
        row.getString("made_by"),
        Objects.requireNonNull(instant(row, "made_at")),
        row.getLong("opens"),
        instant(row, "last_opened_at"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant)
        .orElse(null);
  }

  /** As the databases keep it, in microseconds. */
  private static @Nullable OffsetDateTime at(@Nullable Instant instant) {
    return instant == null ? null : instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }
}
