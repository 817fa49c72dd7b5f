package dev.parigot.fleet;

import dev.parigot.engine.CallOutcome;
import dev.parigot.engine.Instance;
import dev.parigot.situation.Call;

/** One instance as a pool sees it: takes one call at a time, until it is no longer usable. */
interface Guest extends AutoCloseable {
  /** A short name, unique in the app. */
  String name();

  CallOutcome call(Call call, byte[] request);

  /** Makes its first call faster, before it has any. */
  void warm();

  boolean usable();

  @Override
  void close();

  /** Makes guests. */
  @FunctionalInterface
  interface Starter {
    /**
     * Starts one, on the calling thread. A {@code CannotStart} or a {@code Problem} if it can't be.
     */
    Guest start();
  }

  /** An instance of the engine. */
  record Instantiated(Instance instance) implements Guest {
    @Override
    public String name() {
      return instance.name();
    }

    @Override
    public CallOutcome call(Call call, byte[] request) {
      return instance.call(call, request);
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
    public void close() {
      instance.close();
    }
  }
}
