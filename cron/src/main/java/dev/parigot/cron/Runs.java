package dev.parigot.cron;

import dev.parigot.app.AppId;
import dev.parigot.database.GeneratedId;
import dev.parigot.history.Legal;
import dev.parigot.manifest.Manifest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The history of all schedules, in the relational database: what decides, among all nodes, whether
 * a tick has its run already.
 */
final class Runs {
  /** Of one schedule. */
  static final int MOST_KEPT = 100;

  private static final int LONGEST_SAID = 4_000;

  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;

  Runs(JdbcClient jdbc, TransactionTemplate transactions) {
    this.jdbc = jdbc;
    this.transactions = transactions;
  }

  /**
   * A tick that has come.
   *
   * @param due the tick, or the last one of several that are made up for at once
   * @param missed how many came before {@code due} without a run
   * @param since the first of these, or null
   */
  record Tick(AppId app, String job, Instant due, int missed, @Nullable Instant since) {}

  /**
   * Begins the run of a tick, as far as {@code overlap} lets it: if not, the run has ended as
   * skipped. Empty if the tick has a run, or the app is gone.
   */
  Optional<Run> begin(Tick tick, Manifest.Overlap overlap, Instant now) {
    return transactions.execute(_ -> begun(tick, overlap, now));
  }

  private Optional<Run> begun(Tick tick, Manifest.Overlap overlap, Instant now) {
    if (!lock(tick.app()) || exists(tick)) {
      return Optional.empty();
    }
    boolean busy = isRunning(tick.app(), tick.job());
    boolean skipped = !Legal.mayRun(overlap, busy);
    if (Legal.replaces(overlap, busy)) {
      end(tick.app(), tick.job(), Run.Outcome.CANCELLED, "the next one was due", now);
    }
    long id =
        GeneratedId.of(
            insert(tick.app(), tick.job(), now, skipped ? Run.Outcome.SKIPPED : Run.Outcome.RUNNING)
                .param("due", utc(tick.due()))
                .param("by", null)
                .param("missed", tick.missed())
                .param("since", tick.since() == null ? null : utc(tick.since()))
                .param("ended", skipped ? utc(now) : null)
                .param("said", skipped ? "the call before still ran" : null));
    prune(tick.app(), tick.job());
    return byId(id);
  }

  /** Begins a run that somebody asked for. */
  Run begin(AppId app, String job, String by, Instant now) {
    long id =
        GeneratedId.of(
            insert(app, job, now, Run.Outcome.RUNNING)
                .param("due", null)
                .param("by", by)
                .param("missed", 0)
                .param("since", null)
                .param("ended", null)
                .param("said", null));
    prune(app, job);
    return byId(id).orElseThrow();
  }

  private JdbcClient.StatementSpec insert(AppId app, String job, Instant now, Run.Outcome outcome) {
    return jdbc.sql(
            """
            INSERT INTO cron_runs
              (app_id, job, due_at, asked_by, missed, missed_since, begun_at, ended_at, outcome, said)
            VALUES (:app, :job, :due, :by, :missed, :since, :begun, :ended, :outcome, :said)
            """)
        .param("app", app.value())
        .param("job", job)
        .param("begun", utc(now))
        .param("outcome", outcome.name());
  }

  /** Notes the call that a run is about to make; false if the run has been ended meanwhile. */
  boolean calls(Run run, int release, String call, String traceparent) {
    return jdbc.sql(
                """
                UPDATE cron_runs SET release_number = :release, call_id = :call, traceparent = :trace
                WHERE id = :id AND outcome = 'RUNNING'
                """)
            .param("release", release)
            .param("call", call)
            .param("trace", traceparent)
            .param("id", run.id())
            .update()
        == 1;
  }

  /** Whether nobody has ended it. */
  boolean isRunning(Run run) {
    return byId(run.id()).filter(now -> now.outcome() == Run.Outcome.RUNNING).isPresent();
  }

  /** How a run that nobody has ended ends. */
  record End(Run.Outcome outcome, @Nullable Integer code, @Nullable String said) {}

  /** Ends a run, unless somebody else did; what it wrote is kept either way. */
  void end(Run run, End end, String log, Instant now) {
    jdbc.sql("UPDATE cron_runs SET log = :log WHERE id = :id")
        .param("log", clean(log))
        .param("id", run.id())
        .update();
    jdbc.sql(
            """
            UPDATE cron_runs SET outcome = :outcome, code = :code, said = :said, ended_at = :now
            WHERE id = :id AND outcome = 'RUNNING'
            """)
        .param("outcome", end.outcome().name())
        .param("code", end.code())
        .param("said", end.said() == null ? null : cut(clean(end.said())))
        .param("now", utc(now))
        .param("id", run.id())
        .update();
  }

  /** Ends the scheduled runs of a job that are under way. */
  private void end(AppId app, String job, Run.Outcome outcome, String said, Instant now) {
    jdbc.sql(
            """
            UPDATE cron_runs SET outcome = :outcome, said = :said, ended_at = :now
            WHERE app_id = :app AND job = :job AND outcome = 'RUNNING' AND due_at IS NOT NULL
            """)
        .param("outcome", outcome.name())
        .param("said", said)
        .param("now", utc(now))
        .param("app", app.value())
        .param("job", job)
        .update();
  }

  /** The run that was begun for a tick, or for several of which it was the first. */
  Optional<Run> of(AppId app, String job, Instant tick) {
    return jdbc.sql(
            """
            SELECT * FROM cron_runs
            WHERE app_id = :app AND job = :job AND (due_at = :tick OR missed_since = :tick)
            """)
        .param("app", app.value())
        .param("job", job)
        .param("tick", utc(tick))
        .query((row, _) -> run(row))
        .optional();
  }

  /** Ends what has been under way since before a moment. */
  void loseBefore(Instant moment, String said, Instant now) {
    jdbc.sql(
            """
            UPDATE cron_runs SET outcome = 'LOST', said = :said, ended_at = :now
            WHERE outcome = 'RUNNING' AND begun_at < :moment
            """)
        .param("said", said)
        .param("now", utc(now))
        .param("moment", utc(moment))
        .update();
  }

  /**
   * The runs of a job, newest first, those with an id under {@code before} (0: from the newest), at
   * most {@code limit}.
   */
  List<Run> of(AppId app, String job, long before, int limit) {
    return jdbc.sql(
            """
            SELECT * FROM cron_runs WHERE app_id = :app AND job = :job AND id < :before
            ORDER BY id DESC LIMIT :limit
            """)
        .param("app", app.value())
        .param("job", job)
        .param("before", before == 0 ? Long.MAX_VALUE : before)
        .param("limit", limit)
        .query((row, _) -> run(row))
        .list();
  }

  /** The newest run of each job. */
  Map<String, Run> newest(AppId app) {
    Map<String, Run> newest = new HashMap<>();
    jdbc.sql(
            """
            SELECT * FROM cron_runs WHERE id IN (
              SELECT MAX(id) FROM cron_runs WHERE app_id = :app GROUP BY job)
            """)
        .param("app", app.value())
        .query((row, _) -> run(row))
        .list()
        .forEach(run -> newest.put(run.job(), run));
    return newest;
  }

  Optional<Run> byId(long id) {
    return jdbc.sql("SELECT * FROM cron_runs WHERE id = :id")
        .param("id", id)
        .query((row, _) -> run(row))
        .optional();
  }

  /** The same, if it is a run of that job. */
  Optional<Run> byId(AppId app, String job, long id) {
    return jdbc.sql("SELECT * FROM cron_runs WHERE id = :id AND app_id = :app AND job = :job")
        .param("id", id)
        .param("app", app.value())
        .param("job", job)
        .query((row, _) -> run(row))
        .optional();
  }

  /** Two nodes that begin runs of one app come one after the other. */
  private boolean lock(AppId app) {
    return jdbc.sql("SELECT id FROM apps WHERE id = :app FOR UPDATE")
        .param("app", app.value())
        .query(Long.class)
        .optional()
        .isPresent();
  }

  private boolean exists(Tick tick) {
    return jdbc.sql("SELECT id FROM cron_runs WHERE app_id = :app AND job = :job AND due_at = :due")
        .param("app", tick.app().value())
        .param("job", tick.job())
        .param("due", utc(tick.due()))
        .query(Long.class)
        .optional()
        .isPresent();
  }

  private boolean isRunning(AppId app, String job) {
    return jdbc.sql(
                """
                SELECT COUNT(*) FROM cron_runs
                WHERE app_id = :app AND job = :job AND outcome = 'RUNNING' AND due_at IS NOT NULL
                """)
            .param("app", app.value())
            .param("job", job)
            .query(Long.class)
            .single()
        > 0;
  }

  private void prune(AppId app, String job) {
    jdbc.sql(
            """
            DELETE FROM cron_runs WHERE app_id = :app AND job = :job AND outcome <> 'RUNNING' AND id <= (
              SELECT COALESCE(MAX(id), 0) FROM (
                SELECT id FROM cron_runs WHERE app_id = :app AND job = :job
                ORDER BY id DESC OFFSET :kept ROWS) older)
            """)
        .param("app", app.value())
        .param("job", job)
        .param("kept", MOST_KEPT)
        .update();
  }

  private static Run run(ResultSet row) throws SQLException {
    return new Run(
        row.getLong("id"),
        row.getString("job"),
        instant(row, "due_at"),
        row.getString("asked_by"),
        row.getInt("missed"),
        instant(row, "missed_since"),
        row.getObject("begun_at", OffsetDateTime.class).toInstant(),
        instant(row, "ended_at"),
        Run.Outcome.valueOf(row.getString("outcome")),
        row.getObject("code", Integer.class),
        row.getString("said"),
        row.getObject("release_number", Integer.class),
        row.getString("call_id"),
        row.getString("traceparent"),
        row.getString("log"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }

  private static String cut(String text) {
    return text.length() <= LONGEST_SAID ? text : text.substring(0, LONGEST_SAID) + " …";
  }

  /** PostgreSQL stores no NUL in text. */
  private static String clean(String text) {
    return text.replace('\0', '\uFFFD');
  }
}
