package dev.parigot.workbench;

import dev.parigot.engine.CallOutcome;
import dev.parigot.engine.CannotStart;
import dev.parigot.engine.Instance;
import dev.parigot.situation.Call;
import dev.parigot.situation.Time;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The instances of one service, or of several that were wound: the one that was used last is used
 * first. Thread-safe.
 */
final class Pool implements AutoCloseable {
  private final Supplier<Instance> maker;
  private final Time time;
  private final int most;
  private final Semaphore places;
  private final Deque<Instance> idle = new ConcurrentLinkedDeque<>();

  /**
   * @param most instances at a time
   * @param maker makes one, or throws {@link CannotStart}
   */
  Pool(int most, Supplier<Instance> maker, Time time) {
    this.most = most;
    this.maker = maker;
    this.time = time;
    this.places = new Semaphore(most, true);
  }

  /** Makes an instance ahead of the first call; throws {@link CannotStart}. */
  void warm() {
    Instance instance = maker.get();
    instance.warm();
    giveBack(instance);
  }

  /**
   * Runs a call in an instance of its own for as long as it lasts.
   *
   * @param wanted asked when there is room for it
   */
  CallOutcome call(Call call, byte[] request, BooleanSupplier wanted) {
    try {
      long left = call.deadlineNanos() - time.monotonicNanos();
      if (!places.tryAcquire(left, TimeUnit.NANOSECONDS)) {
        return new CallOutcome.Failed(
            408, "Timed out waiting for one of " + most + " instances, all of them busy.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new CallOutcome.Failed(499, "Cancelled while waiting for an instance.");
    }
    try {
      return wanted.getAsBoolean()
          ? use(call, request)
          : new CallOutcome.Failed(499, "Somebody else makes the call.");
    } finally {
      places.release();
    }
  }

  private CallOutcome use(Call call, byte[] request) {
    Instance instance;
    try {
      instance = take();
    } catch (CannotStart e) {
      return e.outcome();
    }
    try {
      return Cancellation.during(instance, () -> instance.call(call, request));
    } finally {
      giveBack(instance);
    }
  }

  private Instance take() {
    Instance instance = idle.poll();
    return instance == null ? maker.get() : instance;
  }

  private void giveBack(Instance instance) {
    if (instance.usable()) {
      idle.push(instance);
    } else {
      instance.close();
    }
  }

  /** Ends its instances; to be called when no call is in progress. */
  @Override
  public void close() {
    idle.forEach(Instance::close);
    idle.clear();
  }
}
