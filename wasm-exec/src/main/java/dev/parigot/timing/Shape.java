package dev.parigot.timing;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How large the runs of a program are, as far as they were seen: strategies spread what they do
 * over that.
 */
final class Shape {
  private int choices = 1;
  private final Map<String, Integer> steps = new HashMap<>();
  private final Map<Fault, Integer> chances = new EnumMap<>(Fault.class);

  /** How often somebody had to choose, at most. */
  int choices() {
    return choices;
  }

  /** How many steps a strand has, at most; 1 if it was never seen. */
  int steps(String strand) {
    return steps.getOrDefault(strand, 1);
  }

  /** How often such a fault could have happened, at most. */
  int chances(Fault fault) {
    return chances.getOrDefault(fault, 0);
  }

  /** That of one run. */
  static Shape of(int choices, Map<Fault, Integer> chances, List<Step> steps) {
    Shape shape = new Shape();
    shape.choices = choices;
    shape.chances.putAll(chances);
    steps.forEach(step -> shape.steps.merge(step.strand(), 1, Integer::sum));
    return shape;
  }

  void add(Shape run) {
    choices = Math.max(choices, run.choices);
    run.chances.forEach((fault, count) -> chances.merge(fault, count, Math::max));
    run.steps.forEach((strand, count) -> steps.merge(strand, count, Math::max));
  }
}
