package dev.parigot.web.console.part;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import java.util.List;

/**
 * A table of facts, whose first column names each row. Where it is too wide it scrolls, and on a
 * narrow screen each row is a list of its facts with the names of their columns.
 */
public final class Rows extends Div {
  private final NativeTable table = new NativeTable();
  private final List<String> columns;

  /**
   * @param label what the table is of, for those who don't see what stands above
   */
  public Rows(String label, List<String> columns) {
    this.columns = List.copyOf(columns);
    addClassName("scroller");
    // What scrolls can be reached by keyboard.
    getElement().setAttribute("tabindex", "0").setAttribute("role", "region");
    getElement().setAttribute("aria-label", label);
    table.addClassName("facts-table");
    // What is shown as a list stays a table to those who hear it.
    table.getElement().setAttribute("role", "table");
    NativeTableRow head = table.getHead().addRow();
    head.getElement().setAttribute("role", "row");
    columns.forEach(column -> head.add(header(column, "column")));
    add(table);
  }

  /** Adds one; {@code name} tells which it is. */
  public void row(Component name, Component... cells) {
    NativeTableRow row = table.getBody().addRow();
    NativeTableHeaderCell first = header("", "row");
    first.add(name);
    row.getElement().setAttribute("role", "row");
    row.add(first);
    for (int i = 0; i < cells.length; i++) {
      NativeTableCell cell = new NativeTableCell(cells[i]);
      cell.getElement()
          .setAttribute("role", "cell")
          .setAttribute("data-column", columns.get(i + 1));
      row.add(cell);
    }
  }

  private static NativeTableHeaderCell header(String text, String of) {
    NativeTableHeaderCell cell = new NativeTableHeaderCell(text);
    cell.getElement().setAttribute("scope", of.equals("row") ? "row" : "col");
    cell.getElement().setAttribute("role", of + "header");
    return cell;
  }
}
