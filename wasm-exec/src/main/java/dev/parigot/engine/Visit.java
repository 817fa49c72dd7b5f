package dev.parigot.engine;

import dev.parigot.situation.Call;
import org.jspecify.annotations.Nullable;

/**
 * What an instance is entered for.
 *
 * @param entered the service that is called, or null if none is: something is run ahead of calls
 */
record Visit(@Nullable Resident entered, Call call) {
  /** Of something that is run ahead of calls. */
  static Visit ahead(String method, long deadlineNanos) {
    return new Visit(null, new Call("", "", method, null, deadlineNanos, 1, ""));
  }

  /** On whose behalf a service of the instance runs meanwhile. */
  Call of(Resident resident) {
    if (entered == resident) {
      return call;
    }
    return entered == null
        ? call(resident, resident.instance(), call.method(), null)
        : call(resident, call.id(), "", resident.callerWithin(entered));
  }

  private Call call(Resident of, String id, String method, @Nullable String caller) {
    return new Call(id, of.service(), method, caller, call.deadlineNanos(), 1, call.traceparent());
  }
}
