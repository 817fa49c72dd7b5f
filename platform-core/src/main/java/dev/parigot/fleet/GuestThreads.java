package dev.parigot.fleet;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The platform threads that guests run on. Their stacks are large, since guests that are not yet
 * compiled need much of it; busy guests on virtual threads would starve each other.
 */
public final class GuestThreads {
  private static final long STACK_BYTES = 16L << 20;
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
              Thread thread = new Thread(null, task, "guest", STACK_BYTES);
              thread.setDaemon(true);
              return thread;
            });
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }
}
