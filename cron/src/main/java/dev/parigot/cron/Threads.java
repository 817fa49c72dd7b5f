package dev.parigot.cron;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.quartz.spi.ThreadPool;

/**
 * A virtual thread for each moment that has come: they mostly wait for a guest, whose own threads
 * are bounded elsewhere. Public because Quartz names it by reflection.
 */
public final class Threads implements ThreadPool {
  private static final int MOST = 1_000;
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final Semaphore free = new Semaphore(MOST);

  Threads() {}

  @Override
  public boolean runInThread(Runnable work) {
    if (!free.tryAcquire()) {
      return false;
    }
    Thread.ofVirtual()
        .name("cron-", 0)
        .start(() -> {
          try {
            work.run();
          } finally {
            free.release();
          }
        });
    return true;
  }

  @Override
  public int blockForAvailableThreads() {
    free.acquireUninterruptibly();
    free.release();
    return Math.max(1, free.availablePermits());
  }

  /** Waits a little for all to end. */
  void finish() {
    try {
      if (free.tryAcquire(MOST, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        free.release(MOST);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public int getPoolSize() {
    return MOST;
  }

  @Override
  public void initialize() {}

  @Override
  public void shutdown(boolean wait) {}

  @Override
  public void setInstanceId(String id) {}

  @Override
  public void setInstanceName(String name) {}
}
