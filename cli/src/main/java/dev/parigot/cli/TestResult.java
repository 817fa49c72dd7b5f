package dev.parigot.cli;

import dev.parigot.local.Line;
import dev.parigot.local.TestReport;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A test that was run, as it is told to programs.
 *
 * @param seconds that it took
 */
record TestResult(TestReport report, double seconds) {
  /** All but the seconds is the same each time. */
  record Json(
      String test,
      boolean passed,
      int steps,
      double seconds,
      @Nullable String kind,
      @Nullable String failure,
      List<LogLine> log) {}

  record LogLine(String service, String instance, String level, String message) {
    static LogLine of(Line line) {
      return new LogLine(line.service(), line.instance(), TestLines.level(line), line.message());
    }
  }

  Json json() {
    FailureKind kind = FailureKind.of(report.verdict());
    return new Json(
        report.test().toString(),
        report.passed(),
        report.steps().size(),
        seconds,
        kind == null ? null : kind.toString(),
        report.passed() ? null : why(),
        report.log().stream().map(LogLine::of).toList());
  }

  JUnitReport.Case junit() {
    return new JUnitReport.Case(
        report.test().module(),
        report.test().method(),
        seconds,
        FailureKind.of(report.verdict()),
        why().lines().findFirst().orElse(""),
        report.passed() ? "" : lines(),
        report.log().stream()
            .map(line ->
                "%-5s %s: %s%n".formatted(TestLines.level(line), line.instance(), line.message()))
            .collect(Collectors.joining()));
  }

  private String why() {
    return new TestLines(report, false).why();
  }

  private String lines() {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    new TestLines(report, false).print(out);
    out.flush();
    return text.toString();
  }
}
