package dev.parigot.web.console.services;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeDetails;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import dev.parigot.app.AppId;
import dev.parigot.release.ReleasedService;
import java.util.List;

/** The methods of a service, each with a form to call it. */
final class MethodList extends Div {
  MethodList(ServicePanel.Sources sources, AppId app, ReleasedService service) {
    addClassName("methods");
    if (service.methods().isEmpty()) {
      add(new Paragraph("It has no methods to call."));
    }
    for (String method : service.methods()) {
      add(entry(sources, app, service, method));
    }
  }

  private static Component entry(
      ServicePanel.Sources sources, AppId app, ReleasedService service, String method) {
    NativeDetails details = new NativeDetails();
    details.setId("method-" + method);
    details.addClassName("method");
    Span name = new Span(method);
    details.setSummary(name);
    List<String> calledOutside = service.publicMethods();
    if (service.allPublic() || (calledOutside != null && calledOutside.contains(method))) {
      Span tag = new Span("public");
      tag.addClassName("tag");
      details.setSummary(name, tag);
    }
    details.setContent(new TryIt(sources, app, service.name(), method));
    return details;
  }
}
