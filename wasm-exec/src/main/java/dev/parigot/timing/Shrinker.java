package dev.parigot.timing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Makes a run that fails small: it needs each of the choices that are left, and as far as the
 * number of runs allows, no run with fewer fails.
 */
final class Shrinker {
  /** For runs with fewer choices than one that needs all that it has. */
  private static final int MOST_RUNS_NEARBY = 500;

  private final Trial trial;
  private final int mostRuns;
  private int runs;

  Shrinker(Trial trial, int mostRuns) {
    this.trial = trial;
    this.mostRuns = mostRuns;
  }

  Run shrink(Run failed) throws InterruptedException {
    Run smallest = withoutFaults(failed);
    int size = Math.max(1, smallest.choices().size() / 2);
    while (size >= 1 && runs < mostRuns) {
      Run smaller = without(smallest, size);
      if (smaller.choices().size() < smallest.choices().size()) {
        smallest = smaller;
        size = Math.clamp(smaller.choices().size() / 2, 1, size);
      } else {
        size /= 2;
      }
    }
    return nearest(smallest);
  }

  /** Tries the runs with no choice, with one, with two and so on, as long as those are fewer. */
  private Run nearest(Run failed) throws InterruptedException {
    Deque<List<Choice>> waiting = new ArrayDeque<>();
    waiting.add(faults(failed));
    int left = MOST_RUNS_NEARBY;
    while (!waiting.isEmpty() && left-- > 0) {
      List<Choice> choices = waiting.remove();
      Neighbours neighbours = new Neighbours(choices);
      Run run = Run.of(trial, neighbours);
      if (run.failedLike(failed) && run.choices().size() < failed.choices().size()) {
        return run;
      }
      if (choices.size() + 2 <= failed.choices().size()) {
        waiting.addAll(neighbours.neighbours());
      }
    }
    return failed;
  }

  private static List<Choice> faults(Run failed) {
    return failed.choices().stream().filter(each -> each instanceof Choice.Strike).toList();
  }

  /** Most bugs need no fault, and one that does needs few of them. */
  private Run withoutFaults(Run failed) throws InterruptedException {
    List<Choice> switches =
        failed.choices().stream().filter(each -> each instanceof Choice.Switch).toList();
    Run run = attempt(switches);
    return run.failedLike(failed) ? run : failed;
  }

  /** Leaves out so many choices at a time, the last ones first, wherever it fails all the same. */
  private Run without(Run failed, int size) throws InterruptedException {
    Run smallest = failed;
    int end = smallest.choices().size();
    while (end > 0 && runs < mostRuns) {
      List<Choice> fewer = new ArrayList<>(smallest.choices());
      fewer.subList(Math.max(0, end - size), end).clear();
      Run run = attempt(fewer);
      if (run.failedLike(failed) && run.choices().size() < smallest.choices().size()) {
        smallest = run;
      }
      end = Math.min(end - size, smallest.choices().size());
    }
    return smallest;
  }

  private Run attempt(List<Choice> choices) throws InterruptedException {
    runs++;
    return Run.of(trial, new Replay(choices));
  }
}
