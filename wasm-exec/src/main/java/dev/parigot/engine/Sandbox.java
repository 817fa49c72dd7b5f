package dev.parigot.engine;

import dev.parigot.situation.Time;
import dev.parigot.wasm.Bounds;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.graalvm.polyglot.Context;
import org.jspecify.annotations.Nullable;

/**
 * A context that runs one piece of work at a time and ends it at its deadline. Once that, a failure
 * or {@link #close} has ended the context, nothing can be run in it any more. Those that share a
 * context, to be debugged, end one by one all the same; but work in progress only ends in an
 * import.
 */
final class Sandbox implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Sandbox.class.getName());
  private static final long CANCELLATION_SECONDS = 10;
  private static final long GRACE_SECONDS = 2;

  private final Context context;
  private final boolean alone;
  private volatile Time time;
  private final Watchdog watchdog;
  private final IntFunction<String> names;
  private final Pausing.@Nullable Entered entered;
  private final Occupancy occupancy = new Occupancy();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();

  private volatile long deadlineNanos;
  private volatile boolean usable = true;
  private boolean spoiled;
  private @Nullable Footprints footprints;
  private Supplier<Bounds.Reached> bound = () -> Bounds.Reached.NONE;

  /** Null until it was entered first, and if it can't be paused. */
  private volatile Pausing.@Nullable Brake brake;

  /**
   * @param entered tells the engine's own word for the context, by which it can be paused; null if
   *     it can't be
   * @param alone whether nothing else runs in the context, so that it ends with this
   * @param names of the guest's functions that its module itself gives none
   */
  Sandbox(
      Context context,
      Pausing.@Nullable Entered entered,
      boolean alone,
      Time time,
      Watchdog watchdog,
      IntFunction<String> names) {
    this.context = context;
    this.entered = entered;
    this.alone = alone;
    this.time = time;
    this.watchdog = watchdog;
    this.names = names;
  }

  /** The guest leaves a trail, by which its failures tell lines of its source. */
  void follow(Footprints left) {
    footprints = left;
  }

  /** The guest has bounds; {@code reached} tells which one it came to. */
  void bound(Supplier<Bounds.Reached> reached) {
    bound = reached;
  }

  Context context() {
    return context;
  }

  /** What is run from now on is in that time. */
  void setTime(Time other) {
    time = other;
  }

  /**
   * Runs work on the calling thread, but not beyond the deadline. Throws {@link
   * IllegalStateException} if other work is being run or the context has ended.
   *
   * @param last done when the work has ended, whichever way
   */
  CallOutcome run(long deadline, Runnable first, Supplier<CallOutcome> work, Runnable last) {
    deadlineNanos = deadline;
    occupancy.enter();
    first.run();
    CallOutcome outcome = contained(work);
    if (!occupancy.settle()) {
      awaitCancellation();
    }
    last.run();
    if (!occupancy.leave(!spoiled && !(outcome instanceof CallOutcome.LimitReached))) {
      closeContext();
    }
    return outcome;
  }

  /** Runs work that the work in progress asks for, with a deadline that is sooner. */
  CallOutcome within(long deadline, Supplier<CallOutcome> work) {
    long outer = deadlineNanos;
    deadlineNanos = deadline;
    CallOutcome outcome = work.get();
    deadlineNanos = outer;
    return outcome;
  }

  private CallOutcome contained(Supplier<CallOutcome> work) {
    try {
      context.enter();
      try {
        if (brake == null && entered != null) {
          brake = new Pausing.Brake(entered.context());
        }
        return work.get();
      } finally {
        context.leave();
      }
    } catch (Throwable thrown) {
      // Whatever it was: the guest was left in the middle. Cancelling throws an Error of the
      // engine.
      spoil();
      return new GuestFailure(names, footprints, bound)
          .of(thrown, occupancy.cancelled(), occupancy.overdue());
    }
  }

  /** Waits for the thread that closes the context, so that its interrupt doesn't come later. */
  @SuppressWarnings("ThreadInterruptedIgnored")
  private void awaitCancellation() {
    closed.completeOnTimeout(null, CANCELLATION_SECONDS, TimeUnit.SECONDS).join();
    Thread.interrupted();
  }

  /** To be called by the work: it will have been the last. */
  void spoil() {
    spoiled = true;
  }

  /**
   * Runs what leaves the guest; nothing cancels it. Ends the guest's work if its deadline has
   * passed or it was closed.
   */
  <T extends @Nullable Object> T outside(Supplier<T> effect) {
    if (!occupancy.inGuest()) {
      return effect.get();
    }
    occupancy.goOutside();
    T result;
    try {
      result = effect.get();
    } finally {
      occupancy.comeBack();
    }
    occupancy.check();
    return result;
  }

  boolean usable() {
    return usable;
  }

  /** See {@link Instance#running()}. */
  long visitInGuest() {
    return occupancy.visitInGuest();
  }

  /** See {@link Instance#pause()}. */
  void pause() {
    Pausing.Brake present = brake;
    if (present != null) {
      present.pull();
    }
  }

  /** See {@link Instance#resume()}. */
  void resume() {
    Pausing.Brake present = brake;
    if (present != null) {
      present.release();
    }
  }

  /** Ends the work in progress if its deadline has passed. */
  void endIfOverdue(Executor cancellers) {
    if (!time.passesByItself()) {
      return;
    }
    long visit = occupancy.visit();
    if (visit >= 0 && time.monotonicNanos() - deadlineNanos >= 0 && occupancy.expire(visit)) {
      usable = false;
      cancellers.execute(this::closeContext);
    }
  }

  /** Ends it, work in progress included; may be called from any thread, and again. */
  @Override
  public void close() {
    usable = false;
    if (occupancy.end()) {
      closeContext();
    }
  }

  /** Waits until it has closed; work that is still outside of the guest after a while is ended. */
  void finish() {
    try {
      closed.get(GRACE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      closeContext();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closeContext();
    } catch (ExecutionException e) {
      throw new IllegalStateException("closing never fails", e);
    }
  }

  private void closeContext() {
    usable = false;
    try {
      if (alone) {
        context.close(true);
      }
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "A context could not be closed", e);
    } finally {
      closed.complete(null);
      watchdog.forget(this);
    }
  }
}
