package dev.parigot.workbench;

import dev.parigot.engine.Instance;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/** A way to end a call, wherever it is: the instances that it is in are closed. Thread-safe. */
final class Cancellation {
  private static final ScopedValue<Cancellation> CURRENT = ScopedValue.newInstance();

  private final Deque<Instance> inside = new ArrayDeque<>();
  private boolean cancelled;

  /** Makes a call on this thread that can be cancelled. */
  <T> T around(Supplier<T> call) {
    return ScopedValue.where(CURRENT, this).call(call::get);
  }

  /** Work in an instance, on behalf of the call that this thread makes. */
  static <T> T during(Instance instance, Supplier<T> work) {
    if (!CURRENT.isBound()) {
      return work.get();
    }
    Cancellation current = CURRENT.get();
    current.enter(instance);
    try {
      return work.get();
    } finally {
      current.leave();
    }
  }

  synchronized void cancel() {
    cancelled = true;
    inside.forEach(Instance::close);
  }

  private synchronized void enter(Instance instance) {
    inside.push(instance);
    if (cancelled) {
      instance.close();
    }
  }

  private synchronized void leave() {
    inside.pop();
  }
}
