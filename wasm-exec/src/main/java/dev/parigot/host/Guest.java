package dev.parigot.host;

import dev.parigot.situation.Call;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An instance, as an import sees it that it is waiting in. */
public interface Guest {
  /** The name of the instance. */
  String instance();

  /** On whose behalf it runs. */
  Call call();

  /** Whether it is still in its start function or {@code _initialize}. */
  boolean initializing();

  GuestMemory memory();

  /**
   * Allocates in the guest, copies the bytes there and answers {@code ptr << 32 | len}; {@link
   * Packed#NO_ROOM} if the guest has no room.
   */
  long give(byte[] bytes);

  /** Like {@link #give}, as an error: the code, then the text. */
  long fail(int code, String message);

  /**
   * Runs what leaves the guest, with the guest safe from being cancelled meanwhile. Ends the
   * guest's call if its deadline has passed or it was closed.
   */
  <T extends @Nullable Object> T outside(Supplier<T> effect);
}
