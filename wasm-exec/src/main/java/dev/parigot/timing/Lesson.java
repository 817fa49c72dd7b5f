package dev.parigot.timing;

import java.util.List;
import java.util.Map;

/**
 * A schedule that was run, and what it shows of its program.
 *
 * @param seen what it adds to what was tried
 * @param choices how often its strategy was asked
 * @param asked of how many steps, by their strands
 * @param chances where faults could have happened
 */
record Lesson(
    Plan plan,
    Run run,
    Coverage.Seen seen,
    Places places,
    int choices,
    Map<String, Integer> asked,
    Map<Fault, List<Mishaps.Chance>> chances) {
  static Lesson of(Plan plan, Run run, Focus focus, Faults faults) {
    return new Lesson(
        plan,
        run,
        Coverage.Seen.of(run.steps()),
        Places.of(run.steps()),
        focus.choices(),
        focus.asked(),
        faults.chances());
  }

  boolean withoutFaults() {
    return chances.values().stream().flatMap(List::stream).noneMatch(Mishaps.Chance::struck);
  }

  boolean failed() {
    return !run.passed();
  }
}
