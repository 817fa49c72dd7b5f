package dev.parigot.web.console.releases;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Span;
import dev.parigot.pipeline.Underway;
import dev.parigot.web.console.part.Moment;

/** The deployment that runs, step by step. */
final class DeploymentEntry extends Div {
  DeploymentEntry(Underway underway) {
    addClassNames("card", "release");
    setId("deployment");
    getElement().setAttribute("role", "status");
    Div title = new Div("Deployment under way");
    title.addClassName("waiting");
    Div origin = new Div(new Span("by " + underway.by()), new Moment(underway.since()));
    origin.addClassNames("soft", "facts");
    OrderedList steps = new OrderedList();
    steps.addClassName("progress");
    underway.steps().forEach(step -> steps.add(new ListItem(step)));
    add(title, origin, steps);
  }
}
