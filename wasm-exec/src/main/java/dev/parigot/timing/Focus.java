package dev.parigot.timing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Asks a strategy only where it matters who is next. What can't be told from outside happens at
 * once.
 */
final class Focus implements Strategy {
  /** Of which steps a strategy is asked. */
  enum Breadth {
    /** Of all. */
    ALL,
    /** Of those that could be in conflict with others. */
    EFFECTS,
    /** Of those where tasks were seen to meet. */
    SHARED
  }

  private final Strategy strategy;
  private final Set<String> services;
  private final Breadth breadth;
  private final Places places;
  private final Map<String, Integer> asked = new HashMap<>();
  private int choices;

  /**
   * @param services whose steps are reordered; empty for all
   * @param places where tasks meet
   */
  Focus(Strategy strategy, Set<String> services, Breadth breadth, Places places) {
    this.strategy = strategy;
    this.services = services;
    this.breadth = breadth;
    this.places = places;
  }

  /** How often the strategy was asked. */
  int choices() {
    return choices;
  }

  /** How many steps it was asked of, by their strands. */
  Map<String, Integer> asked() {
    return asked;
  }

  @Override
  public int choose(List<Step> enabled) {
    int atOnce = atOnce(enabled);
    if (atOnce >= 0) {
      return atOnce;
    }
    int chosen = 0;
    if (enabled.size() > 1) {
      choices++;
      chosen = strategy.choose(enabled);
    }
    asked.merge(enabled.get(chosen).strand(), 1, Integer::sum);
    return chosen;
  }

  private int atOnce(List<Step> enabled) {
    for (int i = 0; i < enabled.size(); i++) {
      if (!isMeant(enabled.get(i), services) || !matters(enabled.get(i))) {
        return i;
      }
    }
    return -1;
  }

  private boolean matters(Step step) {
    return switch (breadth) {
      case ALL -> true;
      case EFFECTS -> !Effect.of(step).isAlone();
      case SHARED -> places.shared(Effect.of(step));
    };
  }

  private static boolean isMeant(Step step, Set<String> services) {
    return services.isEmpty() || services.contains(step.service());
  }

  /** The index of a step of which nobody need be asked when it happens; -1 if there is none. */
  static int atOnce(List<Step> enabled, Set<String> services) {
    for (int i = 0; i < enabled.size(); i++) {
      Step step = enabled.get(i);
      if (!isMeant(step, services) || Effect.of(step).isAlone()) {
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
