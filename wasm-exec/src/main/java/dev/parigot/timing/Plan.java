package dev.parigot.timing;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How a schedule is made.
 *
 * @param breadth of which steps the strategy is asked
 * @param turn what it turns in an earlier run; null if it is made in another way
 */
record Plan(Strategy orders, Focus.Breadth breadth, Turns.@Nullable Turn turn) {
  /** One schedule of so many reorders even what is taken to make no difference. */
  private static final int UNPRUNED = 4;

  /** One of so many of the others even what no run has shown to make one. */
  private static final int WARY = 6;

  static Plan plain() {
    return new Plan(Strategy.runToCompletion(), Focus.Breadth.ALL, null);
  }

  /**
   * @param number of the schedule among those that a strategy makes, from 0
   * @param random decides what is not the strategy's
   * @param shape what is known of the program
   */
  static Plan of(
      StrategyKind kind, int number, RandomGenerator random, RandomGenerator orders, Shape shape) {
    Focus.Breadth breadth = breadth(kind, random);
    StrategyKind own = kind.ofSchedule(number);
    Turns.Turn turn = own == StrategyKind.TURN ? shape.turns().next(orders) : null;
    return turn == null
        ? new Plan(own.make(orders, shape, breadth), breadth, null)
        : new Plan(turn.strategy(), Focus.Breadth.ALL, turn);
  }

  private static Focus.Breadth breadth(StrategyKind kind, RandomGenerator random) {
    if (random.nextInt(UNPRUNED) == 0) {
      return Focus.Breadth.ALL;
    }
    // Who asks for random schedules wants to compare with what knows nothing.
    boolean trusting = kind != StrategyKind.RANDOM && random.nextInt(WARY) != 0;
    return trusting ? Focus.Breadth.SHARED : Focus.Breadth.EFFECTS;
  }
}
