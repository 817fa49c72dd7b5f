package dev.parigot.timing;

import java.util.List;

/**
 * A run can't go on. The message begins with how, and a colon: {@code deadlock}, with what each of
 * its tasks waits for; {@code lost wake-up}, with who looks for ever for what nobody is left to
 * bring; {@code no end}; {@code time-out}.
 */
public final class Stalled extends RuntimeException {
  /** If so many steps in a row change nothing that others see, none will. */
  private static final int IDLE_STEPS = 500;

  Stalled(String message) {
    super(message, null, false, false);
  }

  /** Of a run that has taken as many steps as it may. */
  static Stalled endless(List<Step> steps) {
    List<Step> latest = steps.subList(Math.max(0, steps.size() - IDLE_STEPS), steps.size());
    boolean idle = latest.stream().map(Effect::of).noneMatch(Effect::writes);
    Step last = latest.getLast();
    return new Stalled(
        idle
            ? "lost wake-up: %s goes on with `%s` for ever, and nobody writes what it waits for"
                .formatted(last.actor(), (last.action() + " " + last.key()).strip())
            : "no end: it has not ended after " + steps.size() + " host calls");
  }
}
