package dev.parigot.workbench;

import dev.parigot.engine.CallOutcome;
import dev.parigot.situation.Call;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * The modules of one version of an app, ready to be called. Thread-safe.
 *
 * @param homes the instances that each service lives in, callees first; services that were wound
 *     share theirs
 * @param lease of the engine that they run in
 */
record Program(Map<String, Pool> homes, Conduct.Lease lease) implements AutoCloseable {
  Program {
    homes = Collections.unmodifiableMap(new LinkedHashMap<>(homes));
  }

  /**
   * Starts what takes the first calls; throws {@link dev.parigot.engine.CannotStart} if it can't.
   */
  void start() {
    new LinkedHashSet<>(homes.values()).forEach(Pool::warm);
  }

  /**
   * Runs a call on the calling thread.
   *
   * @param wanted asked when the call begins; if it is not wanted any more, it is not made
   */
  CallOutcome call(Call call, byte[] request, BooleanSupplier wanted) {
    Pool home = homes.get(call.service());
    return home == null
        ? new CallOutcome.Failed(404, "The app has no service " + call.service() + ".")
        : home.call(call, request, wanted);
  }

  /** Ends its instances; to be called when no call is in progress. */
  @Override
  public void close() {
    homes.values().forEach(Pool::close);
    lease.close();
  }
}
