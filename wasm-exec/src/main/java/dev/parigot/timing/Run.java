package dev.parigot.timing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run and how it is repeated.
 *
 * @param failure null if it passed
 * @param choices by which it left the plain order
 */
public record Run(Trial.@Nullable Failure failure, List<Step> steps, List<Choice> choices) {
  public Run {
    steps = List.copyOf(steps);
    choices = List.copyOf(choices);
  }

  static Run of(Trial trial, Strategy strategy) throws InterruptedException {
    Recorder recorder = new Recorder(strategy);
    Trial.Result result = trial.run(recorder);
    return new Run(result.failure(), result.steps(), recorder.choices());
  }

  public boolean passed() {
    return failure == null;
  }

  /** Whether it failed as another one did. */
  boolean failedLike(Run other) {
    return failure != null && other.failure != null && failure.kind().equals(other.failure.kind());
  }
}
