package dev.parigot.local;

import dev.parigot.engine.Instance;
import dev.parigot.engine.Tenant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Instances that an app in memory has left and that the next one of the same code takes: they begin
 * anew there, as if they had just been made, which costs far less. Thread-safe.
 */
final class Spares implements AutoCloseable {
  /** What the memories of those that wait have in all, at most. */
  private static final long MOST_BYTES = 256L << 20;

  private final Map<AppCode.Program, Deque<Instance>> waiting = new HashMap<>();
  private long bytes;
  private boolean closed;

  /** One that has begun anew, or null if there is none. Throws what a new one throws. */
  @Nullable Instance take(AppCode.Program program, List<Tenant> tenants) {
    Instance next = next(program);
    if (next != null) {
      next.beginAnew(tenants);
    }
    return next;
  }

  private synchronized @Nullable Instance next(AppCode.Program program) {
    Instance next = waiting(program).poll();
    bytes -= next == null ? 0 : next.memoryBytes();
    return next;
  }

  /** Nobody uses it any more; it ends if it can't wait. */
  void leave(AppCode.Program program, Instance instance) {
    if (!keeps(program, instance)) {
      instance.close();
    }
  }

  private synchronized boolean keeps(AppCode.Program program, Instance instance) {
    long size = instance.memoryBytes();
    if (closed || !instance.isRepeatable() || bytes + size > MOST_BYTES) {
      return false;
    }
    waiting(program).push(instance);
    bytes += size;
    return true;
  }

  private Deque<Instance> waiting(AppCode.Program program) {
    return waiting.computeIfAbsent(program, _ -> new ArrayDeque<>());
  }

  /** Ends those that wait, and from now on whoever is left. */
  @Override
  public synchronized void close() {
    closed = true;
    waiting.values().forEach(each -> each.forEach(Instance::close));
    waiting.clear();
  }
}
