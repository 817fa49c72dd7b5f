package dev.parigot.timing;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Probabilistic concurrency testing (Burckhardt and others, 2010): who has the highest priority
 * goes on; at some random choices the one who would, falls below all others. A bug that takes d
 * orderings among n lanes and k choices is found with probability 1/(n·k^(d-1)) at least.
 */
final class Pct implements Strategy {
  private final RandomGenerator random;
  private final Function<Step, String> lane;
  private final Map<String, Double> priorities = new HashMap<>();
  private final Set<Integer> changes = new HashSet<>();
  private int count;

  /**
   * @param lane what has one priority: the service or the strand of a step
   * @param depth 1 and the number of changes
   * @param choices over which the changes are spread
   */
  Pct(RandomGenerator random, Function<Step, String> lane, int depth, int choices) {
    this.random = random;
    this.lane = lane;
    int most = Math.min(depth - 1, choices);
    while (changes.size() < most) {
      changes.add(random.nextInt(choices) + 1);
    }
  }

  @Override
  public int choose(List<Step> enabled) {
    count++;
    int chosen = highest(enabled);
    if (changes.contains(count)) {
      priorities.put(lane.apply(enabled.get(chosen)), (double) -count);
      chosen = highest(enabled);
    }
    return chosen;
  }

  private int highest(List<Step> enabled) {
    int highest = 0;
    double best = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < enabled.size(); i++) {
      double priority =
          priorities.computeIfAbsent(lane.apply(enabled.get(i)), _ -> random.nextDouble());
      if (priority > best) {
        best = priority;
        highest = i;
      }
    }
    return highest;
  }
}
