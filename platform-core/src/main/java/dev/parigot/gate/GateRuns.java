package dev.parigot.gate;

import dev.parigot.app.App;
import dev.parigot.app.AppId;
import dev.parigot.app.Situation;
import dev.parigot.browser.Rerun;
import dev.parigot.database.GeneratedId;
import dev.parigot.picture.Picture;
import dev.parigot.release.Naming;
import dev.parigot.timing.Coverage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * What tests said, the last {@value #KEPT} times for each branch and {@value #KEPT_IN_ALL} times
 * for each app. The runs of a branch are the app's: they outlive what is in staging.
 */
public final class GateRuns implements Naming {
  static final int KEPT = 100;
  static final int KEPT_IN_ALL = 500;

  /** One that is under way is heard of each second; one that was not for so long has ended. */
  private static final Duration SILENCE = Duration.ofSeconds(20);

  private static final int LONGEST_NAME = 500;
  private static final TypeReference<List<GateRun.Tested>> TESTS = new TypeReference<>() {};
  private static final TypeReference<List<GateRun.Explored>> TIMING = new TypeReference<>() {};

  private final JdbcClient jdbc;
  private final Clock clock;
  private final JsonMapper json = JsonMapper.builder().build();

  public GateRuns(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * Keeps it, whatever its id is, and answers it with the one that it was given.
   *
   * @param failures of the tests that failed, by their names
   */
  GateRun keep(GateRun run, Map<String, Drawn> failures) {
    long id =
        GeneratedId.of(
            jdbc.sql(
                    """
                    INSERT INTO gate_runs (app_id, branch, commit_id, made_by, made_at, millis, outcome, tests, timing, wish, heard_at)
                    VALUES (:app, :branch, :commit, :by, :at, :millis, :outcome, :tests, :timing, :wish, :at)
                    """)
                .param("app", run.app().value())
                .param("branch", run.branch())
                .param("commit", run.commit())
                .param("by", run.by())
                .param("at", at(run.at()))
                .param("millis", run.millis())
                .param("outcome", run.outcome().name())
                .param("tests", written(run.tests()))
                .param("timing", written(run.timing()))
                .param("wish", run.wish() == null ? null : written(run.wish())));
    failures.forEach((test, failure) -> draw(id, test, failure));
    removeBeyond(run);
    return find(run.app(), id).orElseThrow();
  }

  private void removeBeyond(GateRun run) {
    jdbc.sql(
            """
            DELETE FROM gate_runs WHERE app_id = :app AND branch = :branch AND id <=
              (SELECT id FROM gate_runs WHERE app_id = :app AND branch = :branch
               ORDER BY id DESC OFFSET :kept ROWS FETCH FIRST 1 ROW ONLY)
            """)
        .param("app", run.app().value())
        .param("branch", run.branch())
        .param("kept", KEPT)
        .update();
    jdbc.sql(
            """
            DELETE FROM gate_runs WHERE app_id = :app AND id <=
              (SELECT id FROM gate_runs WHERE app_id = :app
               ORDER BY id DESC OFFSET :kept ROWS FETCH FIRST 1 ROW ONLY)
            """)
        .param("app", run.app().value())
        .param("kept", KEPT_IN_ALL)
        .update();
  }

  /** Keeps how a test of a run fails. */
  void draw(long run, String test, Drawn failure) {
    if (test.length() <= LONGEST_NAME) {
      Rerun rerun = failure.rerun();
      jdbc.sql(
              """
              INSERT INTO failures (run_id, test, picture, rerun, modules)
              VALUES (:run, :test, :picture, :rerun, :modules)
              """)
          .param("run", run)
          .param("test", test)
          .param("picture", written(failure.picture()))
          .param("rerun", rerun == null ? null : written(rerun))
          .param("modules", rerun == null ? "" : String.join(" ", rerun.digests()))
          .update();
    }
  }

  /** What failures need to be run again. */
  @Override
  public void tell(Consumer<String> digests) {
    jdbc.sql("SELECT DISTINCT modules FROM failures WHERE rerun IS NOT NULL")
        .query(String.class)
        .list()
        .forEach(modules -> List.of(modules.split(" ")).forEach(digests));
  }

  /** Keeps what a test of a run has covered by now, so that it counts when it goes on. */
  void cover(long run, String test, Coverage covered) {
    uncover(run, test);
    if (test.length() <= LONGEST_NAME) {
      jdbc.sql("INSERT INTO gate_coverage (run_id, test, covered) VALUES (:run, :test, :covered)")
          .param("run", run)
          .param("test", test)
          .param("covered", covered.kept())
          .update();
    }
  }

  /** What a test of a run has covered, which is kept no longer. */
  Coverage uncover(long run, String test) {
    Coverage covered =
        jdbc.sql("SELECT covered FROM gate_coverage WHERE run_id = :run AND test = :test")
            .param("run", run)
            .param("test", test)
            .query(byte[].class)
            .optional()
            .map(Coverage::of)
            .orElseGet(Coverage::new);
    jdbc.sql("DELETE FROM gate_coverage WHERE run_id = :run AND test = :test")
        .param("run", run)
        .param("test", test)
        .update();
    return covered;
  }

  /**
   * Notes how far one that is under way has come; answers whether it is to go on.
   *
   * @param outcome what has become of it; {@code RUNNING} as long as nothing has, so that one that
   *     was stopped stays so
   */
  boolean advance(long id, GateRun.Outcome outcome, long millis, List<GateRun.Explored> timing) {
    boolean ends = outcome != GateRun.Outcome.RUNNING;
    jdbc.sql(
            """
            UPDATE gate_runs SET millis = :millis, timing = :timing, heard_at = :now,
              outcome = CASE WHEN :ends THEN :outcome ELSE outcome END
            WHERE id = :id AND outcome IN ('RUNNING', 'STOPPED')
            """)
        .param("millis", millis)
        .param("timing", written(timing))
        .param("now", at(clock.instant()))
        .param("ends", ends)
        .param("outcome", outcome.name())
        .param("id", id)
        .update();
    return jdbc.sql("SELECT COUNT(*) FROM gate_runs WHERE id = :id AND outcome = 'RUNNING'")
            .param("id", id)
            .query(Integer.class)
            .single()
        == 1;
  }

  /** Ends one that is under way; its node finds out within a second. */
  void stop(long id) {
    jdbc.sql("UPDATE gate_runs SET outcome = 'STOPPED' WHERE id = :id AND outcome = 'RUNNING'")
        .param("id", id)
        .update();
  }

  /** Lets one go on that was stopped, or whose node has ended; answers false if it does already. */
  boolean resume(long id) {
    return jdbc.sql(
                """
                UPDATE gate_runs SET outcome = 'RUNNING', heard_at = :now
                WHERE id = :id AND (outcome = 'STOPPED' OR outcome = 'RUNNING' AND heard_at < :silent)
                """)
            .param("now", at(clock.instant()))
            .param("silent", at(clock.instant().minus(SILENCE)))
            .param("id", id)
            .update()
        == 1;
  }

  /**
   * Newest first, those with an id under {@code before} (0: from the newest): of all branches, or
   * of the one that is in staging.
   */
  public List<GateRun> of(App app, long before, int limit) {
    boolean all = app.situation() instanceof Situation.Production;
    return jdbc.sql(
            """
            SELECT * FROM gate_runs
            WHERE app_id = :app AND id < :before AND (:all OR branch = :branch)
            ORDER BY id DESC LIMIT :limit
            """)
        .param("app", app.productionId().value())
        .param("before", before == 0 ? Long.MAX_VALUE : before)
        .param("all", all)
        .param("branch", app.situation().branch().name())
        .param("limit", limit)
        .query((row, _) -> run(row))
        .list();
  }

  /** Whatever its branch. */
  public Optional<GateRun> find(AppId app, long id) {
    return jdbc.sql("SELECT * FROM gate_runs WHERE app_id = :app AND id = :id")
        .param("app", app.value())
        .param("id", id)
        .query((row, _) -> run(row))
        .optional();
  }

  /** How a test of that run fails; empty if it doesn't, or if the run is older than pictures. */
  public Optional<Picture> picture(GateRun run, String test) {
    return jdbc.sql("SELECT picture FROM failures WHERE run_id = :run AND test = :test")
        .param("run", run.id())
        .param("test", test)
        .query(String.class)
        .optional()
        .map(text -> json.readValue(text, Picture.class));
  }

  /** A guest may have written what no text column of PostgreSQL takes. */
  private String written(Object value) {
    return json.writeValueAsString(value).replace("\\u0000", "\\uFFFD");
  }

  private GateRun run(ResultSet row) throws SQLException {
    String wish = row.getString("wish");
    return new GateRun(
        row.getLong("id"),
        new AppId(row.getLong("app_id")),
        row.getString("branch"),
        row.getString("commit_id"),
        row.getString("made_by"),
        row.getObject("made_at", OffsetDateTime.class).toInstant(),
        row.getLong("millis"),
        outcome(row),
        json.readValue(row.getString("tests"), TESTS),
        json.readValue(row.getString("timing"), TIMING),
        wish == null ? null : json.readValue(wish, Wish.class));
  }

  /** One whose node has ended is stopped, though nobody has noted it. */
  private GateRun.Outcome outcome(ResultSet row) throws SQLException {
    GateRun.Outcome outcome = GateRun.Outcome.valueOf(row.getString("outcome"));
    @Nullable OffsetDateTime heard = row.getObject("heard_at", OffsetDateTime.class);
    boolean silent = heard == null || heard.toInstant().isBefore(clock.instant().minus(SILENCE));
    return outcome == GateRun.Outcome.RUNNING && silent ? GateRun.Outcome.STOPPED : outcome;
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }
}
