package dev.parigot.web.console.tests;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Span;
import dev.parigot.gate.GateRun;
import java.util.List;

/**
 * A run as a sequence diagram that is a table too: a column for each instance, a row for each step,
 * from above to below; the two whose order decides are marked.
 */
final class SequenceTable extends Div {
  /** More than a person reads: what is around the steps that decide is shown. */
  private static final int MOST = 60;

  SequenceTable(String caption, List<GateRun.Moment> steps) {
    addClassNames("scroller", "sequence");
    getElement().setAttribute("tabindex", "0");
    getElement().setAttribute("role", "region");
    getElement().setAttribute("aria-label", caption);
    int from = first(steps);
    List<GateRun.Moment> shown = steps.subList(from, Math.min(steps.size(), from + MOST));
    List<String> actors = shown.stream().map(GateRun.Moment::actor).distinct().toList();
    NativeTable table = new NativeTable();
    table.setCaptionText(
        shown.size() == steps.size()
            ? caption
            : "%s (%d of %d steps)".formatted(caption, shown.size(), steps.size()));
    NativeTableRow head = table.getHead().addRow();
    head.add(header("Step"));
    actors.forEach(actor -> head.add(header(actor)));
    for (int i = 0; i < shown.size(); i++) {
      row(table.getBody().addRow(), from + i + 1, shown.get(i), actors);
    }
    add(table);
  }

  private static int first(List<GateRun.Moment> steps) {
    int decisive = 0;
    for (int i = 0; i < steps.size() && decisive == 0; i++) {
      decisive = steps.get(i).decisive() ? i : 0;
    }
    return Math.clamp(decisive - MOST / 3, 0, Math.max(0, steps.size() - MOST));
  }

  private static NativeTableHeaderCell header(String text) {
    NativeTableHeaderCell cell = new NativeTableHeaderCell(text);
    cell.getElement().setAttribute("scope", "col");
    return cell;
  }

  private static void row(
      NativeTableRow row, int number, GateRun.Moment step, List<String> actors) {
    row.add(new NativeTableCell(String.valueOf(number)));
    for (String actor : actors) {
      row.add(actor.equals(step.actor()) ? cell(step) : new NativeTableCell());
    }
    if (step.decisive()) {
      row.addClassName("decisive");
    }
  }

  private static NativeTableCell cell(GateRun.Moment step) {
    NativeTableCell cell = new NativeTableCell((step.action() + " " + step.key()).strip());
    if (step.decisive()) {
      Span mark = new Span("this order decides");
      mark.addClassName("mark-word");
      cell.add(mark);
    }
    return cell;
  }
}
