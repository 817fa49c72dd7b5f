package dev.parigot.engine;

import dev.parigot.situation.Call;
import dev.parigot.situation.User;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an instance is entered for.
 *
 * @param entered the service that is called, or null if none is: something is run ahead of calls
 * @param waiting the services that may be in the middle of a call meanwhile, as this visit was
 *     begun inside another one
 */
record Visit(@Nullable Resident entered, Call call, Set<String> waiting) {
  /** Of something that is run ahead of calls. */
  static Visit ahead(String method, long deadlineNanos) {
    return new Visit(null, new Call("", "", method, null, deadlineNanos, 1, ""), Set.of());
  }

  /** From outside. */
  static Visit of(Resident entered, Call call) {
    return new Visit(entered, call, Set.of());
  }

  /** One that is begun by a service of the same instance and ends before this one. */
  Visit within(Resident by, Resident next, Call made) {
    long deadline = Math.min(made.deadlineNanos(), call.deadlineNanos());
    Call bounded =
        new Call(
            made.id(),
            made.service(),
            made.method(),
            made.caller(),
            deadline,
            made.attempt(),
            made.traceparent(),
            made.user());
    return new Visit(next, bounded, underWay(by));
  }

  /** The same from now on, on behalf of another user, or of nobody. */
  Visit as(@Nullable User user) {
    return new Visit(entered, call.as(user), waiting);
  }

  /** The services that may be in the middle of a call while that one runs. */
  Set<String> underWay(Resident running) {
    Set<String> services = new HashSet<>(waiting);
    if (entered != null) {
      services.addAll(running.underWaySince(entered));
    }
    return services;
  }

  /** On whose behalf a service of the instance runs meanwhile. */
  Call callOf(Resident resident) {
    if (entered == resident) {
      return call;
    }
    return entered == null
        ? call(resident, resident.instance(), call.method(), null)
        : call(resident, call.id(), "", resident.callerSince(entered));
  }

  private Call call(Resident of, String id, String method, @Nullable String caller) {
    return new Call(
        id, of.service(), method, caller, call.deadlineNanos(), 1, call.traceparent(), call.user());
  }
}
