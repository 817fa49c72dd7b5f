package dev.parigot.gate;

import dev.parigot.local.Line;
import dev.parigot.local.TestMethod;
import dev.parigot.local.TestReport;
import dev.parigot.local.Verdict;
import dev.parigot.manifest.Blueprint;
import dev.parigot.manifest.Manifest;
import dev.parigot.timing.Explanation;
import dev.parigot.timing.Explorer;
import dev.parigot.timing.Run;
import dev.parigot.timing.Step;
import dev.parigot.timing.Trace;
import dev.parigot.wasm.Bytes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is kept of runs of tests. */
final class Results {
  /** What is kept of the log of one test. */
  private static final int LAST_LINES = 50;

  /** What is kept of the steps of one run. */
  private static final int MOST_STEPS = 2_000;

  private static final List<String> LEVELS = List.of("trace", "debug", "info", "warn", "error");

  private Results() {}

  /** What a trace says of where it is from. */
  record Origin(long seed, Candidate candidate) {}

  static GateRun.Tested of(TestReport report) {
    List<Line> log = report.log();
    return new GateRun.Tested(
        report.test().toString(),
        report.steps().size(),
        failure(report.verdict()),
        report.passed()
            ? List.of()
            : log.subList(Math.max(0, log.size() - LAST_LINES), log.size()).stream()
                .map(Results::line)
                .toList());
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
      TestMethod test,
      Manifest.Timing timing,
      Explorer.Exploration exploration,
      long millis,
      Origin origin)
      throws Blueprint.Unreadable {
    Explorer.Found found = exploration.found();
    return new GateRun.Explored(
        test.toString(),
        timing.services(),
        timing.schedules(),
        exploration.schedules(),
        exploration.classes(),
        exploration.pairs(),
        exploration.bothWays(),
        millis,
        found == null ? null : of(test, found, origin));
  }

  private static GateRun.Found of(TestMethod test, Explorer.Found found, Origin origin)
      throws Blueprint.Unreadable {
    Explanation why = found.why();
    String failure = String.valueOf(found.smallest().failure());
    Trace trace =
        new Trace(
            test.toString(),
            origin.seed(),
            failure,
            why.sentence(),
            digests(origin.candidate()),
            found.smallest().choices());
    Run passing = why.passing();
    return new GateRun.Found(
        failure,
        why.sentence(),
        moments(found.smallest().steps(), why),
        passing == null ? List.of() : moments(passing.steps(), why),
        trace.json());
  }

  private static Map<String, String> digests(Candidate candidate) throws Blueprint.Unreadable {
    Map<String, Blueprint.Part> parts = new TreeMap<>(candidate.blueprint().services());
    parts.putAll(candidate.blueprint().tests());
    Map<String, String> digests = new TreeMap<>();
    for (Map.Entry<String, Blueprint.Part> each : parts.entrySet()) {
      digests.put(each.getKey(), Bytes.of(candidate.files().read(each.getValue().path())).digest());
    }
    return digests;
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
