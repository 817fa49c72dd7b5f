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
    return start(Limits.STACK_BYTES);
  }

  /** For guests under test. */
  static GuestThreads startForTests() {
    return start(Limits.TEST_STACK_BYTES);
  }

  private static GuestThreads start(long stackBytes) {
    return new GuestThreads(
        Executors.newScheduledThreadPool(2, daemon("clockwork", 0)),
        Executors.newCachedThreadPool(daemon("guest", stackBytes)));
  }

  /**
   * @param stackBytes 0 for what a thread has
   */
  private static ThreadFactory daemon(String name, long stackBytes) {
    return task -> {
      Thread thread = new Thread(null, task, name, stackBytes);
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
