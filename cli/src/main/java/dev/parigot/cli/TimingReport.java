package dev.parigot.cli;

import dev.parigot.local.TestMethod;
import dev.parigot.timing.Choice;
import dev.parigot.timing.Explanation;
import dev.parigot.timing.Explorer.Exploration;
import dev.parigot.timing.Explorer.Found;
import dev.parigot.timing.Guarantee;
import dev.parigot.timing.Run;
import dev.parigot.timing.Step;
import dev.parigot.timing.Trial;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the schedules of one test gave.
 *
 * @param services whose steps were reordered; empty for all
 * @param most how many schedules there were to be
 * @param seconds how long they took, with making the failure small
 * @param trace where the failure is kept, null if there was none
 */
record TimingReport(
    TestMethod test,
    Set<String> services,
    int most,
    Exploration exploration,
    double seconds,
    @Nullable Path trace) {
  boolean passed() {
    return exploration.found() == null;
  }

  void print(PrintWriter out) {
    Found found = exploration.found();
    if (found == null) {
      out.println(
          "  ok    %s: %s%s, %.0f a second"
              .formatted(
                  test, Overview.counted(exploration.schedules(), "schedule"), of(), rate()));
      out.println(
          "        %d of them differ to the app; %d of %s in conflict came in both orders"
              .formatted(
                  exploration.classes(),
                  exploration.bothWays(),
                  Overview.counted(exploration.pairs(), "pair")));
      Guarantee guarantee = exploration.guarantee();
      if (guarantee.runs() > 0) {
        out.println("        " + guarantee.told());
      }
      if (exploration.complete()) {
        out.println("        no other order differs: all were tried, without faults");
      }
      return;
    }
    out.println(
        "  FAIL  %s: schedule %d of %d%s".formatted(test, exploration.schedules(), most, of()));
    Explanation why = found.why();
    String.valueOf(found.smallest().failure()).lines().forEach(line -> out.println("    " + line));
    out.println(
        "    why: %s%s"
            .formatted(
                Printable.of(why.sentence()),
                mended(found.smallest(), why) ? "; the other way round it passes" : ""));
    out.println("    the smallest run that fails so:");
    new RunLines(found.smallest().steps(), found.smallest().choices(), pair(why), false).print(out);
    out.println("    kept in " + trace + ": see it again with parigot replay");
  }

  /** Whether the pair alone decides; beside a fault it is only named. */
  private static boolean mended(Run failed, Explanation why) {
    return why.first() != null && failed.choices().getLast() instanceof Choice.Switch;
  }

  private static List<Step> pair(Explanation why) {
    Step first = why.first();
    Step second = why.second();
    return first == null || second == null ? List.of() : List.of(first, second);
  }

  private String of() {
    return services.isEmpty()
        ? ""
        : " of " + String.join(", ", services.stream().sorted().toList());
  }

  private double rate() {
    return exploration.schedules() / Math.max(seconds, 1e-9);
  }

  /** What is told of it as JSON. All but the seconds is the same each time. */
  record Json(
      String test,
      List<String> services,
      boolean passed,
      int schedules,
      int classes,
      int conflictingPairs,
      int inBothOrders,
      Guarantee pct,
      boolean complete,
      double seconds,
      @Nullable String kind,
      @Nullable String failure,
      @Nullable String why,
      @Nullable List<String> pair,
      @Nullable Integer choices,
      @Nullable String trace) {}

  Json json() {
    Found found = exploration.found();
    return new Json(
        test.toString(),
        services.stream().sorted().toList(),
        found == null,
        exploration.schedules(),
        exploration.classes(),
        exploration.pairs(),
        exploration.bothWays(),
        exploration.guarantee(),
        exploration.complete(),
        seconds,
        found == null ? null : String.valueOf(kind()),
        found == null ? null : String.valueOf(found.smallest().failure()),
        found == null ? null : found.why().sentence(),
        found == null ? null : pair(found.why()).stream().map(Step::point).toList(),
        found == null ? null : found.smallest().choices().size(),
        trace == null ? null : trace.toString());
  }

  /** Null if no schedule failed. */
  private @Nullable FailureKind kind() {
    Found found = exploration.found();
    Trial.Failure failure = found == null ? null : found.smallest().failure();
    return failure == null ? null : FailureKind.of(failure);
  }

  JUnitReport.Case junit() {
    Found found = exploration.found();
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    print(out);
    out.flush();
    return new JUnitReport.Case(
        test.module(),
        test.method(),
        seconds,
        kind(),
        found == null ? "" : found.why().sentence(),
        found == null ? "" : text.toString(),
        found == null ? text.toString() : "");
  }
}
