package dev.parigot.gate;

import dev.parigot.local.Line;
import dev.parigot.local.TestMethod;
import dev.parigot.local.TestReport;
import dev.parigot.local.Verdict;
import dev.parigot.timing.Explanation;
import dev.parigot.timing.Explorer;
import dev.parigot.timing.Run;
import dev.parigot.timing.Step;
import dev.parigot.timing.Trace;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is kept of runs of tests. */
final class Results {
  /** What is kept of the log of one test. */
  private static final int LAST_LINES = 50;

  /** What is kept of the steps of one run. */
  private static final int MOST_STEPS = 500;

  private static final List<String> LEVELS = List.of("trace", "debug", "info", "warn", "error");

  private Results() {}

  /**
   * What a trace says of where it is from.
   *
   * @param digests of the modules by their names
   */
  record Origin(long seed, Map<String, String> digests) {}

  /** What was to be tried, and how long that took. */
  record Extent(List<String> services, int schedules, long millis) {}

  static GateRun.Tested of(TestReport report, long millis) {
    List<Line> log = report.log();
    return new GateRun.Tested(
        report.test().toString(),
        report.steps().size(),
        failure(report.verdict()),
        report.passed()
            ? List.of()
            : log.subList(Math.max(0, log.size() - LAST_LINES), log.size()).stream()
                .map(Results::line)
                .toList(),
        millis);
  }

  private static @Nullable String failure(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Passed _ -> null;
      case Verdict.Failed(int code, String message) ->
          Integer.toUnsignedString(code) + " " + message;
      case Verdict.Trapped(String reason) -> "trapped: " + reason;
      case Verdict.Stalled(String reason) -> "stalled: " + reason;
    };
  }

  private static String line(Line line) {
    return LEVELS.get(Math.clamp(line.level(), 0, 4))
        + " "
        + line.instance()
        + ": "
        + line.message();
  }

  static GateRun.Explored of(
      TestMethod test, Extent extent, Explorer.Exploration exploration, Origin origin) {
    Explorer.Found found = exploration.found();
    return new GateRun.Explored(
        test.toString(),
        extent.services(),
        extent.schedules(),
        exploration.schedules(),
        exploration.classes(),
        exploration.pairs(),
        exploration.bothWays(),
        exploration.guarantee().runs() == 0 ? null : exploration.guarantee(),
        extent.millis(),
        found == null ? null : of(test, found, origin));
  }

  private static GateRun.Found of(TestMethod test, Explorer.Found found, Origin origin) {
    Explanation why = found.why();
    String failure = String.valueOf(found.smallest().failure());
    Trace trace =
        new Trace(
            test.toString(),
            origin.seed(),
            failure,
            why.sentence(),
            origin.digests(),
            found.smallest().choices());
    Run passing = why.passing();
    return new GateRun.Found(
        failure,
        why.sentence(),
        moments(found.smallest().steps(), why),
        passing == null ? List.of() : moments(passing.steps(), why),
        trace.json());
  }

  private static List<GateRun.Moment> moments(List<Step> steps, Explanation why) {
    List<String> pair =
        Stream.of(why.first(), why.second()).flatMap(Stream::ofNullable).map(Step::point).toList();
    return steps.stream()
        .limit(MOST_STEPS)
        .map(step ->
            new GateRun.Moment(
                step.task(),
                step.actor(),
                step.call(),
                step.action(),
                step.key(),
                pair.contains(step.point())))
        .toList();
  }
}
