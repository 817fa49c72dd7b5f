package dev.parigot.timing;

import java.util.Locale;
import java.util.random.RandomGenerator;

/** The strategies by which schedules are made. None knows anything of the program. */
public enum StrategyKind {
  /** All of the others in turn: each finds bugs that others all but never do. */
  MIX {
    @Override
    StrategyKind ofSchedule(int number) {
      return ROTATION[number % ROTATION.length];
    }

    @Override
    Strategy make(RandomGenerator random, Shape shape, Focus.Breadth breadth) {
      throw new IllegalStateException("each schedule is one of the others'");
    }
  },
  /** Whoever can go on is as likely as the others. */
  RANDOM {
    @Override
    Strategy make(RandomGenerator random, Shape shape, Focus.Breadth breadth) {
      return Strategy.random(random);
    }
  },
  /** Priorities that fall a few times; of services and of tasks in turn. */
  PCT {
    @Override
    Strategy make(RandomGenerator random, Shape shape, Focus.Breadth breadth) {
      Pct.Lane lane = random.nextBoolean() ? Pct.Lane.TASK : Pct.Lane.SERVICE;
      int depth = 2 + random.nextInt(DEEPEST - 1);
      return new Pct(random, lane, depth, shape.choices(breadth));
    }
  },
  /** Random priorities, drawn anew after a conflict. */
  POS {
    @Override
    Strategy make(RandomGenerator random, Shape shape, Focus.Breadth breadth) {
      return new Pos(random);
    }
  },
  /** Whoever has more left to do is more likely. */
  SURW {
    @Override
    Strategy make(RandomGenerator random, Shape shape, Focus.Breadth breadth) {
      return new Surw(random, strand -> shape.steps(breadth, strand));
    }
  },
  /** Somebody falls asleep once, for long. */
  DELAY {
    @Override
    Strategy make(RandomGenerator random, Shape shape, Focus.Breadth breadth) {
      return new LongDelay(random, shape.choices(breadth));
    }
  },
  /** Two steps in conflict of an earlier run come the other way round. */
  TURN {
    @Override
    Strategy make(RandomGenerator random, Shape shape, Focus.Breadth breadth) {
      // Where no pair is left to be turned, it is left to chance which ones are.
      return new Pos(random);
    }
  },
  /** Every order that differs to the program, once, without faults: for small programs. */
  EXHAUSTIVE {
    @Override
    Strategy make(RandomGenerator random, Shape shape, Focus.Breadth breadth) {
      throw new IllegalStateException("each order follows from those before, see Enumeration");
    }
  };

  private static final int DEEPEST = 4;
  private static final StrategyKind[] ROTATION = {
    TURN, POS, TURN, SURW, TURN, PCT, POS, TURN, DELAY, SURW, TURN, RANDOM
  };

  /** Whose schedule that of the number is, from 0. */
  StrategyKind ofSchedule(int number) {
    return this;
  }

  /** A strategy for one schedule, which is asked of steps of that breadth. */
  abstract Strategy make(RandomGenerator random, Shape shape, Focus.Breadth breadth);

  /** As users write it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
