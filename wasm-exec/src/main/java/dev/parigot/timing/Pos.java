package dev.parigot.timing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Partial order sampling (Yuan and others, 2018): each step that waits has a random priority, the
 * highest is taken, and those that conflict with it draw anew. Orders that only steps without
 * conflict tell apart don't count twice.
 */
final class Pos implements Strategy {
  private record Drawn(Step step, double priority) {}

  private final RandomGenerator random;
  private final Map<Integer, Drawn> drawn = new HashMap<>();

  Pos(RandomGenerator random) {
    this.random = random;
  }

  @Override
  public int choose(List<Step> enabled) {
    int highest = 0;
    for (int i = 0; i < enabled.size(); i++) {
      if (priority(enabled.get(i)) > priority(enabled.get(highest))) {
        highest = i;
      }
    }
    Step chosen = enabled.get(highest);
    Effect effect = Effect.of(chosen);
    drawn.remove(chosen.task());
    drawn.values().removeIf(each -> Effect.of(each.step()).conflictsWith(effect));
    return highest;
  }

  private double priority(Step step) {
    Drawn present = drawn.get(step.task());
    if (present == null || !present.step().equals(step)) {
      present = new Drawn(step, random.nextDouble());
      drawn.put(step.task(), present);
    }
    return present.priority();
  }
}
