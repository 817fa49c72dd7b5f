package dev.parigot.local;

import dev.parigot.timing.Step;
import java.util.List;

/**
 * One run of a test.
 *
 * @param log what the app wrote meanwhile
 * @param steps in the order in which they were taken
 */
public record TestReport(TestMethod test, Verdict verdict, List<Line> log, List<Step> steps) {
  public TestReport {
    log = List.copyOf(log);
    steps = List.copyOf(steps);
  }

  public boolean passed() {
    return verdict instanceof Verdict.Passed;
  }
}
