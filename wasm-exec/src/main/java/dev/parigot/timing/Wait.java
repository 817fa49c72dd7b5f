package dev.parigot.timing;

import dev.parigot.history.Legal;
import java.util.function.BooleanSupplier;

/**
 * What has to be before a step.
 *
 * @param ready and this is true
 * @param from not before that time, in nanoseconds of the scheduler's clock
 * @param until at that time the step is possible whether {@code ready} or not
 * @param yields the step comes after all others that are possible at its time
 * @param forOthers it waits until nothing is under way but what waits so too
 */
record Wait(BooleanSupplier ready, long from, long until, boolean yields, boolean forOthers) {
  static final long NEVER = Long.MAX_VALUE;

  static Wait until(BooleanSupplier ready, long until) {
    return new Wait(ready, 0, until, false, false);
  }

  static Wait from(long from, BooleanSupplier ready) {
    return new Wait(ready, from, NEVER, false, false);
  }

  boolean over(long now) {
    return Legal.isDue(now, until) || Legal.isDue(now, from) && ready.getAsBoolean();
  }

  /** The next time at which it could be over by time alone. */
  long next(long now) {
    return Legal.isDue(now, from) ? until : from;
  }
}
