package dev.parigot.situation;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one gate that every host call of every situation passes. What traces, counts, limits, or
 * orders host calls is plugged in here.
 */
@FunctionalInterface
public interface Interceptor {
  /** Lets every host call through at once. */
  Interceptor PASS =
      new Interceptor() {
        @Override
        public <T extends @Nullable Object> T around(HostCall call, Supplier<T> effect) {
          return effect.get();
        }

        @Override
        public boolean passes() {
          return true;
        }
      };

  /**
   * Runs the effect of a host call, on the calling thread, at the moment this chooses, and answers
   * its result. An exception thrown here ends the guest's call.
   */
  <T extends @Nullable Object> T around(HostCall call, Supplier<T> effect);

  /** Whether it lets every host call through at once now, and needs to be told of none. */
  default boolean passes() {
    return false;
  }
}
