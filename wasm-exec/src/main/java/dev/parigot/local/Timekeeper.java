package dev.parigot.local;

import dev.parigot.timing.Fault;
import dev.parigot.timing.Step;
import dev.parigot.timing.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Notes when each step of a run is taken, on the run's own clock. Faults take no turn. */
final class Timekeeper implements Strategy {
  private final Strategy strategy;
  private final List<Long> times = new ArrayList<>();
  private LongSupplier clock = () -> 0;

  Timekeeper(Strategy strategy) {
    this.strategy = strategy;
  }

  /**
   * @param now nanoseconds that have passed in the run
   */
  void follow(LongSupplier now) {
    clock = now;
  }

  List<Long> times() {
    return List.copyOf(times);
  }

  @Override
  public int choose(List<Step> enabled) {
    times.add(clock.getAsLong());
    return strategy.choose(enabled);
  }

  @Override
  public boolean strikes(Fault fault, Step at) {
    return strategy.strikes(fault, at);
  }
}
