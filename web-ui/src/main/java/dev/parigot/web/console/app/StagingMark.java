package dev.parigot.web.console.app;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.parigot.app.AppName;
import dev.parigot.app.Branch;

/** Says above everything else that what is shown is not production, and leads back there. */
final class StagingMark extends Div {
  StagingMark(AppName production, Branch branch) {
    addClassName("staging-mark");
    setId("staging-mark");
    getElement().setAttribute("role", "note");
    Span name = new Span("Staging: " + branch);
    name.addClassName("name");
    Anchor all = new Anchor("apps/" + production + "/staging", "Compare and promote");
    Anchor back = new Anchor("apps/" + production, "Back to production");
    back.setId("back-to-production");
    add(name, new Span("Data, queues and configuration of its own."), all, back);
  }
}
