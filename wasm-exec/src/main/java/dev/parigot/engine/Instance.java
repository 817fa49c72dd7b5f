package dev.parigot.engine;

import dev.parigot.situation.Call;

/**
 * One instance of a module, with a memory of its own. It takes one call at a time: entering it
 * twice is a programming error and throws {@link IllegalStateException}.
 */
public final class Instance implements AutoCloseable {
  Instance() {}

  /** The service it is an instance of. */
  public String service() {
    throw new AssertionError("skeleton");
  }

  public String name() {
    throw new AssertionError("skeleton");
  }

  /**
   * Calls {@code call.method()} on the calling thread, and never beyond {@code
   * call.deadlineNanos()}. In a service that is a method and the request is its argument; in a
   * plain module it is an export, the request a JSON array of its arguments and the response one of
   * its results.
   */
  public CallOutcome call(Call call, byte[] request) {
    throw new AssertionError("skeleton");
  }

  /** False once a trap, a limit or {@link #close} has ended it: it must not be called again. */
  public boolean usable() {
    throw new AssertionError("skeleton");
  }

  /** The present size of its memory. */
  public long memoryBytes() {
    throw new AssertionError("skeleton");
  }

  /** Ends it, a call in progress included; may be called from any thread, and again. */
  @Override
  public void close() {
    throw new AssertionError("skeleton");
  }
}
