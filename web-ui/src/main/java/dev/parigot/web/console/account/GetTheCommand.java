package dev.parigot.web.console.account;

import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import dev.parigot.web.console.part.CommandLine;

/** How one comes to the command-line tool, and deploys with it. */
final class GetTheCommand extends Div {
  /**
   * @param platform the console's address, without a slash at the end
   */
  GetTheCommand(String platform) {
    addClassNames("card", "section");
    setId("get-the-command");
    Paragraph what =
        new Paragraph(
            "It deploys a folder without git, tests and checks apps on your machine, and reads logs. It needs a JDK 25.");
    OrderedList steps =
        new OrderedList(
            new ListItem(
                new Paragraph("Fetch it into this folder:"),
                new CommandLine(
                    "curl -fsSL " + platform + "/download/parigot.tar.gz | tar xz",
                    "Copy the command that fetches the tool")),
            new ListItem(
                new Paragraph("Log in. It makes a token for this machine:"),
                new CommandLine(
                    "parigot/bin/parigot login " + platform, "Copy the command that logs in")),
            new ListItem(
                new Paragraph("Deploy a folder that has a parigot.toml:"),
                new CommandLine(
                    "parigot/bin/parigot deploy DIR --app NAME", "Copy the command that deploys")));
    steps.addClassName("steps");
    Paragraph elsewhere = new Paragraph();
    elsewhere.addClassName("soft");
    elsewhere.add(
        new Span(
            "In CI set PARIGOT_PLATFORM and PARIGOT_TOKEN instead of logging in; hooks for git elsewhere and CI files are in "),
        new Code("parigot/share"),
        new Span("."));
    add(what, steps, elsewhere);
  }
}
