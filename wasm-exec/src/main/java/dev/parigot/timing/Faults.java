package dev.parigot.timing;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Adds faults to a strategy, spread at random over the steps where they can happen. */
final class Faults implements Strategy {
  private final Strategy strategy;
  private final Map<Fault, Set<Integer>> planned = new EnumMap<>(Fault.class);
  private final Map<Fault, Integer> chances = new EnumMap<>(Fault.class);

  /**
   * @param most of each kind in a run
   */
  Faults(Strategy strategy, RandomGenerator random, Shape shape, Map<Fault, Integer> most) {
    this.strategy = strategy;
    for (Fault fault : Fault.values()) {
      int steps = shape.chances(fault);
      int count = Math.min(steps, random.nextInt(most.getOrDefault(fault, 0) + 1));
      Set<Integer> when = new HashSet<>();
      while (when.size() < count) {
        when.add(random.nextInt(steps) + 1);
      }
      planned.put(fault, when);
    }
  }

  /** How often each could have happened so far. */
  Map<Fault, Integer> chances() {
    return chances;
  }

  @Override
  public int choose(List<Step> enabled) {
    return strategy.choose(enabled);
  }

  @Override
  public boolean strikes(Fault fault, Step at) {
    int count = chances.merge(fault, 1, Integer::sum);
    return planned.getOrDefault(fault, Set.of()).contains(count);
  }
}
