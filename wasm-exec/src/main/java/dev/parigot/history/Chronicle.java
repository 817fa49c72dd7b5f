package dev.parigot.history;

import dev.parigot.history.Event.Fate;
import dev.parigot.manifest.Manifest.Overlap;
import dev.parigot.situation.Call;
import dev.parigot.situation.HostCall;
import dev.parigot.situation.Interceptor;
import java.time.Instant;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where an app's host tells what happens. Mostly nobody takes it down: then it costs a look at a
 * field. Thread-safe.
 */
public final class Chronicle implements Interceptor {
  private volatile @Nullable Recorder recorder;

  /** From now on, what begins is told to the recorder. */
  public void begin(Recorder listener) {
    recorder = listener;
  }

  /** What begins is told to nobody. */
  public void end() {
    recorder = null;
  }

  @Override
  public boolean passes() {
    return recorder == null;
  }

  @Override
  public <T extends @Nullable Object> T around(HostCall call, Supplier<T> effect) {
    Recorder now = recorder;
    return now == null ? effect.get() : now.around(call, effect);
  }

  /** A call is made in an instance. */
  public <T extends @Nullable Object> T visit(String instance, Call call, Supplier<T> work) {
    Recorder now = recorder;
    return now == null ? work.get() : now.visit(instance, call, work);
  }

  /** An instance is about to be made. */
  public void born(String instance) {
    Recorder now = recorder;
    if (now != null) {
      now.born(instance);
    }
  }

  /** An instance was given up, and its memory with it. */
  public void gone(String instance) {
    Recorder now = recorder;
    if (now != null) {
      now.gone(instance);
    }
  }

  /**
   * A call sends a message; {@code keep} keeps it and answers its number, unique in the queue.
   *
   * @param order the key of those that are delivered one after the other; null for none
   */
  public long sent(Call call, String queue, @Nullable String order, LongSupplier keep) {
    Recorder now = recorder;
    return now == null
        ? keep.getAsLong()
        : now.sent(new Actor(call.service(), call.id()), queue, order, keep);
  }

  /** A message is being delivered, for that time of as many as there may be. */
  public <T> T attempt(String queue, long message, int attempt, int attempts, Supplier<T> work) {
    Recorder now = recorder;
    return now == null ? work.get() : now.attempt(queue, message, attempt, attempts, work);
  }

  /** It is noted what becomes of a message after an attempt. */
  public void settled(
      String queue, long message, int attempt, int attempts, Fate fate, Runnable note) {
    Recorder now = recorder;
    if (now == null) {
      note.run();
    } else {
      now.settled(queue, message, attempt, attempts, fate, note);
    }
  }

  /** A schedule makes the call of a tick. */
  public void ran(String schedule, Instant due, Instant began, Overlap overlap, Runnable call) {
    Recorder now = recorder;
    if (now == null) {
      call.run();
    } else {
      now.ran(schedule, due, began, overlap, call);
    }
  }
}
