package dev.parigot.web.console.domains;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.AnchorTarget;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import dev.parigot.domain.Domain;
import dev.parigot.web.DomainOffer;
import dev.parigot.web.console.part.Moment;
import dev.parigot.web.console.part.ProblemNote;
import dev.parigot.web.console.part.StateMark;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One domain: how it stands with it, what its owner has to do, and its buttons. */
final class DomainEntry extends Div {
  private final DomainOffer offer;
  private final String target;
  private final StateMark state = new StateMark("idle", "");
  private final Div facts = new Div();
  private final Div body = new Div();
  private final Button check;
  private final Anchor open = new Anchor("", "Open it", AnchorTarget.BLANK);
  private @Nullable Domain shown;

  /**
   * @param target the host that the domain has to lead to
   */
  DomainEntry(
      Domain domain,
      DomainOffer offer,
      String target,
      Consumer<Domain> checking,
      Consumer<Domain> removing) {
    this.offer = offer;
    this.target = target;
    addClassNames("card", "section", "domain");
    setId("domain-" + domain.host());
    facts.addClassNames("soft", "facts");
    body.addClassName("section");
    Div heading = new Div(new H3(domain.host().unicode()), state);
    heading.addClassName("heading");
    open.getElement().setAttribute("rel", "noopener");
    open.getElement().setAttribute("aria-label", "Open " + domain.host() + " in a new tab");
    check = new Button("Check now", _ -> checking.accept(domain));
    check.setAriaLabel("Check " + domain.host() + " now");
    Button remove = new Button("Remove", _ -> removing.accept(domain));
    remove.setAriaLabel("Remove " + domain.host());
    remove.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.ERROR);
    Div actions = new Div(open, check, remove);
    actions.addClassNames("fields", "actions");
    add(heading, facts, body, actions);
  }

  /** Shows what is true of it now; what has not changed stays as it is. */
  void show(Domain domain, Instant now) {
    if (domain.equals(shown)) {
      return;
    }
    shown = domain;
    Domain.State what = offer.state(domain, now);
    switch (what) {
      case WAITING -> state.show("starting", "Waiting for its record");
      case PROVED -> state.show("live", "Served over HTTP");
      case PENDING -> state.show("starting", "Certificate pending");
      case ISSUED -> state.show("live", "Served over HTTPS");
      case FAILED -> state.show("failing", "No certificate");
    }
    getElement().setAttribute("data-state", what.name().toLowerCase(Locale.ROOT));
    open.setHref(offer.address(domain, now));
    open.setVisible(domain.isProved());
    check.setVisible(what == Domain.State.WAITING || what == Domain.State.FAILED);
    check.setText(what == Domain.State.FAILED ? "Try again now" : "Check now");
    facts.removeAll();
    facts.add(new Span(new Span("added by " + domain.by() + " "), new Moment(domain.at())));
    tell(domain.checked(), what == Domain.State.WAITING, "looked for its record ");
    tell(domain.certification().notAfter(), what == Domain.State.ISSUED, "certificate ends ");
    tell(domain.certification().nextTry(), what == Domain.State.FAILED, "to be tried again ");
    tell(domain.certification().nextTry(), what == Domain.State.ISSUED, "to be renewed ");
    body.removeAll();
    explain(domain, what);
    body.setVisible(body.getComponentCount() > 0);
  }

  private void tell(@Nullable Instant moment, boolean matters, String text) {
    if (moment != null && matters) {
      facts.add(new Span(new Span(text), new Moment(moment)));
    }
  }

  private void explain(Domain domain, Domain.State what) {
    String failure = domain.certification().failure();
    switch (what) {
      case WAITING -> {
        body.add(
            new Paragraph(
                "Add these records where the names of the domain are kept. They are looked for by themselves, which may take a while after you have added them."));
        body.add(
            new RecordTable(
                "It proves that the domain is yours:", "TXT", domain.recordName(), domain.token()));
        body.add(route(domain));
        if (domain.finding() != null) {
          body.add(new ProblemNote(domain.finding(), List.of(), ""));
        }
      }
      case PENDING ->
          body.add(
              new Paragraph(
                  "It is proved. A certificate is being had, for which the domain has to lead to this platform."),
              route(domain));
      case FAILED -> {
        body.add(
            new ProblemNote(
                failure == null ? "There is no certificate." : failure,
                List.of(),
                "It goes on being served over HTTP, and the certificate is tried for again by itself."),
            route(domain));
      }
      case ISSUED -> {
        if (failure != null) {
          body.add(new ProblemNote("It could not be renewed yet: " + failure, List.of(), ""));
        }
      }
      case PROVED -> body.add(route(domain));
    }
  }

  private RecordTable route(Domain domain) {
    return new RecordTable(
        "It leads to the app. At the top of a domain, which can't have a CNAME, use an ALIAS record, or A and AAAA records with the platform's addresses:",
        "CNAME",
        domain.host().value(),
        target);
  }
}
