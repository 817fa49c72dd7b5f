package dev.parigot.backup;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/**
 * A table, alike for every vendor. All names are in lower case.
 *
 * @param identity the column that the database numbers, or null
 * @param key the columns of the primary key in their order
 */
record Table(String name, List<Column> columns, @Nullable String identity, List<String> key) {
  private static final String HISTORY = "flyway_schema_history";

  /** All tables, each behind those that it refers to. */
  static List<Table> all(Connection connection) throws SQLException {
    DatabaseMetaData metadata = connection.getMetaData();
    String schema = connection.getSchema();
    Map<String, Table> tables = new TreeMap<>();
    Map<String, Set<String>> references = new HashMap<>();
    try (ResultSet rows =
        metadata.getTables(null, schema, "%", new String[] {"TABLE", "BASE TABLE"})) {
      while (rows.next()) {
        String real = rows.getString("TABLE_NAME");
        if (!real.equalsIgnoreCase(HISTORY)) {
          tables.put(lower(real), of(metadata, schema, real));
          references.put(lower(real), references(metadata, schema, real));
        }
      }
    }
    Map<String, Table> ordered = new LinkedHashMap<>();
    for (String name : tables.keySet()) {
      place(name, tables, references, ordered, new TreeSet<>());
    }
    return List.copyOf(ordered.values());
  }

  private static void place(
      String name,
      Map<String, Table> tables,
      Map<String, Set<String>> references,
      Map<String, Table> ordered,
      Set<String> above) {
    Table table = tables.get(name);
    if (table == null || ordered.containsKey(name) || !above.add(name)) {
      return;
    }
    for (String referred : references.getOrDefault(name, Set.of())) {
      place(referred, tables, references, ordered, above);
    }
    ordered.put(name, table);
  }

  private static Table of(DatabaseMetaData metadata, String schema, String real)
      throws SQLException {
    Map<Integer, Column> columns = new TreeMap<>();
    String identity = null;
    try (ResultSet rows = metadata.getColumns(null, schema, real, "%")) {
      while (rows.next()) {
        String column = lower(rows.getString("COLUMN_NAME"));
        columns.put(
            rows.getInt("ORDINAL_POSITION"),
            Column.of(column, rows.getInt("DATA_TYPE"), rows.getString("TYPE_NAME")));
        if ("YES".equals(rows.getString("IS_AUTOINCREMENT"))) {
          identity = column;
        }
      }
    }
    Map<Integer, String> key = new TreeMap<>();
    try (ResultSet rows = metadata.getPrimaryKeys(null, schema, real)) {
      while (rows.next()) {
        key.put(rows.getInt("KEY_SEQ"), lower(rows.getString("COLUMN_NAME")));
      }
    }
    List<Column> sorted = new ArrayList<>(columns.values());
    // Columns that were added later stand elsewhere in a database that had them at once.
    sorted.sort(Comparator.comparing(Column::name));
    return new Table(lower(real), List.copyOf(sorted), identity, List.copyOf(key.values()));
  }

  private static Set<String> references(DatabaseMetaData metadata, String schema, String real)
      throws SQLException {
    Set<String> references = new TreeSet<>();
    try (ResultSet rows = metadata.getImportedKeys(null, schema, real)) {
      while (rows.next()) {
        references.add(lower(rows.getString("PKTABLE_NAME")));
      }
    }
    return references;
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** The names of the columns, as the first line of its entry. */
  ArrayNode header() {
    ArrayNode header = JsonMapper.shared().createArrayNode();
    columns.forEach(column -> header.add(column.name()));
    return header;
  }

  /** All rows by the primary key: a row stands behind those of its own table that it refers to. */
  String select() {
    return "SELECT "
        + names()
        + " FROM "
        + name
        + (key.isEmpty() ? "" : " ORDER BY " + String.join(", ", key));
  }

  String insert() {
    return "INSERT INTO "
        + name
        + " ("
        + names()
        + ")"
        + (identity == null ? "" : " OVERRIDING SYSTEM VALUE")
        + " VALUES ("
        + String.join(", ", Collections.nCopies(columns.size(), "?"))
        + ")";
  }

  private String names() {
    return String.join(", ", columns.stream().map(Column::name).toList());
  }
}
