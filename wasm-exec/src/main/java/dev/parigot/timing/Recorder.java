package dev.parigot.timing;

import java.util.ArrayList;
import java.util.List;

/** Notes where a strategy leaves the plain order. */
final class Recorder implements Strategy {
  private final Strategy strategy;
  private final List<Choice> choices = new ArrayList<>();
  private int last;

  Recorder(Strategy strategy) {
    this.strategy = strategy;
  }

  List<Choice> choices() {
    return List.copyOf(choices);
  }

  @Override
  public int choose(List<Step> enabled) {
    int plain = Strategy.plainly(enabled, last);
    int chosen = strategy.choose(enabled);
    if (chosen != plain) {
      choices.add(new Choice.Switch(enabled.get(plain).point(), enabled.get(chosen).point()));
    }
    last = enabled.get(chosen).task();
    return chosen;
  }

  @Override
  public boolean strikes(Fault fault, Step at) {
    boolean strikes = strategy.strikes(fault, at);
    if (strikes) {
      choices.add(new Choice.Strike(fault, at.point()));
    }
    return strikes;
  }
}
