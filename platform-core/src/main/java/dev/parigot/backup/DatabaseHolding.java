package dev.parigot.backup;

import dev.parigot.problem.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** The rows of all tables, as they are at one moment. */
public final class DatabaseHolding implements Holding {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String SUFFIX = ".jsonl";
  private static final int ROWS_AT_A_TIME = 200;
  private static final int CHARACTERS_AT_A_TIME = 4 << 20;

  /** Whoever sent what these tell of sends it again. */
  private static final Set<String> LEFT_OUT = Set.of("uploads");

  private final DataSource database;

  public DatabaseHolding(DataSource database) {
    this.database = database;
  }

  @Override
  public String name() {
    return "database";
  }

  @Override
  public void save(BackupWriter into) throws IOException {
    try (Connection connection = database.getConnection()) {
      connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
      connection.setReadOnly(true);
      Vendor vendor = Vendor.of(connection);
      vendor.readRowByRow(connection, true);
      connection.setAutoCommit(false);
      try {
        for (Table table : tables(connection)) {
          into.entry(name() + "/" + table.name() + SUFFIX, out -> write(connection, table, out));
          String identity = table.identity();
          if (identity != null) {
            into.identity(table.name(), vendor.next(connection, table, identity));
          }
        }
      } finally {
        connection.rollback();
        connection.setReadOnly(false);
        connection.setAutoCommit(true);
        vendor.readRowByRow(connection, false);
      }
    } catch (SQLException e) {
      throw new IOException("the database can't be read: " + e.getMessage(), e);
    }
  }

  private static List<Table> tables(Connection connection) throws SQLException {
    return Table.all(connection).stream()
        .filter(table -> !LEFT_OUT.contains(table.name()))
        .toList();
  }

  private static void write(Connection connection, Table table, OutputStream out)
      throws IOException {
    try (PreparedStatement query = connection.prepareStatement(table.select())) {
      query.setFetchSize(ROWS_AT_A_TIME);
      line(out, table.header());
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          ArrayNode row = JSON.createArrayNode();
          for (int i = 0; i < table.columns().size(); i++) {
            row.add(table.columns().get(i).read(rows, i + 1));
          }
          line(out, row);
        }
      }
    } catch (SQLException e) {
      throw new IOException("the table " + table.name() + " can't be read: " + e.getMessage(), e);
    }
  }

  private static void line(OutputStream out, JsonNode line) throws IOException {
    out.write(JSON.writeValueAsBytes(line));
    out.write('\n');
  }

  @Override
  public void restore(BackupFile from) throws IOException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      Vendor vendor = Vendor.of(connection);
      List<Table> tables = tables(connection);
      checkEmpty(connection, tables);
      checkSame(tables, from);
      for (Table table : tables) {
        read(connection, table, from);
        Long next = from.identity(table.name());
        String identity = table.identity();
        if (identity != null && next != null) {
          vendor.restart(connection, table, identity, next);
        }
      }
      connection.commit();
    } catch (SQLException e) {
      throw new IOException("the database can't be restored: " + e.getMessage(), e);
    }
  }

  private static void checkEmpty(Connection connection, List<Table> tables) throws SQLException {
    for (Table table : tables) {
      try (Statement statement = connection.createStatement();
          ResultSet any = statement.executeQuery(table.select() + " LIMIT 1")) {
        if (any.next()) {
          throw Problem.user(
              409,
              "database-not-empty",
              "The database has rows already, in " + table.name() + ".",
              "Restore into an empty one; nothing was changed.");
        }
      }
    }
  }

  private void checkSame(List<Table> tables, BackupFile from) {
    Set<String> known =
        tables.stream().map(table -> table.name() + SUFFIX).collect(Collectors.toSet());
    if (!known.equals(Set.copyOf(from.entries(name())))) {
      throw Problem.user(
          400,
          "backup-of-other-tables",
          "The backup has the tables "
              + String.join(", ", from.entries(name()))
              + ", and not those of this build.",
          "Restore it with the build that wrote it.");
    }
  }

  private void read(Connection connection, Table table, BackupFile from)
      throws IOException, SQLException {
    try (BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(
                    from.read(name(), table.name() + SUFFIX), StandardCharsets.UTF_8));
        PreparedStatement insert = connection.prepareStatement(table.insert())) {
      if (!JSON.readTree(String.valueOf(lines.readLine())).equals(table.header())) {
        throw new IOException("the table " + table.name() + " has other columns in the backup");
      }
      int waiting = 0;
      long characters = 0;
      for (@Nullable String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode row = JSON.readTree(line);
        for (int i = 0; i < table.columns().size(); i++) {
          table.columns().get(i).write(insert, i + 1, row.path(i));
        }
        insert.addBatch();
        characters += line.length();
        if (++waiting == ROWS_AT_A_TIME || characters > CHARACTERS_AT_A_TIME) {
          insert.executeBatch();
          waiting = 0;
          characters = 0;
        }
      }
      if (waiting > 0) {
        insert.executeBatch();
      }
    }
  }

  /** What each vendor says in its own way. */
  private enum Vendor {
    H2 {
      @Override
      void readRowByRow(Connection connection, boolean lazily) throws SQLException {
        try (Statement statement = connection.createStatement()) {
          statement.execute("SET LAZY_QUERY_EXECUTION " + (lazily ? 1 : 0));
        }
      }

      @Override
      long next(Connection connection, Table table, String identity) throws SQLException {
        return number(
            connection,
            "SELECT IDENTITY_BASE FROM INFORMATION_SCHEMA.COLUMNS WHERE LOWER(TABLE_NAME) = ? AND LOWER(COLUMN_NAME) = ?",
            table.name(),
            identity);
      }
    },
    POSTGRESQL {
      @Override
      long next(Connection connection, Table table, String identity) throws SQLException {
        String sequence;
        try (PreparedStatement query =
            connection.prepareStatement("SELECT pg_get_serial_sequence(?, ?)")) {
          query.setString(1, table.name());
          query.setString(2, identity);
          try (ResultSet row = query.executeQuery()) {
            row.next();
            sequence = row.getString(1);
          }
        }
        return number(
            connection,
            "SELECT CASE WHEN is_called THEN last_value + 1 ELSE last_value END FROM " + sequence);
      }
    };

    static Vendor of(Connection connection) throws SQLException {
      String name = connection.getMetaData().getDatabaseProductName();
      return name.equals("H2") ? H2 : POSTGRESQL;
    }

    /** Lets a result not be held in memory whole, where a fetch size does not do that. */
    void readRowByRow(Connection connection, boolean lazily) throws SQLException {}

    /** The number that the next row gets. */
    abstract long next(Connection connection, Table table, String identity) throws SQLException;

    void restart(Connection connection, Table table, String identity, long next)
        throws SQLException {
      try (Statement statement = connection.createStatement()) {
        statement.execute(
            "ALTER TABLE %s ALTER COLUMN %s RESTART WITH %d"
                .formatted(table.name(), identity, next));
      }
    }

    static long number(Connection connection, String sql, String... parameters)
        throws SQLException {
      try (PreparedStatement query = connection.prepareStatement(sql)) {
        List<String> given = new ArrayList<>(List.of(parameters));
        for (int i = 0; i < given.size(); i++) {
          query.setString(i + 1, given.get(i));
        }
        try (ResultSet row = query.executeQuery()) {
          row.next();
          return row.getLong(1);
        }
      }
    }
  }
}
