package dev.parigot.workbench;

import dev.parigot.situation.KeyValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/** The values of an app in its store. Thread-safe. */
final class StoredKeyValue implements KeyValue {
  private final Store store;
  private final MVMap<byte[], byte[]> values;

  StoredKeyValue(Store store) {
    this.store = store;
    this.values = store.values();
  }

  @Override
  public byte @Nullable [] get(byte[] key) {
    byte[] value = values.get(key);
    return value == null ? null : value.clone();
  }

  @Override
  public synchronized void put(byte[] key, byte[] value) {
    values.put(key.clone(), value.clone());
    store.commit();
  }

  @Override
  public synchronized void delete(byte[] key) {
    if (values.remove(key) != null) {
      store.commit();
    }
  }

  @Override
  public synchronized boolean compareAndSet(byte[] key, byte @Nullable [] old, byte[] value) {
    if (!Arrays.equals(values.get(key), old)) {
      return false;
    }
    put(key, value);
    return true;
  }

  @Override
  public List<byte[]> list(byte[] prefix, byte[] after, int limit) {
    boolean fromPrefix = Arrays.compareUnsigned(after, prefix) < 0;
    List<byte[]> keys = new ArrayList<>();
    Iterator<byte[]> from = values.keyIterator(fromPrefix ? prefix : after);
    while (from.hasNext() && keys.size() < limit) {
      byte[] key = from.next();
      if (!beginsWith(key, prefix)) {
        break;
      }
      if (fromPrefix || !Arrays.equals(key, after)) {
        keys.add(key.clone());
      }
    }
    return keys;
  }

  private static boolean beginsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }
}
