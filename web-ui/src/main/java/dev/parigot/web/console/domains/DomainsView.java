package dev.parigot.web.console.domains;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.Route;
import dev.parigot.app.App;
import dev.parigot.domain.Domain;
import dev.parigot.domain.Domains;
import dev.parigot.problem.Problem;
import dev.parigot.web.DomainOffer;
import dev.parigot.web.console.Pulse;
import dev.parigot.web.console.Viewer;
import dev.parigot.web.console.app.AppFacts;
import dev.parigot.web.console.app.AppFrame;
import dev.parigot.web.console.app.AppPage;
import dev.parigot.web.console.part.ProblemNote;
import dev.parigot.web.console.part.ProblemSlot;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The domains of an app, in the order in which they were added. */
@PermitAll
@Route(value = "domains", layout = AppFrame.class)
final class DomainsView extends Div implements AppPage {
  private static final Duration OFTEN = Duration.ofSeconds(2);

  private final Domains domains;
  private final DomainOffer offer;
  private final Clock clock;
  private final Pulse pulse;
  private final String by;
  private final ProblemSlot problem = new ProblemSlot();
  private final TextField host = new TextField("Domain");
  private final Div list = new Div();
  private final Map<Long, DomainEntry> entries = new LinkedHashMap<>();
  private volatile @Nullable App app;

  DomainsView(Domains domains, DomainOffer offer, Clock clock, Pulse pulse, Viewer viewer) {
    this.domains = domains;
    this.offer = offer;
    this.clock = clock;
    this.pulse = pulse;
    this.by = viewer.account().email();
    addClassNames("page", "slim");
    list.addClassName("section");
    list.setId("domains");
    host.setId("domain-host");
    host.addClassName("wide");
    host.setPlaceholder("shop.example.org");
    Button add = new Button("Add domain", _ -> add());
    add.setId("add-domain");
    add.addThemeVariants(ButtonVariant.PRIMARY);
    add.addClickShortcut(Key.ENTER).listenOn(host).resetFocusOnActiveElement();
    Div fields = new Div(host, add);
    fields.addClassName("fields");
    add(new H2("Domains"), fields, problem, list);
    // Records and certificates come by themselves.
    pulse.follow(list, OFTEN, this::read, found -> found.ifPresent(this::draw));
  }

  @Override
  public void show(AppFacts facts) {
    if (!facts.app().equals(app)) {
      app = facts.app();
      entries.clear();
      load();
    }
  }

  private Optional<List<Domain>> read() {
    return Optional.ofNullable(app).map(shown -> domains.of(shown.id(), 0, Domains.MOST_OF_AN_APP));
  }

  /** What is there, or why it can't be told, and a way to try again. */
  private void load() {
    try {
      read().ifPresent(this::draw);
    } catch (RuntimeException e) {
      entries.clear();
      list.removeAll();
      list.add(
          e instanceof Problem known
              ? new ProblemNote(known)
              : new ProblemNote("The domains can't be read now.", List.of(), "Try again soon."),
          new Button("Try again", _ -> load()));
    }
  }

  private void draw(List<Domain> found) {
    App shown = app;
    List<Long> ids = found.stream().map(Domain::id).toList();
    if (shown != null && (ids.isEmpty() || !List.copyOf(entries.keySet()).equals(ids))) {
      entries.clear();
      list.removeAll();
      found.forEach(domain -> entries.put(domain.id(), entry(shown, domain)));
      entries.values().forEach(list::add);
      if (found.isEmpty()) {
        list.add(empty());
      }
    }
    for (Domain domain : found) {
      DomainEntry entry = entries.get(domain.id());
      if (entry != null) {
        entry.show(domain, clock.instant());
      }
    }
  }

  private DomainEntry entry(App shown, Domain domain) {
    return new DomainEntry(
        domain, offer, offer.target(shown.name()), this::check, this::confirmRemoval);
  }

  private Div empty() {
    Div empty =
        new Div(
            new Paragraph(
                "A domain of yours can lead to this app, beside the address that the platform gives it. Add one, and see which records it needs."
                    + (offer.certifies()
                        ? " It gets a certificate, and is served over HTTPS."
                        : " This platform gets no certificates: it is served over HTTP.")));
    empty.addClassName("empty");
    empty.setId("no-domains");
    return empty;
  }

  private void add() {
    change(shown -> {
      var _ = domains.add(shown, host.getValue(), by);
      host.clear();
    });
  }

  /** Name servers may take seconds. */
  private void check(Domain domain) {
    App shown = app;
    if (shown == null) {
      return;
    }
    problem.removeAll();
    pulse.once(
        this,
        () ->
            attempt(() -> {
              var _ = domains.verify(shown, domain.host().value());
            }),
        found -> {
          found.ifPresent(problem::show);
          load();
        });
  }

  private static Optional<Problem> attempt(Runnable action) {
    try {
      action.run();
      return Optional.empty();
    } catch (Problem found) {
      return Optional.of(found);
    }
  }

  private void confirmRemoval(Domain domain) {
    ConfirmDialog dialog =
        new ConfirmDialog(
            "Remove " + domain.host().unicode() + "?",
            "The app is not served under it any more, and its certificate is deleted. You can add it again, with a new record.",
            "Remove",
            _ -> change(shown -> domains.remove(shown, domain.host().value())));
    dialog.setConfirmButtonTheme("error primary");
    dialog.setCancelable(true);
    dialog.open();
  }

  private void change(Consumer<App> change) {
    App shown = app;
    if (shown != null) {
      problem.attempt(() -> change.accept(shown));
      load();
    }
  }
}
