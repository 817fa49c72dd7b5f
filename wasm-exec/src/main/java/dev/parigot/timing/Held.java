package dev.parigot.timing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Holds steps back until others have been taken, as long as somebody else can go on. */
final class Held implements Strategy {
  private final Strategy strategy;
  private final Map<String, Set<String>> waitingFor = new HashMap<>();
  private final Set<String> taken = new HashSet<>();

  /**
   * @param pairs of which the second step is held until the first one was taken
   */
  Held(Strategy strategy, Collection<Conflicts.Pair> pairs) {
    this.strategy = strategy;
    pairs.forEach(
        pair -> waitingFor.computeIfAbsent(pair.second(), _ -> new HashSet<>()).add(pair.first()));
  }

  @Override
  public int choose(List<Step> enabled) {
    List<Integer> free = new ArrayList<>();
    for (int i = 0; i < enabled.size(); i++) {
      if (taken.containsAll(waitingFor.getOrDefault(enabled.get(i).point(), Set.of()))) {
        free.add(i);
      }
    }
    int chosen =
        free.isEmpty()
            ? strategy.choose(enabled)
            : free.get(strategy.choose(free.stream().map(enabled::get).toList()));
    taken.add(enabled.get(chosen).point());
    return chosen;
  }

  @Override
  public boolean strikes(Fault fault, Step at) {
    return strategy.strikes(fault, at);
  }
}
