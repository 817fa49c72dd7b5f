package dev.parigot.web.console.staging;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Paragraph;
import dev.parigot.release.Difference;
import dev.parigot.release.ReleasedService;
import dev.parigot.web.console.part.Measure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/** What is different from production: the services in a table, all else in words below it. */
final class DifferenceTable extends Div {
  DifferenceTable(Difference difference) {
    addClassName("section");
    if (difference.same()) {
      add(soft("Nothing is different from production."));
      return;
    }
    if (!difference.services().isEmpty()) {
      add(services(difference.services()));
    }
    List<String> rest = rest(difference);
    if (!rest.isEmpty()) {
      add(new Paragraph(String.join(" · ", rest)));
    }
  }

  private static NativeTable services(List<Difference.ServiceChange> changes) {
    NativeTable table = new NativeTable();
    table.addClassNames("facts-table", "difference");
    NativeTableRow head = table.getHead().addRow();
    for (String column : new String[] {"Service", "Change", "Size", "Contract"}) {
      head.add(header(column, "col"));
    }
    for (Difference.ServiceChange change : changes) {
      NativeTableRow row = table.getBody().addRow();
      row.add(
          header(change.name(), "row"),
          new NativeTableCell(word(change.kind())),
          new NativeTableCell(size(change)),
          new NativeTableCell(contract(change)));
    }
    return table;
  }

  private static NativeTableHeaderCell header(String text, String scope) {
    NativeTableHeaderCell cell = new NativeTableHeaderCell(text);
    cell.getElement().setAttribute("scope", scope);
    return cell;
  }

  private static String word(Difference.Kind kind) {
    return switch (kind) {
      case ADDED, REMOVED, CHANGED -> kind.name().toLowerCase(Locale.ROOT);
      case SETTINGS -> "other settings";
    };
  }

  private static String size(Difference.ServiceChange change) {
    Difference.Module before = change.before();
    Difference.Module now = change.now();
    String was = before == null ? "" : Measure.bytes(before.size());
    String is = now == null ? "" : Measure.bytes(now.size());
    return was.isEmpty() || is.isEmpty() || was.equals(is)
        ? (is.isEmpty() ? was : is)
        : was + " → " + is;
  }

  /** What callers can rely on, and whom it relies on itself. */
  private static String contract(Difference.ServiceChange change) {
    List<String> parts = new ArrayList<>();
    tell(parts, "gains ", change.methods().gained());
    tell(parts, "loses ", change.methods().lost());
    tell(parts, "now calls ", calls(change.calls().gained()));
    tell(parts, "no longer calls ", calls(change.calls().lost()));
    boolean stays = change.before() != null && change.now() != null;
    if (stays) {
      tell(parts, "opens to the web ", change.exposed().gained());
      tell(parts, "closes to the web ", change.exposed().lost());
    }
    if (change.capabilities() != null) {
      tell(parts, "now uses ", change.capabilities().gained());
      tell(parts, "no longer uses ", change.capabilities().lost());
    }
    change
        .settings()
        .forEach(set -> parts.add(set.name() + " " + set.before() + " → " + set.now()));
    return parts.isEmpty() ? "the same" : String.join("; ", parts);
  }

  private static List<String> calls(List<ReleasedService.Call> calls) {
    return calls.stream().map(call -> call.service() + "." + call.method()).distinct().toList();
  }

  private static List<String> rest(Difference difference) {
    List<String> parts = new ArrayList<>();
    tell(parts, "Unchanged: ", difference.unchanged());
    int files = names(difference.site().files()).size();
    if (files > 0) {
      parts.add("Site: " + Measure.counted(files, "file") + " differ" + (files == 1 ? "s" : ""));
    }
    if (!Objects.equals(difference.site().serviceBefore(), difference.site().serviceNow())) {
      String service = difference.site().serviceNow();
      parts.add(
          service == null
              ? "What no file matches: no service"
              : "What no file matches: " + service);
    }
    tell(parts, "Configuration: ", names(difference.config()));
    tell(parts, "Queues: ", names(difference.queues()));
    tell(parts, "Schedules: ", names(difference.cron()));
    tell(parts, "Channels: ", names(difference.channels()));
    tell(parts, "Sign-in: ", names(difference.signIn()));
    tell(parts, "May also reach ", difference.outbound().gained());
    tell(parts, "May no longer reach ", difference.outbound().lost());
    return parts;
  }

  private static List<String> names(Difference.Names names) {
    return Stream.of(names.changed(), names.added(), names.removed())
        .flatMap(List::stream)
        .sorted()
        .toList();
  }

  private static void tell(List<String> parts, String words, List<String> names) {
    if (!names.isEmpty()) {
      parts.add(words + String.join(", ", names));
    }
  }

  private static Paragraph soft(String text) {
    Paragraph paragraph = new Paragraph(text);
    paragraph.addClassName("soft");
    return paragraph;
  }
}
