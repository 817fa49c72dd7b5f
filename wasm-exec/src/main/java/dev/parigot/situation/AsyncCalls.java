package dev.parigot.situation;

import dev.parigot.engine.CallOutcome;
import java.util.Optional;

/** How a service starts a call to another one without waiting for it. */
public interface AsyncCalls {
  /** Starts the call, or answers empty if it is refused. */
  Optional<PendingCall> start(Call caller, String service, String method, byte[] request);

  /** A call that has been started. It runs to its end whether or not anybody waits. */
  interface PendingCall {
    boolean done();

    /** Waits for the end, or for {@code nanos} at most; empty if it has not ended by then. */
    Optional<CallOutcome> await(long nanos) throws InterruptedException;

    /**
     * Takes the call over if nobody has begun it yet: whoever asked makes it, and nobody else does.
     * Empty where calls aren't given away.
     */
    default Optional<Claim> claim() {
      return Optional.empty();
    }

    /** Nobody will ask for its end any more. */
    default void abandon() {}
  }

  /** A call that is made by who waits for it. */
  record Claim(Call call, byte[] request) {}
}
