package dev.parigot.timing;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Probabilistic concurrency testing (Burckhardt and others, 2010): who has the highest priority
 * goes on; at some random choices the one who would, falls below all others. A bug that takes d
 * orderings among n lanes and k choices is found with probability 1/(n·k^(d-1)) at least.
 */
final class Pct implements Strategy {
  /** What has one priority. */
  enum Lane {
    TASK,
    SERVICE;

    private String of(Step step) {
      return this == TASK ? step.strand() : step.service();
    }
  }

  private final RandomGenerator random;
  private final Lane lane;
  private final int depth;
  private final int choices;
  private final Map<String, Double> priorities = new HashMap<>();
  private final Set<Integer> changes = new HashSet<>();
  private int count;

  /**
   * @param depth 1 and the number of changes
   * @param choices over which the changes are spread
   */
  Pct(RandomGenerator random, Lane lane, int depth, int choices) {
    this.random = random;
    this.lane = lane;
    this.depth = depth;
    this.choices = choices;
    int most = Math.min(depth - 1, choices);
    while (changes.size() < most) {
      changes.add(random.nextInt(choices) + 1);
    }
  }

  boolean ofTasks() {
    return lane == Lane.TASK;
  }

  int depth() {
    return depth;
  }

  /** How many it was made for. */
  int choices() {
    return choices;
  }

  /** How many there were so far. */
  int lanes() {
    return priorities.size();
  }

  @Override
  public int choose(List<Step> enabled) {
    count++;
    int chosen = highest(enabled);
    if (changes.contains(count)) {
      priorities.put(lane.of(enabled.get(chosen)), (double) -count);
      chosen = highest(enabled);
    }
    return chosen;
  }

  private int highest(List<Step> enabled) {
    int highest = 0;
    double best = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < enabled.size(); i++) {
      double priority =
          priorities.computeIfAbsent(lane.of(enabled.get(i)), _ -> random.nextDouble());
      if (priority > best) {
        best = priority;
        highest = i;
      }
    }
    return highest;
  }
}
