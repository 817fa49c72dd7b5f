package dev.parigot.situation;

import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A key-value store that lives as long as its process. Thread-safe. */
public final class InMemoryKeyValue implements KeyValue {
  private final NavigableMap<byte[], byte[]> values = new TreeMap<>(Arrays::compareUnsigned);

  @Override
  public synchronized byte @Nullable [] get(byte[] key) {
    byte[] value = values.get(key);
    return value == null ? null : value.clone();
  }

  @Override
  public synchronized void put(byte[] key, byte[] value) {
    values.put(key.clone(), value.clone());
  }

  @Override
  public synchronized void delete(byte[] key) {
    values.remove(key);
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
  public synchronized List<byte[]> list(byte[] prefix, byte[] after, int limit) {
    boolean fromPrefix = Arrays.compareUnsigned(after, prefix) < 0;
    return values.tailMap(fromPrefix ? prefix : after, fromPrefix).keySet().stream()
        .takeWhile(key -> beginsWith(key, prefix))
        .limit(limit)
        .map(byte[]::clone)
        .toList();
  }

  private static boolean beginsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }
}
