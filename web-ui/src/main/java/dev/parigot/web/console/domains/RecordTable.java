package dev.parigot.web.console.domains;

import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.parigot.web.console.part.CopyButton;

/** One record to add in the domain name system, each part with a button that copies it. */
final class RecordTable extends Div {
  /**
   * @param why what the record is for
   */
  RecordTable(String why, String type, String name, String content) {
    addClassNames("section", "dns-record");
    Span purpose = new Span(why);
    purpose.addClassName("soft");
    add(
        purpose,
        row("Type", new Div(new Code(type))),
        row("Name", copied(name, "Copy the name of the " + type + " record")),
        row("Content", copied(content, "Copy the content of the " + type + " record")));
  }

  private static Div copied(String text, String label) {
    Div line = new Div(new Code(text), new CopyButton(text, label));
    line.addClassName("command");
    return line;
  }

  private static Div row(String label, Div value) {
    Span name = new Span(label);
    name.addClassName("label");
    Div row = new Div(name, value);
    row.addClassName("dns-row");
    return row;
  }
}
