package dev.parigot.timing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a run that fails small: it needs each of the choices that are left, and as far as the
 * number of runs allows, no run with fewer fails.
 */
final class Shrinker {
  /** For runs with fewer choices than one that needs all that it has. */
  private static final int MOST_RUNS_NEARBY = 300;

  private final Trial trial;
  private int left;

  /**
   * @param mostRuns after which it is as small as it is
   */
  Shrinker(Trial trial, int mostRuns) {
    this.trial = trial;
    this.left = mostRuns;
  }

  Run shrink(Run failed) throws InterruptedException {
    Run smallest = nearest(smaller(fewestFaults(withoutFaults(failed))));
    // What is small has fewer pairs in conflict, of which fewer may do.
    Run again = nearest(smaller(smallest));
    while (again.choices().size() < smallest.choices().size()) {
      smallest = again;
      again = nearest(smaller(smallest));
    }
    return smallest;
  }

  private Run smaller(Run failed) throws InterruptedException {
    return fewestChoices(fewestOrders(failed));
  }

  /** Most bugs need no fault, and one that does needs few of them. */
  private Run withoutFaults(Run failed) throws InterruptedException {
    List<Choice> switches =
        failed.choices().stream().filter(each -> each instanceof Choice.Switch).toList();
    Run run = attempt(new Replay(switches), failed);
    return run == null ? failed : run;
  }

  /** The run with as few faults as it takes, in the order in which it was. */
  private Run fewestFaults(Run failed) throws InterruptedException {
    Run[] smallest = {failed};
    List<Conflicts.Pair> pairs = new Conflicts(failed.steps()).pairs();
    fewest(
        faults(failed),
        faults -> {
          Run run = attempt(new Held(new Replay(faults), pairs), failed);
          smallest[0] = run == null ? smallest[0] : run;
          return run != null;
        });
    return smallest[0];
  }

  /** The run that takes the plain order, but for as few pairs in conflict as it takes. */
  private Run fewestOrders(Run failed) throws InterruptedException {
    Run[] smallest = {failed};
    fewest(
        new Conflicts(failed.steps()).pairs(),
        pairs -> {
          Run run = attempt(new Held(new Replay(faults(failed)), pairs), failed);
          smallest[0] = run == null ? smallest[0] : run;
          return run != null;
        });
    return smallest[0];
  }

  private Run fewestChoices(Run failed) throws InterruptedException {
    Run[] smallest = {failed};
    fewest(
        failed.choices(),
        choices -> {
          Run run = attempt(new Replay(choices), failed);
          smallest[0] =
              run == null || run.choices().size() > smallest[0].choices().size()
                  ? smallest[0]
                  : run;
          return run != null;
        });
    return smallest[0];
  }

  private static List<Choice> faults(Run failed) {
    return failed.choices().stream().filter(each -> each instanceof Choice.Strike).toList();
  }

  /** Whether it fails with those alone. */
  private interface Failing<T> {
    boolean with(List<T> some) throws InterruptedException;
  }

  /** Leaves out halves, then quarters and so on, then each, as long as it fails. */
  private <T> void fewest(List<T> all, Failing<T> failing) throws InterruptedException {
    if (!failing.with(all)) {
      return;
    }
    List<T> needed = all;
    for (int size = Math.max(1, all.size() / 2); size >= 1; size /= 2) {
      for (int end = needed.size(); end > 0 && left > 0; end -= size) {
        List<T> fewer = new ArrayList<>(needed);
        fewer.subList(Math.max(0, end - size), end).clear();
        needed = failing.with(fewer) ? fewer : needed;
      }
    }
  }

  /** Tries the runs with no choice, with one, with two and so on, as long as those are fewer. */
  private Run nearest(Run failed) throws InterruptedException {
    Deque<List<Choice>> waiting = new ArrayDeque<>();
    List<Choice> faults = faults(failed);
    // Without the others, what a fault leads to has other names than in the run that failed; and
    // one of them elsewhere may do what several did.
    if (!faults.isEmpty()) {
      waiting.add(List.of());
    }
    if (faults.size() > 1) {
      faults.forEach(fault -> waiting.add(List.of(fault)));
    }
    waiting.add(faults);
    for (int count = 0; count < MOST_RUNS_NEARBY && !waiting.isEmpty(); count++) {
      List<Choice> choices = waiting.remove();
      if (choices.size() >= failed.choices().size()) {
        continue;
      }
      Neighbours neighbours = new Neighbours(choices, left(faults, choices));
      Run run = attempt(neighbours, failed);
      if (run != null) {
        return run;
      }
      waiting.addAll(neighbours.neighbours());
    }
    return failed;
  }

  /** The faults of which there are more than others already have. */
  private static Set<Fault> left(List<Choice> faults, List<Choice> others) {
    return kinds(faults)
        .filter(fault -> count(fault, faults) > count(fault, others))
        .collect(Collectors.toSet());
  }

  private static long count(Fault fault, List<Choice> choices) {
    return kinds(choices).filter(fault::equals).count();
  }

  private static Stream<Fault> kinds(List<Choice> choices) {
    return choices.stream()
        .flatMap(each ->
            each instanceof Choice.Strike(Fault fault, _) ? Stream.of(fault) : Stream.empty());
  }

  /** The run, if it fails as that one did. */
  private @Nullable Run attempt(Strategy strategy, Run failed) throws InterruptedException {
    left--;
    Run run = Run.of(trial, strategy);
    return run.failedLike(failed) ? run : null;
  }
}
