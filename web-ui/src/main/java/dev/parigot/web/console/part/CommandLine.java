package dev.parigot.web.console.part;

import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;

/** A command to type in a terminal, with a button that copies it. */
public final class CommandLine extends Div {
  public CommandLine(String command, String label) {
    addClassName("command");
    add(new Code(command), new CopyButton(command, label));
  }
}
