package dev.parigot.web.console.part;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import java.util.List;

/** A table of facts, whose first column names each row, and which scrolls where it is too wide. */
public final class Rows extends Div {
  private final NativeTable table = new NativeTable();

  /**
   * @param label what the table is of, for those who don't see what stands above
   */
  public Rows(String label, List<String> columns) {
    addClassName("scroller");
    // What scrolls can be reached by keyboard.
    getElement().setAttribute("tabindex", "0").setAttribute("role", "region");
    getElement().setAttribute("aria-label", label);
    table.addClassName("facts-table");
    NativeTableRow head = table.getHead().addRow();
    columns.forEach(column -> head.add(header(column, "col")));
    add(table);
  }

  /** Adds one; {@code name} tells which it is. */
  public void row(Component name, Component... cells) {
    NativeTableRow row = table.getBody().addRow();
    NativeTableHeaderCell first = header("", "row");
    first.add(name);
    row.add(first);
    for (Component cell : cells) {
      row.add(new NativeTableCell(cell));
    }
  }

  private static NativeTableHeaderCell header(String text, String scope) {
    NativeTableHeaderCell cell = new NativeTableHeaderCell(text);
    cell.getElement().setAttribute("scope", scope);
    return cell;
  }
}
