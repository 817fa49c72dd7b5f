package dev.parigot.timing;

import java.util.Locale;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** The strategies by which schedules are made. None knows anything of the program. */
public enum StrategyKind {
  /** All of the others in turn: each finds bugs that others all but never do. */
  MIX {
    @Override
    Strategy make(int number, RandomGenerator random, Shape shape) {
      StrategyKind kind = TURNS[number % TURNS.length];
      return kind.make(number, random, shape);
    }
  },
  /** Whoever can go on is as likely as the others. */
  RANDOM {
    @Override
    Strategy make(int number, RandomGenerator random, Shape shape) {
      return Strategy.random(random);
    }
  },
  /** Priorities that fall a few times; of services and of tasks in turn. */
  PCT {
    @Override
    Strategy make(int number, RandomGenerator random, Shape shape) {
      Function<Step, String> lane = random.nextBoolean() ? Step::strand : Step::service;
      int depth = 2 + random.nextInt(DEEPEST - 1);
      return new Pct(random, lane, depth, shape.choices());
    }
  },
  /** Random priorities, drawn anew after a conflict. */
  POS {
    @Override
    Strategy make(int number, RandomGenerator random, Shape shape) {
      return new Pos(random);
    }
  },
  /** Whoever has more left to do is more likely. */
  SURW {
    @Override
    Strategy make(int number, RandomGenerator random, Shape shape) {
      return new Surw(random, shape);
    }
  },
  /** Somebody falls asleep once, for long. */
  DELAY {
    @Override
    Strategy make(int number, RandomGenerator random, Shape shape) {
      return new LongDelay(random, shape.choices());
    }
  },
  /** Every order that differs to the program, once, without faults: for small programs. */
  EXHAUSTIVE {
    @Override
    Strategy make(int number, RandomGenerator random, Shape shape) {
      throw new IllegalStateException("each order follows from those before, see Enumeration");
    }
  };

  private static final int DEEPEST = 4;
  private static final StrategyKind[] TURNS = {RANDOM, PCT, POS, PCT, DELAY, SURW};

  /** The strategy of the schedule of that number, from 0. */
  abstract Strategy make(int number, RandomGenerator random, Shape shape);

  /** As users write it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
