package dev.parigot.workbench;

import dev.parigot.engine.Engine;
import dev.parigot.manifest.Manifest;
import dev.parigot.situation.Interceptor;
import dev.parigot.situation.Time;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Guests that run by the rules of their manifest, all in one engine, which may still be starting.
 */
record Ordinary(Supplier<Engine> only, boolean winds) implements Conduct {
  @Override
  public Lease engine() {
    return new Lease() {
      @Override
      public Engine engine() {
        return only.get();
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public Executor calls(Executor threads) {
    return threads;
  }

  @Override
  public Time time(Time time) {
    return time;
  }

  @Override
  public long timeoutNanos(Manifest.Service service) {
    return service.timeout().toNanos();
  }

  @Override
  public int most(Manifest.Service service) {
    return Math.max(1, service.max());
  }

  @Override
  public boolean leavesTrails() {
    return true;
  }

  @Override
  public Interceptor interceptor() {
    return Interceptor.PASS;
  }

  @Override
  public void close() {
    only.get().close();
  }
}
