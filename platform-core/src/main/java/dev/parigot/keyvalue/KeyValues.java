package dev.parigot.keyvalue;

import dev.parigot.app.AppId;
import dev.parigot.situation.KeyValue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The durable key-value stores of all apps, in the relational database. */
public final class KeyValues {
  /** Bytes of an app's keys and values: 256 MiB. */
  public static final long MOST_BYTES = 256L << 20;

  private final JdbcClient jdbc;
  private final long mostBytes;
  private final ConcurrentMap<AppId, Room> rooms = new ConcurrentHashMap<>();

  public KeyValues(JdbcClient jdbc) {
    this(jdbc, MOST_BYTES);
  }

  KeyValues(JdbcClient jdbc, long mostBytes) {
    this.jdbc = jdbc;
    this.mostBytes = mostBytes;
  }

  /**
   * The store of one app's production; every operation is atomic and durable when it returns. Not
   * for use inside a transaction. What would take more than {@link #MOST_BYTES} is refused (507),
   * and everything while the database is gone (503).
   */
  public KeyValue of(AppId app) {
    Room room =
        rooms.computeIfAbsent(
            app, _ -> new Room(mostBytes, () -> RelationalKeyValue.bytes(jdbc, app)));
    return new ToldOutages(new RelationalKeyValue(jdbc, app, room));
  }
}
