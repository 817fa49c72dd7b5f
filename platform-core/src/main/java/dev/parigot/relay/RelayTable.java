package dev.parigot.relay;

import dev.parigot.app.AppId;
import dev.parigot.channel.Broadcast;
import dev.parigot.database.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Where nodes leave messages for each other: a table in their PostgreSQL, whose ids are given in
 * the order in which rows become visible, so that who has read up to one has missed none before it.
 */
public final class RelayTable {
  /** Of the lock that those who write hold until their rows are visible: any number, always it. */
  private static final long LOCK = 0x70617269676f74L;

  private final JdbcTemplate batches;
  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private final Clock clock;

  public RelayTable(Database database, Clock clock) {
    this.batches = new JdbcTemplate(database.dataSource());
    this.jdbc = database.jdbc();
    this.transactions = database.transactions();
    this.clock = clock;
  }

  /**
   * A message on its way to other nodes.
   *
   * @param node that it was published at
   * @param number among those of its app there
   */
  record Row(AppId app, String channel, String node, long number, Instant at, byte[] content) {}

  /** Adds rows; those of apps that are deleted meanwhile are left out. */
  void write(List<Row> rows) {
    transactions.executeWithoutResult(_ -> {
      jdbc.sql("SELECT pg_advisory_xact_lock(:lock)")
          .param("lock", LOCK)
          .query((_, _) -> true)
          .list();
      batches.batchUpdate(
          """
          INSERT INTO channel_messages (app_id, channel, node, number, published_at, content)
          SELECT id, ?, ?, ?, ?, ? FROM apps WHERE id = ?
          """,
          rows,
          rows.size(),
          (statement, row) -> {
            statement.setString(1, row.channel());
            statement.setString(2, row.node());
            statement.setLong(3, row.number());
            statement.setObject(4, at(row.at()));
            statement.setBytes(5, row.content());
            statement.setLong(6, row.app().value());
          });
    });
  }

  /** The id of the last row that there is; 0 if there is none. */
  long last() {
    return jdbc.sql("SELECT COALESCE(MAX(id), 0) FROM channel_messages").query(Long.class).single();
  }

  /** What other nodes have published of these apps, beyond one row and up to another. */
  List<Row> read(String node, Collection<AppId> apps, long beyond, long upTo) {
    return jdbc.sql(
            """
            SELECT app_id, channel, node, number, published_at, content FROM channel_messages
            WHERE id > :beyond AND id <= :upTo AND app_id IN (:apps) AND node <> :node
              AND published_at > :oldest
            ORDER BY id
            """)
        .param("beyond", beyond)
        .param("upTo", upTo)
        .param("apps", apps.stream().map(AppId::value).toList())
        .param("node", node)
        .param("oldest", at(oldest()))
        .query((row, _) -> row(row))
        .list();
  }

  private static Row row(ResultSet row) throws SQLException {
    return new Row(
        new AppId(row.getLong("app_id")),
        row.getString("channel"),
        row.getString("node"),
        row.getLong("number"),
        row.getObject("published_at", OffsetDateTime.class).toInstant(),
        row.getBytes("content"));
  }

  /** Removes what is kept no longer. */
  void clean() {
    jdbc.sql("DELETE FROM channel_messages WHERE published_at < :oldest")
        .param("oldest", at(oldest()))
        .update();
  }

  private Instant oldest() {
    return clock.instant().minus(Broadcast.KEPT_FOR);
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }
}
