package dev.parigot.keyvalue;

import dev.parigot.app.AppId;
import dev.parigot.situation.KeyValue;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * One app's entries as rows. Each operation takes effect in exactly one statement, which commits by
 * itself; that makes it atomic on every database without a lock or a vendor's own upsert.
 */
final class RelationalKeyValue implements KeyValue {
  /** A listing has at most 1 MiB by the ABI, and each key takes at least five bytes of it. */
  private static final int LISTED_AT_MOST = (1 << 20) / 5;

  private final JdbcClient jdbc;
  private final long app;
  private final Room room;

  RelationalKeyValue(JdbcClient jdbc, AppId app, Room room) {
    this.jdbc = jdbc;
    this.app = app.value();
    this.room = room;
  }

  /** Of an app's keys and values. */
  static long bytes(JdbcClient jdbc, AppId app) {
    return jdbc.sql(
            """
            SELECT COALESCE(SUM(OCTET_LENGTH(entry_key) + OCTET_LENGTH(entry_value)), 0)
            FROM key_values WHERE app_id = :app
            """)
        .param("app", app.value())
        .query(Long.class)
        .single();
  }

  @Override
  public byte @Nullable [] get(byte[] key) {
    return jdbc.sql("SELECT entry_value FROM key_values WHERE app_id = :app AND entry_key = :key")
        .param("app", app)
        .param("key", key)
        .query((row, _) -> row.getBytes(1))
        .optional()
        .orElse(null);
  }

  /** Another may insert or delete the key between our two statements: then it is tried again. */
  @Override
  public void put(byte[] key, byte[] value) {
    room.take(key.length + value.length - bytes(key));
    while (!update(key, value) && !insert(key, value)) {
      Thread.onSpinWait();
    }
  }

  @Override
  public void delete(byte[] key) {
    long bytes = bytes(key);
    int deleted =
        jdbc.sql("DELETE FROM key_values WHERE app_id = :app AND entry_key = :key")
            .param("app", app)
            .param("key", key)
            .update();
    room.take(deleted * -bytes);
  }

  @Override
  public boolean compareAndSet(byte[] key, byte @Nullable [] old, byte[] value) {
    long more = value.length - (old == null ? -key.length : old.length);
    room.take(more);
    boolean set = old == null ? insert(key, value) : replace(key, old, value);
    if (!set) {
      room.take(-more);
    }
    return set;
  }

  /** What an entry takes, 0 if there is none. */
  private long bytes(byte[] key) {
    return jdbc.sql(
            """
            SELECT OCTET_LENGTH(entry_key) + OCTET_LENGTH(entry_value)
            FROM key_values WHERE app_id = :app AND entry_key = :key
            """)
        .param("app", app)
        .param("key", key)
        .query(Long.class)
        .optional()
        .orElse(0L);
  }

  @Override
  public List<byte[]> list(byte[] prefix, byte[] after, int limit) {
    byte[] end = endOf(prefix);
    String bound = end == null ? "" : "AND entry_key < :end ";
    var query =
        jdbc.sql(
                "SELECT entry_key FROM key_values WHERE app_id = :app AND entry_key >= :prefix "
                    + "AND entry_key > :after "
                    + bound
                    + "ORDER BY entry_key LIMIT :limit")
            .param("app", app)
            .param("prefix", prefix)
            .param("after", after)
            .param("limit", Math.clamp(limit, 0, LISTED_AT_MOST));
    return (end == null ? query : query.param("end", end))
        .query((row, _) -> row.getBytes(1))
        .list();
  }

  private boolean update(byte[] key, byte[] value) {
    return jdbc.sql(
                """
                UPDATE key_values SET entry_value = :value
                WHERE app_id = :app AND entry_key = :key
                """)
            .param("value", value)
            .param("app", app)
            .param("key", key)
            .update()
        == 1;
  }

  private boolean replace(byte[] key, byte[] old, byte[] value) {
    return jdbc.sql(
                """
                UPDATE key_values SET entry_value = :value
                WHERE app_id = :app AND entry_key = :key AND entry_value = :old
                """)
            .param("value", value)
            .param("app", app)
            .param("key", key)
            .param("old", old)
            .update()
        == 1;
  }

  private boolean insert(byte[] key, byte[] value) {
    try {
      jdbc.sql(
              """
              INSERT INTO key_values (app_id, entry_key, entry_value)
              VALUES (:app, :key, :value)
              """)
          .param("app", app)
          .param("key", key)
          .param("value", value)
          .update();
      return true;
    } catch (DuplicateKeyException e) {
      return false;
    }
  }

  /** The first key after all that begin with the prefix, or null if nothing comes after them. */
  private static byte @Nullable [] endOf(byte[] prefix) {
    for (int last = prefix.length - 1; last >= 0; last--) {
      if (prefix[last] != (byte) 0xff) {
        byte[] end = Arrays.copyOf(prefix, last + 1);
        end[last]++;
        return end;
      }
    }
    return null;
  }
}
