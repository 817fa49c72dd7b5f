package dev.parigot.pipeline;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * A progress that is never silent for long: while nothing is told for four seconds, a line says
 * that work goes on, so that neither the client nor a proxy between gives up. It ends when closed.
 */
public final class Lively implements Progress, AutoCloseable {
  private static final int SILENT_SECONDS = 4;

  private final Progress progress;
  private final CountDownLatch end = new CountDownLatch(1);
  private int silentSeconds;
  private int secondsInStep;

  private Lively(Progress progress) {
    this.progress = progress;
  }

  /** Begins to watch over the silence, on a thread of its own. */
  public static Lively of(Progress progress, Executor threads) {
    Lively lively = new Lively(progress);
    threads.execute(lively::watch);
    return lively;
  }

  @Override
  public synchronized void step(String text) {
    secondsInStep = 0;
    silentSeconds = 0;
    progress.step(text);
  }

  @Override
  public synchronized void detail(String text) {
    silentSeconds = 0;
    progress.detail(text);
  }

  @Override
  public void close() {
    end.countDown();
  }

  private void watch() {
    try {
      while (!end.await(1, TimeUnit.SECONDS)) {
        second();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void second() {
    secondsInStep++;
    if (++silentSeconds >= SILENT_SECONDS) {
      detail("still working, " + secondsInStep + " s");
    }
  }
}
