package dev.parigot.timing;

import java.util.List;
import java.util.Set;

/**
 * Asks a strategy only where it matters who is next. What can't be told from outside happens at
 * once.
 */
final class Focus implements Strategy {
  private final Strategy strategy;
  private final Set<String> services;
  private final boolean pruning;
  private int choices;

  /**
   * @param services whose steps are reordered; empty for all
   * @param pruning whether steps that conflict with none are taken at once
   */
  Focus(Strategy strategy, Set<String> services, boolean pruning) {
    this.strategy = strategy;
    this.services = services;
    this.pruning = pruning;
  }

  /** How often the strategy was asked. */
  int choices() {
    return choices;
  }

  @Override
  public int choose(List<Step> enabled) {
    if (enabled.size() == 1) {
      return 0;
    }
    int atOnce = atOnce(enabled, services, pruning);
    if (atOnce >= 0) {
      return atOnce;
    }
    choices++;
    return strategy.choose(enabled);
  }

  /** The index of a step of which nobody need be asked when it happens; -1 if there is none. */
  static int atOnce(List<Step> enabled, Set<String> services, boolean pruning) {
    for (int i = 0; i < enabled.size(); i++) {
      Step step = enabled.get(i);
      if (!services.isEmpty() && !services.contains(step.service())
          || pruning && Effect.of(step).kind() == Effect.Kind.NONE) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public boolean strikes(Fault fault, Step at) {
    return strategy.strikes(fault, at);
  }
}
