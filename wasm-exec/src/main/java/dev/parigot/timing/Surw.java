package dev.parigot.timing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;

/**
 * Selectively uniform random walk (Zhao and others, 2025): who has more steps left is more likely
 * to be next, so that each interleaving is about as likely as the others. An even walk all but
 * never lets a long task overtake a short one.
 */
final class Surw implements Strategy {
  private final RandomGenerator random;
  private final ToIntFunction<String> steps;
  private final Map<String, Integer> taken = new HashMap<>();

  /**
   * @param steps how many a strand has, by its name
   */
  Surw(RandomGenerator random, ToIntFunction<String> steps) {
    this.random = random;
    this.steps = steps;
  }

  @Override
  public int choose(List<Step> enabled) {
    int all = enabled.stream().mapToInt(this::left).sum();
    int drawn = random.nextInt(all);
    int chosen = 0;
    while (drawn >= left(enabled.get(chosen))) {
      drawn -= left(enabled.get(chosen));
      chosen++;
    }
    taken.merge(enabled.get(chosen).strand(), 1, Integer::sum);
    return chosen;
  }

  private int left(Step step) {
    return Math.max(1, steps.applyAsInt(step.strand()) - taken.getOrDefault(step.strand(), 0));
  }
}
