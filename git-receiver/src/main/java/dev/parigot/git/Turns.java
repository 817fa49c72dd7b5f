package dev.parigot.git;

import dev.parigot.app.AppId;
import dev.parigot.pipeline.Progress;
import dev.parigot.problem.Problem;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** The turns of one push, one for each of its branches, held until closed by the same thread. */
final class Turns implements AutoCloseable {
  private static final long WAIT_MINUTES = 10;

  private final Deque<ReentrantLock> held = new ArrayDeque<>();

  private Turns() {}

  /** Waits for all of them; a 409 {@code Problem} if that takes too long. */
  static Turns take(
      Repositories repositories, AppId app, List<PushedBranch> branches, Progress progress) {
    Turns turns = new Turns();
    try {
      for (PushedBranch pushed : branches) {
        turns.add(repositories.turn(app, pushed.branch()), progress);
      }
      return turns;
    } catch (RuntimeException e) {
      turns.close();
      throw e;
    }
  }

  private void add(ReentrantLock turn, Progress progress) {
    await(turn, progress);
    held.push(turn);
  }

  private static void await(ReentrantLock turn, Progress progress) {
    try {
      if (turn.tryLock()) {
        return;
      }
      progress.step("Waiting for the push before this one");
      if (turn.tryLock(WAIT_MINUTES, TimeUnit.MINUTES)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw Problem.user(
        409, "push-in-progress", "The push before this one takes too long.", "Push again later.");
  }

  @Override
  public void close() {
    held.forEach(ReentrantLock::unlock);
    held.clear();
  }
}
