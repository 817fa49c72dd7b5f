package dev.parigot.engine;

import dev.parigot.host.Guest;

/** How calls enter a module of one kind. */
interface Entry {
  /**
   * Calls a method, or fails with 404 if there is none of that name. Throws {@link
   * org.graalvm.polyglot.PolyglotException} or {@link dev.parigot.host.GuestStop} if the guest
   * doesn't return.
   */
  CallOutcome call(String method, byte[] request);

  /** Runs what can be run ahead of the first call without anybody seeing it. */
  default void warm() {}

  /** See {@link Guest#give}. */
  long give(byte[] bytes);

  /** See {@link Guest#fail}. */
  long fail(int code, String message);
}
