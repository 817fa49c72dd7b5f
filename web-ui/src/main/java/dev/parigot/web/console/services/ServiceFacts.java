package dev.parigot.web.console.services;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.Span;
import dev.parigot.fleet.ServiceStatus;
import dev.parigot.release.ReleasedService;
import dev.parigot.web.console.part.CopyButton;
import dev.parigot.web.console.part.DigestText;
import dev.parigot.web.console.part.Measure;
import java.util.List;
import java.util.function.Consumer;

/** What the release and the binary say of a service. */
final class ServiceFacts extends DescriptionList {
  ServiceFacts(ReleasedService service, List<String> callers, Consumer<String> select) {
    tell(this, "Reach", new Span(reach(service)));
    tell(this, "Kind", new Span(service.kind()));
    tell(
        this,
        "Digest",
        new Span(
            new DigestText(service.digest()),
            new Span(" "),
            new CopyButton(service.digest(), "Copy the digest")));
    tell(this, "Size", new Span(Measure.bytes(service.size())));
    tell(this, "Instances", new Span(service.min() + " to " + service.max()));
    tell(this, "Memory", new Span("at most " + Measure.bytes(service.memoryBytes()) + " each"));
    tell(this, "Timeout", new Span(Measure.duration(service.timeoutNanos())));
    tell(this, "Calls", links(callees(service), select));
    tell(this, "Called by", links(callers, select));
  }

  /** How it has fared in the last minute. */
  static DescriptionList figures(ServiceStatus status) {
    DescriptionList list = new DescriptionList();
    tell(list, "Instances now", new Span(Integer.toString(status.instances())));
    tell(list, "Calls in the last minute", new Span(Long.toString(status.callsPerMinute())));
    tell(list, "Errors among them", new Span(Long.toString(status.errorsPerMinute())));
    String p95 = status.callsPerMinute() == 0 ? "no calls" : Measure.duration(status.p95Nanos());
    tell(list, "95 of 100 end within", new Span(p95));
    return list;
  }

  private static void tell(DescriptionList list, String term, Component value) {
    list.add(new Term(term), new Description(value));
  }

  private static String reach(ReleasedService service) {
    List<String> methods = service.publicMethods();
    if (service.needsUser() && service.isPublic()) {
      return "for users who are signed in: "
          + (service.allPublic() ? "all methods" : String.join(", ", service.exposed()));
    }
    if (service.allPublic()) {
      return "public, all methods";
    }
    return methods == null ? "private" : "public: " + String.join(", ", methods);
  }

  private static List<String> callees(ReleasedService service) {
    return service.dependsOn().stream().map(ReleasedService.Call::service).distinct().toList();
  }

  private static Component links(List<String> services, Consumer<String> select) {
    Span links = new Span();
    services.forEach(service -> {
      Button button = new Button(service, _ -> select.accept(service));
      button.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
      links.add(button);
    });
    if (services.isEmpty()) {
      links.setText("none");
    }
    return links;
  }
}
