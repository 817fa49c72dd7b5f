package dev.parigot.timing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A program that can be run again and again, each time from its beginning, by any strategy. */
@FunctionalInterface
public interface Trial {
  /** Runs it. Two strategies that choose the same get the same. */
  Result run(Strategy strategy) throws InterruptedException;

  /**
   * What became of a run.
   *
   * @param failure null if it passed
   */
  record Result(@Nullable Failure failure, List<Step> steps) {
    public Result {
      steps = List.copyOf(steps);
    }
  }

  /**
   * How a run failed.
   *
   * @param kind two failures of one kind are taken for the same bug: an error's code, {@code trap}
   *     or {@code stall}
   */
  record Failure(String kind, String message) {
    @Override
    public String toString() {
      return kind + ": " + message;
    }
  }
}
