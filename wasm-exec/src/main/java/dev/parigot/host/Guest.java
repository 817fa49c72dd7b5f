package dev.parigot.host;

import dev.parigot.engine.CallOutcome;
import dev.parigot.situation.Call;
import dev.parigot.situation.User;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An instance, as an import sees it that it is waiting in. */
public interface Guest {
  /** The name of the instance. */
  String instance();

  /** On whose behalf it runs. */
  Call call();

  /** Goes on on behalf of another user, or of nobody, as long as the present call lasts. */
  default void actAs(@Nullable User user) {
    throw new IllegalStateException(instance() + " acts for who called it");
  }

  /** Whether it is still in its start function or {@code _initialize}. */
  boolean initializing();

  GuestMemory memory();

  /**
   * Whether a service lives in the same instance and can be entered now: neither it nor any that
   * its calls can lead to is in the middle of a call.
   */
  default boolean canEnter(String service) {
    return false;
  }

  /**
   * Calls such a service within the present call, and not beyond the deadline of either. A callee
   * that doesn't return ends both.
   */
  default CallOutcome enter(Call call, byte[] request) {
    throw new IllegalStateException(call.service() + " does not live here");
  }

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
