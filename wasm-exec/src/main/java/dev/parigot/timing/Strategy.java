package dev.parigot.timing;

import java.util.List;
import java.util.random.RandomGenerator;

/** Chooses who goes next, and what goes wrong. One is used for one run. */
@FunctionalInterface
public interface Strategy {
  /** Answers the index of one of the steps that could be next: at least one, oldest task first. */
  int choose(List<Step> enabled);

  /** Whether that fault happens at a step where it can. */
  default boolean strikes(Fault fault, Step at) {
    return false;
  }

  /** Every step is as likely as the others. */
  static Strategy random(RandomGenerator random) {
    return enabled -> random.nextInt(enabled.size());
  }

  /** Each task goes on as long as it can, the oldest first: the fewest switches. */
  static Strategy runToCompletion() {
    int[] last = {0};
    return enabled -> {
      int chosen = plainly(enabled, last[0]);
      last[0] = enabled.get(chosen).task();
      return chosen;
    };
  }

  /** The index of who goes next in the plain order. */
  static int plainly(List<Step> enabled, int lastTask) {
    for (int i = 0; i < enabled.size(); i++) {
      if (enabled.get(i).task() == lastTask) {
        return i;
      }
    }
    return 0;
  }
}
