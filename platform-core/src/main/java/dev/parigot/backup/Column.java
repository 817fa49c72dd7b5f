package dev.parigot.backup;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A column, and how what is in it is written as JSON. */
record Column(String name, Kind kind) {
  /** What a column has, whatever its vendor calls the type. */
  enum Kind {
    NUMBER,
    DECIMAL,
    TRUTH,
    TEXT,
    BYTES,
    MOMENT,
    LOCAL_TIME
  }

  /**
   * @param type of {@link Types}, which does not tell a time with a zone in each vendor
   * @param typeName the vendor's
   */
  static Column of(String name, int type, String typeName) {
    String vendors = typeName.toLowerCase(Locale.ROOT);
    if (vendors.equals("timestamptz") || vendors.equals("timestamp with time zone")) {
      return new Column(name, Kind.MOMENT);
    }
    return new Column(
        name,
        switch (type) {
          case Types.BIGINT, Types.INTEGER, Types.SMALLINT, Types.TINYINT -> Kind.NUMBER;
          case Types.NUMERIC, Types.DECIMAL, Types.DOUBLE, Types.REAL, Types.FLOAT -> Kind.DECIMAL;
          case Types.BOOLEAN, Types.BIT -> Kind.TRUTH;
          case Types.VARCHAR, Types.CHAR, Types.CLOB, Types.LONGVARCHAR, Types.NVARCHAR ->
              Kind.TEXT;
          case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> Kind.BYTES;
          case Types.TIMESTAMP_WITH_TIMEZONE -> Kind.MOMENT;
          case Types.TIMESTAMP -> Kind.LOCAL_TIME;
          default ->
              throw new IllegalStateException(
                  "the column " + name + " is of type " + typeName + ", which no backup knows");
        });
  }

  /** The value in a row. */
  JsonNode read(ResultSet row, int index) throws SQLException {
    JsonNodeFactory json = JsonNodeFactory.instance;
    JsonNode value =
        switch (kind) {
          case NUMBER -> json.numberNode(row.getLong(index));
          case DECIMAL -> text(row.getBigDecimal(index));
          case TRUTH -> BooleanNode.valueOf(row.getBoolean(index));
          case TEXT -> text(row.getString(index));
          case BYTES -> {
            byte[] bytes = row.getBytes(index);
            yield bytes == null ? json.nullNode() : json.binaryNode(bytes);
          }
          case MOMENT -> {
            OffsetDateTime time = row.getObject(index, OffsetDateTime.class);
            yield text(time == null ? null : time.withOffsetSameInstant(ZoneOffset.UTC));
          }
          case LOCAL_TIME -> text(row.getObject(index, LocalDateTime.class));
        };
    return row.wasNull() ? json.nullNode() : value;
  }

  private static JsonNode text(@Nullable Object value) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    return value == null ? json.nullNode() : json.stringNode(value.toString());
  }

  /** Puts a value into a statement. */
  void write(PreparedStatement statement, int index, JsonNode value) throws SQLException {
    if (value.isNull()) {
      statement.setObject(index, null);
      return;
    }
    switch (kind) {
      case NUMBER -> statement.setLong(index, value.longValue());
      case DECIMAL -> statement.setBigDecimal(index, new BigDecimal(value.asString()));
      case TRUTH -> statement.setBoolean(index, value.booleanValue());
      case TEXT -> statement.setString(index, value.asString());
      case BYTES -> statement.setBytes(index, value.binaryValue());
      case MOMENT -> statement.setObject(index, OffsetDateTime.parse(value.asString()));
      case LOCAL_TIME -> statement.setObject(index, LocalDateTime.parse(value.asString()));
    }
  }
}
