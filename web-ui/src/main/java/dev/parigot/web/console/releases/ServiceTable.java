package dev.parigot.web.console.releases;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Span;
import dev.parigot.release.ReleasedService;
import dev.parigot.web.console.part.DigestText;
import dev.parigot.web.console.part.Measure;
import java.util.List;

/** The services of a release: their modules, what these export, and what they import. */
final class ServiceTable extends Div {
  ServiceTable(List<ReleasedService> services) {
    addClassName("scroller");
    getElement().setAttribute("tabindex", "0");
    getElement().setAttribute("role", "region");
    getElement().setAttribute("aria-label", "Services");
    NativeTable table = new NativeTable();
    NativeTableRow head = table.getHead().addRow();
    for (String column : List.of("Service", "Size", "Digest", "Exports", "Calls", "Imports")) {
      head.add(header(column, "col"));
    }
    services.forEach(service -> row(table, service));
    add(table);
  }

  private static void row(NativeTable table, ReleasedService service) {
    NativeTableRow row = table.getBody().addRow();
    row.add(header(service.name(), "row"));
    List<String> capabilities = service.capabilities();
    for (Component value :
        List.of(
            new Span(Measure.bytes(service.size())),
            new DigestText(service.digest()),
            names(service.methods()),
            names(service.dependsOn().stream().map(ServiceTable::callee).toList()),
            capabilities == null ? new Span("not known") : names(capabilities))) {
      row.add(new NativeTableCell(value));
    }
  }

  private static String callee(ReleasedService.Call call) {
    return call.service() + "." + call.method();
  }

  private static Span names(List<String> names) {
    Span span = new Span(names.isEmpty() ? "–" : String.join(", ", names));
    span.addClassName("mono");
    return span;
  }

  private static NativeTableHeaderCell header(String text, String scope) {
    NativeTableHeaderCell cell = new NativeTableHeaderCell(text);
    cell.getElement().setAttribute("scope", scope);
    return cell;
  }
}
