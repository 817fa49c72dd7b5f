package dev.parigot.situation;

import dev.parigot.engine.CallOutcome;

/** How a service of the app reaches another one. */
public interface ServiceCalls {
  /**
   * Calls a method on the calling thread and waits. The callee's deadline is the smaller of its own
   * timeout and what remains of the caller's.
   */
  CallOutcome call(Call caller, String service, String method, byte[] request);
}
