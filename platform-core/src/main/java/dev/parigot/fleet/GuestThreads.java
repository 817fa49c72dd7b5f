package dev.parigot.fleet;

import dev.parigot.engine.Limits;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The platform threads that guests run on. Busy guests on virtual threads would starve each other.
 */
public final class GuestThreads {
  private static final int WAITING = 4096;

  private GuestThreads() {}

  /** At most that many threads; more than 4096 waiting tasks are refused. */
  public static ExecutorService bounded(int threads) {
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            threads,
            threads,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            task -> {
              Thread thread = new Thread(null, task, "guest", Limits.STACK_BYTES);
              thread.setDaemon(true);
              return thread;
            });
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }
}
