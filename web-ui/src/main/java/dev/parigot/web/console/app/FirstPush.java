package dev.parigot.web.console.app;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.RouterLink;
import dev.parigot.app.App;
import dev.parigot.app.Branch;
import dev.parigot.web.console.account.AccountView;
import dev.parigot.web.console.part.CommandLine;

/** What to type so that an app without a release gets its first one. */
public final class FirstPush extends Div {
  /**
   * @param app whose branch is pushed
   * @param remote the app's git remote
   * @param email what git is to be told as user name
   */
  public FirstPush(App app, String remote, String email) {
    Branch branch = app.situation().branch();
    addClassNames("page", "slim");
    setId("first-push");
    Paragraph credentials = new Paragraph("git asks who you are: your e-mail, ");
    credentials.add(new Span(email), new Span(", and your password or an "));
    credentials.add(new RouterLink("access token", AccountView.class), new Span("."));
    credentials.addClassName("soft");
    OrderedList steps =
        new OrderedList(
            new ListItem(
                new Paragraph("In the repository of your services, name the remote:"),
                new CommandLine(
                    "git remote add parigot " + remote, "Copy the command that names the remote")),
            new ListItem(
                new Paragraph("Push. What is on " + branch + " goes live:"),
                new CommandLine("git push parigot " + branch, "Copy the command that pushes"),
                credentials),
            new ListItem(waiting()));
    steps.addClassName("steps");
    Paragraph withoutGit = new Paragraph("Without git, or with git elsewhere: the ");
    withoutGit.add(
        new RouterLink("command line", AccountView.class), new Span(" deploys a folder as it is."));
    withoutGit.addClassName("soft");
    add(
        new H2("Push your services"),
        new Paragraph(
            "The repository needs a parigot.toml at its root that names each service and its wasm file."),
        steps,
        withoutGit);
  }

  private static Div waiting() {
    Div waiting = new Div("Waiting for the first push. This page becomes the app by itself.");
    waiting.addClassName("waiting");
    waiting.setId("waiting-for-push");
    waiting.getElement().setAttribute("role", "status");
    return waiting;
  }
}
