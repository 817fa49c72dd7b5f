package dev.parigot.timing;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** At one random choice somebody falls asleep, until nobody else can go on. */
final class LongDelay implements Strategy {
  private static final int NOBODY = -1;

  private final RandomGenerator random;
  private final int when;
  private int count;
  private int victim = NOBODY;

  /**
   * @param choices over which that one is drawn
   */
  LongDelay(RandomGenerator random, int choices) {
    this.random = random;
    this.when = random.nextInt(choices) + 1;
  }

  @Override
  public int choose(List<Step> enabled) {
    count++;
    if (count == when) {
      victim = enabled.get(random.nextInt(enabled.size())).task();
    }
    List<Integer> awake = new ArrayList<>();
    for (int i = 0; i < enabled.size(); i++) {
      if (enabled.get(i).task() != victim) {
        awake.add(i);
      }
    }
    return awake.isEmpty() ? 0 : awake.get(random.nextInt(awake.size()));
  }
}
