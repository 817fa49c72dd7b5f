package dev.parigot.fleet;

import dev.parigot.engine.CallOutcome;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/**
 * A way to end a call from another thread, wherever the call is: it enters no instance any more,
 * and those that it is in are closed. Its outcome is then a failure with the code 499.
 */
public final class Cancellation {
  private static final ScopedValue<Cancellation> CURRENT = ScopedValue.newInstance();
  private static final CallOutcome CANCELLED = new CallOutcome.Failed(499, "Cancelled.");

  private final Deque<Guest> inside = new ArrayDeque<>();
  private boolean cancelled;

  /** Ends the call, now or before it begins. A guest that waits in an import ends after that. */
  public synchronized void cancel() {
    cancelled = true;
    inside.forEach(Guest::close);
  }

  public synchronized boolean isCancelled() {
    return cancelled;
  }

  /** Makes a call on this thread that can be cancelled. */
  CallOutcome around(Supplier<CallOutcome> call) {
    return ScopedValue.where(CURRENT, this).call(call::get);
  }

  /** Work in a guest, on behalf of the call that this thread makes. */
  static CallOutcome during(Guest guest, Supplier<CallOutcome> work) {
    return CURRENT.isBound() ? CURRENT.get().within(guest, work) : work.get();
  }

  private CallOutcome within(Guest guest, Supplier<CallOutcome> work) {
    if (!enter(guest)) {
      return CANCELLED;
    }
    try {
      return work.get();
    } finally {
      leave();
    }
  }

  private synchronized boolean enter(Guest guest) {
    if (!cancelled) {
      inside.push(guest);
    }
    return !cancelled;
  }

  private synchronized void leave() {
    inside.pop();
  }
}
