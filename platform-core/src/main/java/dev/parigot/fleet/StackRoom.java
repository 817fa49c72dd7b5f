package dev.parigot.fleet;

import dev.parigot.situation.KeyValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Room on the stack for what the platform does for a guest. A guest may call an import when it has
 * used up nearly all of its stack. If the stack ended within the platform's own code, between the
 * taking and the giving back of a lock, say, then nobody could use again what all apps share. So it
 * ends here, where that does no harm.
 */
final class StackRoom {
  /** About 200 KiB, compiled or not: several times what a query takes. */
  private static final int FRAMES = 2_200;

  private StackRoom() {}

  /** Throws a {@code StackOverflowError} if there is not enough for what comes next. */
  static void require() {
    long _ = fill(FRAMES, 1, 2, 3, 4, 5, 6, 7, 8);
  }

  /** All that it has is still needed when it comes back, and so has to be kept in its frame. */
  private static long fill(
      int frames, long a, long b, long c, long d, long e, long f, long g, long h) {
    if (frames == 0) {
      return a ^ h;
    }
    long below = fill(frames - 1, b + 1, c ^ frames, d + a, e ^ b, f + c, g ^ d, h + e, a ^ f);
    return below + a * 3 + b * 5 + c * 7 + d * 11 + e * 13 + f * 17 + g * 19 + h * 23;
  }

  /** The same store, asked only where there is room. */
  static KeyValue before(KeyValue store) {
    return new KeyValue() {
      @Override
      public byte @Nullable [] get(byte[] key) {
        require();
        return store.get(key);
      }

      @Override
      public void put(byte[] key, byte[] value) {
        require();
        store.put(key, value);
      }

      @Override
      public void delete(byte[] key) {
        require();
        store.delete(key);
      }

      @Override
      public boolean compareAndSet(byte[] key, byte @Nullable [] old, byte[] value) {
        require();
        return store.compareAndSet(key, old, value);
      }

      @Override
      public List<byte[]> list(byte[] prefix, byte[] after, int limit) {
        require();
        return store.list(prefix, after, limit);
      }
    };
  }
}
