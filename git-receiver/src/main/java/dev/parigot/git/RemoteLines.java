package dev.parigot.git;

import dev.parigot.pipeline.Progress;
import dev.parigot.problem.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** The lines that git shows behind {@code remote:}, each sent as it is told. */
final class RemoteLines implements Progress {
  private static final String STEP = "-----> ";
  private static final String DETAIL = "       ";
  private static final String REFUSAL = " !     ";

  private final OutputStream messages;

  RemoteLines(OutputStream messages) {
    this.messages = messages;
  }

  @Override
  public synchronized void step(String text) {
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

  private void line(String text) {
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
