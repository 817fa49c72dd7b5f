package dev.parigot.timing;

import java.util.List;
import java.util.random.RandomGenerator;

/** Chooses who goes next. One is used for one run. */
@FunctionalInterface
public interface Strategy {
  /** Answers the index of one of the steps that could be next: at least one, oldest task first. */
  int choose(List<Step> enabled);

  /** Every step is as likely as the others. */
  static Strategy random(RandomGenerator random) {
    return enabled -> random.nextInt(enabled.size());
  }

  /** Each task goes on as long as it can, the oldest first: the fewest switches. */
  static Strategy runToCompletion() {
    int[] last = {0};
    return enabled -> {
      int chosen = 0;
      for (int i = 0; i < enabled.size(); i++) {
        chosen = enabled.get(i).task() == last[0] ? i : chosen;
      }
      last[0] = enabled.get(chosen).task();
      return chosen;
    };
  }
}
