package dev.parigot.git;

import dev.parigot.pipeline.Progress;
import dev.parigot.problem.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * The lines that git shows behind {@code remote:}, each sent as it is told. While nothing is told
 * for four seconds, a line says that work goes on, so that neither the user nor a proxy gives up.
 */
final class RemoteLines implements Progress {
  private static final String STEP = "-----> ";
  private static final String DETAIL = "       ";
  private static final String REFUSAL = " !     ";
  private static final int SILENT_SECONDS = 4;

  private final OutputStream messages;
  private int silentSeconds;
  private int secondsInStep;

  RemoteLines(OutputStream messages) {
    this.messages = messages;
  }

  @Override
  public synchronized void step(String text) {
    secondsInStep = 0;
    line(STEP + text);
  }

  @Override
  public synchronized void detail(String text) {
    line(DETAIL + text);
  }

  /** Tells a problem whole: what happened, every mistake, what to do next. */
  synchronized void refusal(Problem problem) {
    line(REFUSAL + problem.what());
    problem.details().forEach(each -> line(DETAIL + each));
    if (!problem.next().isEmpty()) {
      line(REFUSAL + problem.next());
    }
  }

  /** Begins to say that work goes on whenever it is silent, until the answer is closed. */
  Beat beat(Executor threads) {
    CountDownLatch end = new CountDownLatch(1);
    threads.execute(() -> {
      try {
        while (!end.await(1, TimeUnit.SECONDS)) {
          second();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
    return end::countDown;
  }

  /** Ends the beat. */
  interface Beat extends AutoCloseable {
    @Override
    void close();
  }

  private synchronized void second() {
    secondsInStep++;
    if (++silentSeconds >= SILENT_SECONDS) {
      line(DETAIL + "still working, " + secondsInStep + " s");
    }
  }

  private void line(String text) {
    silentSeconds = 0;
    try {
      messages.write((printable(text) + "\n").getBytes(StandardCharsets.UTF_8));
      messages.flush();
    } catch (IOException e) {
      // The client went away: Client remembers it, and who must know asks there.
    }
  }

  /** What comes from a pushed file must not steer the terminal that shows it. */
  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
