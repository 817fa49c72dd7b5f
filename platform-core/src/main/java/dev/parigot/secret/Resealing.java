package dev.parigot.secret;

import dev.parigot.problem.Problem;
import java.util.List;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Brings all that is encrypted in the database to the current key, at start: what was stored before
 * anything was encrypted, and what was with a former key.
 */
public final class Resealing {
  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private final Seal seal;

  public Resealing(JdbcClient jdbc, TransactionTemplate transactions, Seal seal) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.seal = seal;
  }

  /** A row and what it holds. */
  private record Row(long id, String name, Seal.Sealed content) {}

  /** A table whose rows hold encrypted text. */
  private enum Table {
    CONFIG("app_config", "app_id", "name", ":name", "content") {
      @Override
      String place(long id, String name) {
        return Places.config(id, name);
      }
    },
    SECRETS("app_secrets", "app_id", "name", ":name", "content") {
      @Override
      String place(long id, String name) {
        return Places.secret(id, name);
      }
    },
    RELEASES("releases", "app_id", "number", "CAST(:name AS INTEGER)", "config") {
      @Override
      String place(long id, String name) {
        return Places.release(id, Integer.parseInt(name));
      }
    },
    CERTIFICATES("certificates", "domain_id", "domain_id", "CAST(:name AS BIGINT)", "private_key") {
      @Override
      String place(long id, String name) {
        return Places.certificate(id);
      }
    },
    ACME_ACCOUNTS("acme_accounts", "id", "directory", ":name", "private_key") {
      @Override
      String place(long id, String name) {
        return Places.acmeAccount(name);
      }
    };

    private final String table;
    private final String id;
    private final String name;

    /** The name as a parameter of its type. */
    private final String parameter;

    private final String content;

    Table(String table, String id, String name, String parameter, String content) {
      this.table = table;
      this.id = id;
      this.name = name;
      this.parameter = parameter;
      this.content = content;
    }

    abstract String place(long id, String name);
  }

  /**
   * Answers how many texts were encrypted anew. A {@code Problem} if some are encrypted with a key
   * that is not known; then none was changed.
   */
  public int run() {
    refuseUnknownKeys();
    int count = 0;
    for (Table table : Table.values()) {
      List<Row> rows = rows(table);
      for (Row row : rows) {
        transactions.executeWithoutResult(_ -> reseal(table, row));
      }
      count += rows.size();
    }
    return count;
  }

  private void refuseUnknownKeys() {
    TreeSet<String> unknown = new TreeSet<>();
    for (Table table : Table.values()) {
      unknown.addAll(
          jdbc.sql("SELECT DISTINCT seal_key FROM " + table.table + " WHERE seal_key IS NOT NULL")
              .query(String.class)
              .list());
    }
    unknown.removeAll(seal.known());
    if (!unknown.isEmpty()) {
      throw Problem.user(
          400,
          "wrong-secrets-key",
          "The database holds values that were encrypted with another key than this platform has: theirs is %s, this one's %s."
              .formatted(String.join(", ", unknown), seal.key()),
          "Give that key as PARIGOT_SECRETS_KEY (or put back the file keys/secrets.key), or name it in PARIGOT_SECRETS_FORMERKEYS to have all encrypted with the new one. Without it the values can't be read by anybody.");
    }
  }

  private List<Row> rows(Table table) {
    return jdbc.sql(
            """
            SELECT %s, %s, seal_key, %s FROM %s
            WHERE %s IS NOT NULL AND (seal_key IS NULL OR seal_key <> :key)
            """
                .formatted(table.id, table.name, table.content, table.table, table.content))
        .param("key", seal.key())
        .query((row, _) ->
            new Row(
                row.getLong(1),
                row.getString(2),
                new Seal.Sealed(row.getString(3), row.getString(4))))
        .list();
  }

  private void reseal(Table table, Row row) {
    String place = table.place(row.id(), row.name());
    Seal.Sealed sealed = seal.close(seal.open(row.content(), place), place);
    jdbc.sql(
            "UPDATE %s SET seal_key = :key, %s = :content WHERE %s = :id AND %s = %s"
                .formatted(table.table, table.content, table.id, table.name, table.parameter))
        .param("key", sealed.key())
        .param("content", sealed.text())
        .param("id", row.id())
        .param("name", row.name())
        .update();
  }
}
