package dev.parigot.gate;

import dev.parigot.app.AppId;
import dev.parigot.database.GeneratedId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What the gate did, the last {@value #KEPT} pushes of each app. */
public final class GateRuns {
  static final int KEPT = 100;

  private static final TypeReference<List<GateRun.Tested>> TESTS = new TypeReference<>() {};
  private static final TypeReference<List<GateRun.Explored>> TIMING = new TypeReference<>() {};

  private final JdbcClient jdbc;
  private final JsonMapper json = JsonMapper.builder().build();

  public GateRuns(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Keeps it, whatever its id is, and answers it with the one that it was given. */
  GateRun keep(GateRun run) {
    long id =
        GeneratedId.of(
            jdbc.sql(
                    """
                    INSERT INTO gate_runs (app_id, commit_id, made_by, made_at, millis, outcome, tests, timing)
                    VALUES (:app, :commit, :by, :at, :millis, :outcome, :tests, :timing)
                    """)
                .param("app", run.app().value())
                .param("commit", run.commit())
                .param("by", run.by())
                .param("at", run.at().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC))
                .param("millis", run.millis())
                .param("outcome", run.outcome().name())
                .param("tests", written(run.tests()))
                .param("timing", written(run.timing())));
    jdbc.sql(
            """
            DELETE FROM gate_runs WHERE app_id = :app AND id <=
              (SELECT id FROM gate_runs WHERE app_id = :app ORDER BY id DESC OFFSET :kept ROWS FETCH FIRST 1 ROW ONLY)
            """)
        .param("app", run.app().value())
        .param("kept", KEPT)
        .update();
    return find(run.app(), id).orElseThrow();
  }

  /** Newest first, those with an id under {@code before} (0: from the newest). */
  public List<GateRun> of(AppId app, long before, int limit) {
    return jdbc.sql(
            """
            SELECT * FROM gate_runs WHERE app_id = :app AND id < :before
            ORDER BY id DESC LIMIT :limit
            """)
        .param("app", app.value())
        .param("before", before == 0 ? Long.MAX_VALUE : before)
        .param("limit", limit)
        .query((row, _) -> run(row))
        .list();
  }

  public Optional<GateRun> find(AppId app, long id) {
    return jdbc.sql("SELECT * FROM gate_runs WHERE app_id = :app AND id = :id")
        .param("app", app.value())
        .param("id", id)
        .query((row, _) -> run(row))
        .optional();
  }

  /** A guest may have written what no text column of PostgreSQL takes. */
  private String written(Object value) {
    return json.writeValueAsString(value).replace("\\u0000", "\\uFFFD");
  }

  private GateRun run(ResultSet row) throws SQLException {
    return new GateRun(
        row.getLong("id"),
        new AppId(row.getLong("app_id")),
        row.getString("commit_id"),
        row.getString("made_by"),
        row.getObject("made_at", OffsetDateTime.class).toInstant(),
        row.getLong("millis"),
        GateRun.Outcome.valueOf(row.getString("outcome")),
        json.readValue(row.getString("tests"), TESTS),
        json.readValue(row.getString("timing"), TIMING));
  }
}
