package dev.parigot.keyvalue;

import dev.parigot.app.AppId;
import dev.parigot.situation.KeyValue;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The durable key-value stores of all apps, in the relational database. */
public final class KeyValues {
  private final JdbcClient jdbc;

  public KeyValues(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * The store of one app's production; every operation is atomic and durable when it returns. Not
   * for use inside a transaction.
   */
  public KeyValue of(AppId app) {
    return new RelationalKeyValue(jdbc, app);
  }
}
