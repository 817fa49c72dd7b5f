package dev.parigot.fleet;

import dev.parigot.engine.CallOutcome;
import dev.parigot.engine.Instance;
import dev.parigot.history.Chronicle;
import dev.parigot.situation.Call;

/** One instance as a pool sees it: takes one call at a time, until it is no longer usable. */
interface Guest extends AutoCloseable {
  /** A short name, unique in the app. */
  String name();

  /**
   * Runs what has to run before the first call, on the calling thread. A {@code CannotStart} if
   * that fails.
   */
  default void start() {}

  CallOutcome call(Call call, byte[] request);

  /** Makes its first call faster, before it has any. */
  void warm();

  boolean usable();

  /**
   * The number of the call that runs code of the guest now, paused or not; -1 if none does. One
   * that never runs any needs no pauses.
   */
  default long running() {
    return -1;
  }

  /** Holds it up in its own code until {@link #resume}. */
  default void pause() {}

  default void resume() {}

  /** What its memory takes of the node's. */
  default long memoryBytes() {
    return 0;
  }

  @Override
  void close();

  /** Makes guests. */
  @FunctionalInterface
  interface Starter {
    /** Makes one, to be started. A {@code CannotStart} or a {@code Problem} if it can't be. */
    Guest make();
  }

  /**
   * An instance of the engine.
   *
   * @param chronicle where its life is told
   */
  record Instantiated(Instance instance, Chronicle chronicle) implements Guest {
    @Override
    public String name() {
      return instance.name();
    }

    @Override
    public void start() {
      chronicle.born(instance.name());
      instance.start();
    }

    @Override
    public CallOutcome call(Call call, byte[] request) {
      return chronicle.visit(instance.name(), call, () -> instance.call(call, request));
    }

    @Override
    public void warm() {
      instance.warm();
    }

    @Override
    public boolean usable() {
      return instance.usable();
    }

    @Override
    public long running() {
      return instance.running();
    }

    @Override
    public void pause() {
      instance.pause();
    }

    @Override
    public void resume() {
      instance.resume();
    }

    @Override
    public long memoryBytes() {
      return instance.memoryBytes();
    }

    @Override
    public void close() {
      instance.close();
      chronicle.gone(instance.name());
    }
  }
}
