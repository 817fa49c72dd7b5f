package dev.parigot.cli;

import dev.parigot.local.Line;
import dev.parigot.local.TestReport;
import dev.parigot.local.Verdict;
import dev.parigot.timing.Step;
import java.io.PrintWriter;
import java.util.List;

/** What is printed of one run of a test: a line if it passed, else all that helps to find why. */
record TestLines(TestReport report, boolean allSteps) {
  /** Of a failed test, unless all are asked for. */
  private static final int LAST_STEPS = 12;

  private static final List<String> LEVELS = List.of("trace", "debug", "info", "warn", "error");

  void print(PrintWriter out) {
    printResult(out);
    if (!report.passed() || allSteps) {
      printSteps(out);
    }
  }

  /** All but the steps. */
  void printResult(PrintWriter out) {
    boolean passed = report.passed();
    out.println(
        "  %s  %s (%s)"
            .formatted(
                passed ? "ok  " : "FAIL",
                report.test(),
                Overview.counted(report.steps().size(), "step")));
    if (!passed) {
      why().lines().forEach(line -> out.println("    " + line));
      printLog(report.log(), out);
    }
  }

  /** How it failed; empty if it did not. */
  String why() {
    return switch (report.verdict()) {
      case Verdict.Passed _ -> "";
      case Verdict.Failed(int code, String message) ->
          Integer.toUnsignedString(code) + " " + message;
      case Verdict.Trapped(String reason) -> "trapped: " + reason;
      case Verdict.Stalled(String reason) -> "stalled: " + reason;
    };
  }

  static void printLog(List<Line> log, PrintWriter out) {
    if (!log.isEmpty()) {
      out.println("    log:");
    }
    for (Line line : log) {
      out.println(
          "      %-5s %s: %s"
              .formatted(level(line), line.instance(), line.message().replace("\n", "\n        ")));
    }
  }

  static String level(Line line) {
    return LEVELS.get(Math.clamp(line.level(), 0, 4));
  }

  private void printSteps(PrintWriter out) {
    List<Step> steps = report.steps();
    int from = allSteps ? 0 : Math.max(0, steps.size() - LAST_STEPS);
    out.println(from == 0 ? "    steps:" : "    the last " + LAST_STEPS + " steps:");
    for (int i = from; i < steps.size(); i++) {
      out.println("      %4d  %s".formatted(i + 1, steps.get(i)));
    }
  }
}
