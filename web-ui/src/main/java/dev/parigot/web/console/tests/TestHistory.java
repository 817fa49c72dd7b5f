package dev.parigot.web.console.tests;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.parigot.gate.GateRun;
import dev.parigot.web.console.part.Measure;
import dev.parigot.web.console.part.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Each test over time: a mark for each run, the newest last, and how the newest went. */
final class TestHistory {
  private static final int MOST_MARKS = 30;

  /**
   * A test in one run.
   *
   * @param millis null if it was not kept
   * @param schedules 0 for an integration test
   */
  private record Mark(
      long run, boolean passed, @Nullable Long millis, int schedules, @Nullable String covered) {}

  private TestHistory() {}

  /**
   * @param app its name
   * @param runs the newest first
   */
  static Rows of(String app, List<GateRun> runs) {
    Rows rows =
        new Rows(
            "Tests over time", List.of("Test", "Runs, the newest last", "Last time", "Covered"));
    rows.addClassName("card");
    rows.setId("history");
    histories(runs).forEach((test, marks) -> addTo(rows, app, test, marks));
    return rows;
  }

  private static Map<String, List<Mark>> histories(List<GateRun> runs) {
    Map<String, List<Mark>> histories = new TreeMap<>();
    for (GateRun run : runs) {
      for (GateRun.Tested test : run.tests()) {
        add(histories, test.name(), new Mark(run.id(), test.passed(), test.millis(), 0, null));
      }
      for (GateRun.Explored test : run.timing()) {
        if (test.schedules() > 0) {
          add(
              histories,
              test.name() + ", timing",
              new Mark(run.id(), test.passed(), test.millis(), test.schedules(), covered(test)));
        }
      }
    }
    return histories;
  }

  private static String covered(GateRun.Explored test) {
    return "%s, %d of them differ, %d of %s in both orders"
        .formatted(
            Measure.counted(test.schedules(), "schedule"),
            test.classes(),
            test.bothWays(),
            Measure.counted(test.pairs(), "pair"));
  }

  private static void add(Map<String, List<Mark>> histories, String test, Mark mark) {
    List<Mark> marks = histories.computeIfAbsent(test, _ -> new ArrayList<>());
    if (marks.size() < MOST_MARKS) {
      marks.addFirst(mark);
    }
  }

  private static void addTo(Rows rows, String app, String test, List<Mark> marks) {
    Mark last = marks.getLast();
    Long millis = last.millis();
    Div line = new Div();
    line.addClassName("marks");
    marks.forEach(mark -> line.add(mark(app, test, mark)));
    String covered = last.covered();
    rows.row(
        new Span(test),
        line,
        new Span(
            (last.passed() ? "passed" : "failed")
                + (millis == null ? "" : ", " + Measure.duration(millis * 1_000_000))),
        new Span(covered == null ? "" : covered));
  }

  private static Component mark(String app, String test, Mark mark) {
    String word = mark.passed() ? "passed" : "failed";
    Component shown;
    if (mark.passed()) {
      shown = new Span();
      shown.getElement().setAttribute("role", "img");
    } else {
      String name = test.replaceFirst(", timing$", "");
      shown = new Anchor("apps/%s/tests/%d/%s".formatted(app, mark.run(), name), "");
    }
    shown.addClassName("run-mark");
    shown.getElement().setAttribute("data-outcome", word);
    String told =
        "Run %d %s%s"
            .formatted(
                mark.run(),
                word,
                mark.schedules() == 0 ? "" : ", " + Measure.counted(mark.schedules(), "schedule"));
    shown.getElement().setAttribute("aria-label", told);
    shown.getElement().setAttribute("title", told);
    return shown;
  }
}
