package dev.parigot.timing;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Adds faults to a strategy: at random over all steps where they can happen, or where they did
 * least often so far.
 */
final class Faults implements Strategy {
  /** One run of so many is blind to what was tried. */
  private static final int BLIND = 2;

  private final Strategy strategy;
  private final Map<Fault, Integer> left = new EnumMap<>(Fault.class);
  private final Map<Fault, Set<Integer>> planned = new EnumMap<>(Fault.class);
  private final Map<Fault, Set<String>> aimed = new EnumMap<>(Fault.class);
  private final Map<Fault, List<Mishaps.Chance>> chances = new EnumMap<>(Fault.class);

  /**
   * @param most of each kind in a run
   */
  Faults(Strategy strategy, RandomGenerator random, Mishaps known, Map<Fault, Integer> most) {
    this.strategy = strategy;
    this.left.putAll(most);
    boolean blind = random.nextInt(BLIND) == 0;
    for (Fault fault : Fault.values()) {
      int steps = known.chances(fault);
      int count = Math.min(steps, random.nextInt(most.getOrDefault(fault, 0) + 1));
      if (blind) {
        planned.put(fault, places(random, count, steps));
      } else if (count > 0) {
        aimed.put(fault, new HashSet<>(known.leastStruck(fault, count, random)));
      }
    }
  }

  private static Set<Integer> places(RandomGenerator random, int count, int all) {
    Set<Integer> places = new HashSet<>();
    while (places.size() < count) {
      places.add(random.nextInt(all) + 1);
    }
    return places;
  }

  /** Where each could have happened so far. */
  Map<Fault, List<Mishaps.Chance>> chances() {
    return chances;
  }

  @Override
  public int choose(List<Step> enabled) {
    return strategy.choose(enabled);
  }

  @Override
  public boolean strikes(Fault fault, Step at) {
    List<Mishaps.Chance> before = chances.computeIfAbsent(fault, _ -> new ArrayList<>());
    boolean wanted = strategy.strikes(fault, at) || isPlanned(fault, at, before.size() + 1);
    boolean struck = wanted && left.merge(fault, -1, Integer::sum) >= 0;
    before.add(new Mishaps.Chance(at, struck));
    return struck;
  }

  private boolean isPlanned(Fault fault, Step at, int nth) {
    Set<String> points = aimed.getOrDefault(fault, Set.of());
    return planned.getOrDefault(fault, Set.of()).contains(nth)
        || !points.isEmpty() && points.contains(at.point());
  }
}
