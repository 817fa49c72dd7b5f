package dev.parigot.gate;

import dev.parigot.problem.Problem;
import java.util.ArrayList;
import java.util.List;

/** Why something may not go live, in words for whoever pushed it. */
final class Refusals {
  private static final String WHATEVER =
      " To go live whatever the tests say, push with -o skip-gate.";

  /** More than these lines of a log help nobody in a terminal. */
  private static final int LAST_LINES = 8;

  private Refusals() {}

  /**
   * @param page where it is told at length
   */
  static Problem ofTests(List<GateRun.Tested> tests, String page) {
    List<GateRun.Tested> failed = tests.stream().filter(test -> !test.passed()).toList();
    List<String> details = new ArrayList<>();
    for (GateRun.Tested test : failed) {
      (test.name() + ": " + test.failure()).lines().forEach(details::add);
      List<String> log = test.log().stream().flatMap(String::lines).toList();
      log.subList(Math.max(0, log.size() - LAST_LINES), log.size())
          .forEach(line -> details.add("  " + line));
    }
    details.add("See what happened: " + page);
    return refusal(
        "tests-failed",
        "%d of %d integration tests failed:".formatted(failed.size(), tests.size()),
        "See the same at hand: parigot test . --filter "
            + failed.getFirst().name()
            + "."
            + WHATEVER,
        details);
  }

  /**
   * @param page where it is told at length
   */
  static Problem ofTiming(List<GateRun.Explored> tests, String page) {
    List<String> details = new ArrayList<>();
    String first = "";
    for (GateRun.Explored test : tests) {
      GateRun.Found found = test.failure();
      if (found != null) {
        first = first.isEmpty() ? test.name() : first;
        details.add(
            "%s, under schedule %d of %d:".formatted(test.name(), test.schedules(), test.wanted()));
        found.failure().lines().forEach(line -> details.add("  " + line));
        details.add("  why: " + found.why());
      }
    }
    details.add("See the picture: " + page);
    return refusal(
        "timing-tests-failed",
        "A timing test failed:",
        "See the same at hand, step by step: parigot timing . --filter " + first + "." + WHATEVER,
        details);
  }

  private static Problem refusal(String type, String what, String next, List<String> details) {
    return new Problem(Problem.Kind.USER, 422, type, what, next, details);
  }
}
