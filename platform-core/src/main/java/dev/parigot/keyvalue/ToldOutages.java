package dev.parigot.keyvalue;

import dev.parigot.database.Database;
import dev.parigot.situation.KeyValue;
import dev.parigot.situation.Refused;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A store whose database may be gone: its guests are told so (503), and keep what they have in
 * memory.
 */
record ToldOutages(KeyValue store) implements KeyValue {
  @Override
  public byte @Nullable [] get(byte[] key) {
    return told(() -> store.get(key));
  }

  @Override
  public void put(byte[] key, byte[] value) {
    var _ =
        told(() -> {
          store.put(key, value);
          return true;
        });
  }

  @Override
  public void delete(byte[] key) {
    var _ =
        told(() -> {
          store.delete(key);
          return true;
        });
  }

  @Override
  public boolean compareAndSet(byte[] key, byte @Nullable [] old, byte[] value) {
    return told(() -> store.compareAndSet(key, old, value));
  }

  @Override
  public List<byte[]> list(byte[] prefix, byte[] after, int limit) {
    return told(() -> store.list(prefix, after, limit));
  }

  private static <T extends @Nullable Object> T told(Supplier<T> operation) {
    try {
      return operation.get();
    } catch (RuntimeException e) {
      if (Database.isOutage(e)) {
        throw new Refused(503, "The key-value store does not answer; try again later.");
      }
      throw e;
    }
  }
}
