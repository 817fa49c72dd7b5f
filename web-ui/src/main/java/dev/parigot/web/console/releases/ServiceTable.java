package dev.parigot.web.console.releases;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Span;
import dev.parigot.release.Release;
import dev.parigot.release.ReleasedService;
import dev.parigot.web.console.part.DigestText;
import dev.parigot.web.console.part.Measure;

/** The services of a release with what changed, their sizes and digests. */
final class ServiceTable extends Div {
  ServiceTable(Release release) {
    addClassName("scroller");
    NativeTable table = new NativeTable();
    NativeTableRow head = table.getHead().addRow();
    for (String column : new String[] {"Service", "Change", "Size", "Digest"}) {
      head.add(header(column, "col"));
    }
    for (ReleasedService service : release.services()) {
      row(
          table,
          service.name(),
          new Span(change(release.changes(), service.name())),
          new Span(Measure.bytes(service.size())),
          new DigestText(service.digest()));
    }
    for (String removed : release.changes().removed()) {
      row(table, removed, new Span("removed"), new Span("–"), new Span("–"));
    }
    add(table);
  }

  private static void row(NativeTable table, String name, Component... values) {
    NativeTableRow row = table.getBody().addRow();
    row.add(header(name, "row"));
    for (Component value : values) {
      row.add(new NativeTableCell(value));
    }
  }

  private static NativeTableHeaderCell header(String text, String scope) {
    NativeTableHeaderCell cell = new NativeTableHeaderCell(text);
    cell.getElement().setAttribute("scope", scope);
    return cell;
  }

  private static String change(Release.Changes changes, String service) {
    if (changes.added().contains(service)) {
      return "added";
    }
    return changes.changed().contains(service) ? "changed" : "unchanged";
  }
}
