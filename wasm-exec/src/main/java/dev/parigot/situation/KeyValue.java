package dev.parigot.situation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key-value store shared by an app's services. Keys and values are bytes, checked by the caller
 * against the ABI's limits. Each operation is atomic.
 */
public interface KeyValue {
  byte @Nullable [] get(byte[] key);

  void put(byte[] key, byte[] value);

  /** Succeeds if the key is absent. */
  void delete(byte[] key);

  /**
   * Sets the value if the present one equals {@code old} (null: the key must be absent); answers
   * whether it did.
   */
  boolean compareAndSet(byte[] key, byte @Nullable [] old, byte[] value);

  /**
   * Keys that begin with {@code prefix}, in unsigned byte order, after {@code after} (empty: from
   * the start), at most {@code limit}.
   */
  List<byte[]> list(byte[] prefix, byte[] after, int limit);
}
