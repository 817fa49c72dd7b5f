package dev.parigot.domain;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parigot.account.Throttle;
import dev.parigot.app.App;
import dev.parigot.app.AppId;
import dev.parigot.app.Apps;
import dev.parigot.problem.Problem;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The domains of all apps. One that is proved is one app's alone. */
public final class Domains {
  /** Domains of an app at most. */
  public static final int MOST_OF_AN_APP = 50;

  private static final Logger log = LoggerFactory.getLogger(Domains.class);

  /** How long an app is served that was deleted, or that another node let go. */
  private static final Duration REMEMBERED = Duration.ofSeconds(30);

  private static final int MOST_REMEMBERED = 50_000;

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Duration LATE = Duration.ofHours(1);

  /** As long again as a tenth of the time that it has waited for. */
  private static final int PATIENCE = 10;

  /** What only the name of a staging has: {@code <branch>--<app>}. */
  private static final String STAGING = "--";

  private static final int CHECKS_A_ROUND = 20;
  private static final int CHECKS_IN_A_ROW = 20;
  private static final Duration CHECK_REFILL = Duration.ofSeconds(3);
  private static final int TOKEN_BYTES = 20;
  private static final int LONGEST_FINDING = 1000;

  private static final String SELECT =
      """
      SELECT d.*, c.not_after, c.failure, c.next_try_at
      FROM domains d LEFT JOIN certificates c ON c.domain_id = d.id
      """;

  private final JdbcClient jdbc;
  private final Apps apps;
  private final Records records;
  private final List<String> own;
  private final Clock clock;
  private final SecureRandom random;
  private final Throttle checks;

  /** The apps at proved hosts. */
  private final Cache<String, Optional<App>> known;

  /** Every proved host: whoever asks for another one costs the database nothing. */
  private volatile Set<String> proved = Set.of();

  /**
   * @param own the platform's own domains, which are nobody's, with all names under them
   */
  public Domains(
      JdbcClient jdbc,
      Apps apps,
      Records records,
      List<String> own,
      Clock clock,
      SecureRandom random) {
    this.jdbc = jdbc;
    this.apps = apps;
    this.records = records;
    this.own = List.copyOf(own);
    this.clock = clock;
    this.random = random;
    this.checks = new Throttle(clock, CHECKS_IN_A_ROW, CHECK_REFILL);
    this.known =
        Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterWrite(REMEMBERED)
            .executor(Runnable::run)
            .build();
    readProved();
  }

  private void readProved() {
    proved =
        Set.copyOf(
            jdbc.sql("SELECT proved_host FROM domains WHERE proved_host IS NOT NULL")
                .query(String.class)
                .list());
  }

  private void changed(HostName host) {
    readProved();
    known.invalidate(host.value());
  }

  /**
   * Adds a domain, to be proved. A {@code Problem} if it is none, is the platform's own, is proved
   * by another app, the app has it already, or is the staging of a branch.
   */
  public Domain add(App app, String name, String by) {
    HostName host = HostName.of(name);
    if (app.name().value().contains(STAGING)) {
      throw Problem.user(
          409,
          "in-staging",
          "Only the production of an app has domains, and not the staging of a branch.",
          "Add it to the app itself.");
    }
    if (own.stream().anyMatch(host::isWithin)) {
      throw Problem.user(
          409,
          "domain-of-the-platform",
          "\"" + host + "\" is one of the platform's own names.",
          "Use a domain of yours.");
    }
    if (isAnothers(app.id(), host)) {
      throw taken(host);
    }
    if (of(app.id(), 0, MOST_OF_AN_APP).size() >= MOST_OF_AN_APP) {
      throw Problem.user(
          409,
          "too-many-domains",
          "The app has " + MOST_OF_AN_APP + " domains, which is the most.",
          "Remove one that is not needed.");
    }
    Instant now = now();
    try {
      jdbc.sql(
              """
              INSERT INTO domains (app_id, host, token, made_by, made_at, next_check_at)
              VALUES (:app, :host, :token, :by, :now, :next)
              """)
          .param("app", app.id().value())
          .param("host", host.value())
          .param("token", token())
          .param("by", by)
          .param("now", at(now))
          .param("next", at(now.plus(SOON)))
          .update();
    } catch (DuplicateKeyException e) {
      throw Problem.user(
          409,
          "domain-known",
          "The app has the domain \"" + host + "\" already.",
          "See how it stands with it, or remove it.");
    }
    return require(app, host.value());
  }

  /** The app's domains in the order in which they were added, those after an id. */
  public List<Domain> of(AppId app, long after, int limit) {
    return jdbc.sql(SELECT + "WHERE d.app_id = :app AND d.id > :after ORDER BY d.id LIMIT :limit")
        .param("app", app.value())
        .param("after", after)
        .param("limit", limit)
        .query((row, _) -> domain(row))
        .list();
  }

  /** The app's domain of that name; a 404 {@code Problem} if there is none. */
  public Domain require(App app, String name) {
    return HostName.find(name)
        .flatMap(host ->
            jdbc.sql(SELECT + "WHERE d.app_id = :app AND d.host = :host")
                .param("app", app.id().value())
                .param("host", host.value())
                .query((row, _) -> domain(row))
                .optional())
        .orElseThrow(() -> Problem.notFound("The app has no domain \"" + name + "\"."));
  }

  /**
   * Looks for the domain's record now, and lets a certificate that could not be had be tried again
   * at once. Answers how it then stands; a 429 {@code Problem} if that was asked too often.
   */
  public Domain verify(App app, String name) {
    Domain domain = require(app, name);
    OptionalLong wait = checks.take(String.valueOf(app.id().value()));
    if (wait.isPresent()) {
      throw Problem.user(
          429,
          "too-many-checks",
          "The domains of this app were checked very often.",
          "Try again in " + wait.getAsLong() + " s; they are checked without being asked, too.");
    }
    if (domain.isProved()) {
      jdbc.sql(
              """
              UPDATE certificates SET next_try_at = :now
              WHERE domain_id = :id AND failure IS NOT NULL AND next_try_at > :now
              """)
          .param("now", at(now()))
          .param("id", domain.id())
          .update();
    } else {
      check(domain);
    }
    return require(app, name);
  }

  /** Removes a domain with its certificate: it is not served any more. */
  public void remove(App app, String name) {
    Domain domain = require(app, name);
    jdbc.sql("DELETE FROM domains WHERE id = :id").param("id", domain.id()).update();
    changed(domain.host());
  }

  /** The app that answers under that host, in lower case and without a port. */
  public Optional<App> appAt(String host) {
    return proved.contains(host) ? known.get(host, this::find) : Optional.empty();
  }

  private Optional<App> find(String host) {
    return jdbc.sql("SELECT app_id FROM domains WHERE proved_host = :host")
        .param("host", host)
        .query(Long.class)
        .optional()
        .flatMap(id -> apps.byId(new AppId(id)));
  }

  /** Looks for the records of those that are due, and takes notice of what other nodes did. */
  public void look() {
    readProved();
    List<Domain> due =
        jdbc.sql(
                SELECT
                    + """
                    WHERE d.proved_host IS NULL AND d.next_check_at <= :now
                    ORDER BY d.next_check_at LIMIT :limit
                    """)
            .param("now", at(now()))
            .param("limit", CHECKS_A_ROUND)
            .query((row, _) -> domain(row))
            .list();
    due.forEach(this::check);
  }

  private void check(Domain domain) {
    switch (records.texts(domain.recordName())) {
      case Records.Answer.Unanswered(String why) ->
          found(domain, "The name servers do not answer: " + why + ".");
      case Records.Answer.Found(List<String> texts) -> {
        if (texts.stream().map(String::strip).anyMatch(domain.token()::equals)) {
          prove(domain);
        } else {
          found(
              domain,
              texts.isEmpty()
                  ? "There is no TXT record " + domain.recordName() + " yet."
                  : "The TXT record "
                      + domain.recordName()
                      + " says something else: "
                      + String.join(", ", texts));
        }
      }
    }
  }

  private void found(Domain domain, String finding) {
    Instant now = now();
    Duration waited = Duration.between(domain.at(), now).dividedBy(PATIENCE);
    Duration pause = waited.compareTo(SOON) < 0 ? SOON : waited.compareTo(LATE) > 0 ? LATE : waited;
    jdbc.sql(
            """
            UPDATE domains SET checked_at = :now, next_check_at = :next, finding = :finding
            WHERE id = :id
            """)
        .param("now", at(now))
        .param("next", at(now.plus(pause)))
        .param("finding", finding.substring(0, Math.min(finding.length(), LONGEST_FINDING)))
        .param("id", domain.id())
        .update();
  }

  private void prove(Domain domain) {
    try {
      jdbc.sql(
              """
              UPDATE domains
              SET proved_host = host, proved_at = :now, checked_at = :now, finding = NULL
              WHERE id = :id
              """)
          .param("now", at(now()))
          .param("id", domain.id())
          .update();
      changed(domain.host());
      log.info("The domain {} is proved for app {}", domain.host(), domain.app().value());
    } catch (DuplicateKeyException e) {
      found(domain, taken(domain.host()).what());
    }
  }

  private boolean isAnothers(AppId app, HostName host) {
    return jdbc.sql("SELECT COUNT(*) FROM domains WHERE proved_host = :host AND app_id <> :app")
            .param("host", host.value())
            .param("app", app.value())
            .query(Long.class)
            .single()
        > 0;
  }

  private static Problem taken(HostName host) {
    return Problem.user(
        409,
        "domain-taken",
        "\"" + host + "\" is proved, and served by an app.",
        "Remove it from that app first; a host is one app's at a time.");
  }

  private String token() {
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    return "parigot-" + HexFormat.of().formatHex(bytes);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private static Domain domain(ResultSet row) throws SQLException {
    return new Domain(
        row.getLong("id"),
        new AppId(row.getLong("app_id")),
        new HostName(row.getString("host")),
        row.getString("token"),
        row.getString("made_by"),
        instant(row, "made_at", Instant.EPOCH),
        instant(row, "proved_at"),
        instant(row, "checked_at"),
        row.getString("finding"),
        new Domain.Certification(
            instant(row, "not_after"), row.getString("failure"), instant(row, "next_try_at")));
  }

  private static Instant instant(ResultSet row, String column, Instant absent) throws SQLException {
    Instant found = instant(row, column);
    return found == null ? absent : found;
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
