package dev.parigot.workbench;

import dev.parigot.engine.CallOutcome;
import dev.parigot.engine.CannotStart;
import dev.parigot.situation.Call;

/** The modules of one version of an app, ready to be called. Thread-safe. */
interface Program extends AutoCloseable {
  /**
   * Starts what takes the first calls, callees before their callers; throws {@link CannotStart}.
   */
  void start();

  /** Runs a call on the calling thread. */
  CallOutcome call(Call call, byte[] request);

  /** Ends its instances; to be called when no call is in progress. */
  @Override
  void close();
}
