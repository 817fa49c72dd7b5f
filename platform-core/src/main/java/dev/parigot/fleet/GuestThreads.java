package dev.parigot.fleet;

import dev.parigot.engine.Limits;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The platform threads that guests run on. Busy guests on virtual threads would starve each other.
 */
public final class GuestThreads {
  private static final int WAITING = 4096;
  private static final int IDLE_SECONDS = 30;

  private GuestThreads() {}

  /** At most that many threads; more than 4096 waiting tasks are refused. */
  public static ExecutorService bounded(int threads) {
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            threads,
            threads,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            task -> new GuestThread(task, "guest"));
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }

  /** A thread for each task, as many at a time at most; one more is refused. */
  public static ExecutorService growing(int threads) {
    return new ThreadPoolExecutor(
        0,
        threads,
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        task -> new GuestThread(task, "test", Limits.TEST_STACK_BYTES));
  }

  /**
   * At most that many threads for requests, each of which may call a guest where it is, without
   * another thread. A task that finds all of them busy goes to {@code others}, and never waits: so
   * those who hold them (slow clients, slow guests) hold nobody up. Of idle threads the last one to
   * become so is taken: few threads see most requests, and the same instances.
   */
  public static ExecutorService forRequests(int threads, Executor others) {
    return new ThreadPoolExecutor(
        0,
        threads,
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        task -> new GuestThread(task, "request"),
        (task, _) -> others.execute(task));
  }

  /** Whether guests may run on the calling thread. */
  static boolean isOne() {
    return Thread.currentThread() instanceof GuestThread;
  }

  private static final class GuestThread extends Thread {
    GuestThread(Runnable task, String name) {
      this(task, name, Limits.STACK_BYTES);
    }

    GuestThread(Runnable task, String name, long stackBytes) {
      super(null, task, name, stackBytes);
      setDaemon(true);
    }
  }
}
