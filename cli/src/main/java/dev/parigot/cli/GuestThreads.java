package dev.parigot.cli;

import dev.parigot.engine.EngineOptions;
import dev.parigot.engine.Limits;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;

/**
 * The threads of a verb that runs guests. None keeps the process from ending.
 *
 * @param clockwork for what is due by the clock
 * @param guests with a guest's stack each; grows with need
 */
record GuestThreads(ScheduledExecutorService clockwork, ExecutorService guests)
    implements AutoCloseable {
  static GuestThreads start() {
    return new GuestThreads(
        Executors.newScheduledThreadPool(2, daemon("clockwork")),
        Executors.newCachedThreadPool(daemon("guest")));
  }

  private static ThreadFactory daemon(String name) {
    return task -> {
      Thread thread = new Thread(null, task, name, Limits.STACK_BYTES);
      thread.setDaemon(true);
      return thread;
    };
  }

  /** Guests are slower where this JVM has no compiler for them, and right all the same. */
  EngineOptions engineOptions() {
    return new EngineOptions(clockwork, guests, true);
  }

  @Override
  public void close() {
    guests.shutdown();
    clockwork.shutdown();
  }
}
