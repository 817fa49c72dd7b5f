package dev.parigot.timing;

import java.util.ArrayList;
import java.util.List;

/** Holds one step back until another one has been taken, as long as somebody else can go on. */
final class Held implements Strategy {
  private final Strategy strategy;
  private final String held;
  private final String first;
  private boolean over;

  Held(Strategy strategy, String held, String first) {
    this.strategy = strategy;
    this.held = held;
    this.first = first;
  }

  @Override
  public int choose(List<Step> enabled) {
    List<Integer> free = new ArrayList<>();
    for (int i = 0; i < enabled.size(); i++) {
      if (over || !enabled.get(i).point().equals(held)) {
        free.add(i);
      }
    }
    int chosen =
        free.isEmpty()
            ? strategy.choose(enabled)
            : free.get(strategy.choose(free.stream().map(enabled::get).toList()));
    over |= enabled.get(chosen).point().equals(first);
    return chosen;
  }

  @Override
  public boolean strikes(Fault fault, Step at) {
    return strategy.strikes(fault, at);
  }
}
