package dev.parigot.web.console.apps;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.parigot.account.AccountId;
import dev.parigot.app.App;
import dev.parigot.app.Apps;
import dev.parigot.fleet.Fleet;
import dev.parigot.metering.Metering;
import dev.parigot.release.Releases;
import dev.parigot.web.Addresses;
import dev.parigot.web.console.ConsoleFrame;
import dev.parigot.web.console.Pulse;
import dev.parigot.web.console.Viewer;
import dev.parigot.web.console.app.AppFacts;
import dev.parigot.web.console.part.Sparkline;
import jakarta.annotation.security.PermitAll;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** An account's apps, a card each; or, as long as there is none, the way to the first one. */
@PermitAll
@PageTitle("Apps · Parigot")
@Route(value = "", layout = ConsoleFrame.class)
public final class AppsView extends Div {
  private static final int MOST = 1_000;
  private static final int MINUTES = 30;
  private static final Duration PACE = Duration.ofSeconds(3);

  /** An app as its card shows it. */
  record Shown(AppFacts facts, List<Sparkline.Minute> history) {}

  private final Viewer viewer;
  private final Apps apps;
  private final Releases releases;
  private final Fleet fleet;
  private final Metering metering;
  private final Addresses addresses;
  private final UnorderedList cards = new UnorderedList();
  private final Paragraph nothing = new Paragraph("No app has such a name.");
  private final TextField search = new TextField();
  private List<Shown> shown = List.of();

  AppsView(
      Viewer viewer,
      Apps apps,
      Releases releases,
      Fleet fleet,
      Metering metering,
      Addresses addresses,
      Pulse pulse) {
    this.viewer = viewer;
    this.apps = apps;
    this.releases = releases;
    this.fleet = fleet;
    this.metering = metering;
    this.addresses = addresses;
    shown = read();
    if (shown.isEmpty()) {
      add(new NewAppForm(viewer, apps, addresses, "Make your first app"));
    } else {
      build();
      var account = viewer.account().id();
      pulse.follow(this, PACE, () -> read(account), this::show);
    }
  }

  private void build() {
    addClassName("page");
    search.setPlaceholder("Search apps");
    search.setAriaLabel("Search apps");
    search.setId("search-apps");
    search.setClearButtonVisible(true);
    search.setValueChangeMode(ValueChangeMode.EAGER);
    search.addValueChangeListener(_ -> draw());
    search.addFocusShortcut(Key.SLASH);
    Button make =
        new Button("New app", _ -> getUI().ifPresent(ui -> ui.navigate(NewAppView.class)));
    make.setId("new-app");
    make.addThemeVariants(ButtonVariant.PRIMARY);
    Div heading = new Div(new H1("Apps"), search, make);
    heading.addClassName("heading");
    cards.addClassName("apps");
    cards.setId("apps");
    nothing.addClassName("empty");
    add(heading, cards, nothing);
    draw();
  }

  private List<Shown> read() {
    return read(viewer.account().id());
  }

  private List<Shown> read(AccountId account) {
    return apps.of(account, "", MOST).stream().map(this::read).toList();
  }

  private Shown read(App app) {
    AppFacts facts =
        AppFacts.brief(
            app,
            releases.live(app.id()),
            releases.of(app.id(), 0, 1).stream().findFirst(),
            fleet.status(app.id()));
    List<Sparkline.Minute> history =
        Arrays.stream(metering.history(app.id().value(), MINUTES))
            .map(minute -> new Sparkline.Minute(minute[0], minute[1]))
            .toList();
    return new Shown(facts, history);
  }

  private void show(List<Shown> now) {
    shown = now;
    draw();
  }

  private void draw() {
    String wanted = search.getValue().strip().toLowerCase(Locale.ROOT);
    cards.removeAll();
    shown.stream()
        .filter(each -> each.facts().app().name().value().contains(wanted))
        .map(each -> new ListItem(new AppCard(each, addresses.of(each.facts().app().name()))))
        .forEach(cards::add);
    nothing.setVisible(cards.getComponentCount() == 0);
  }
}
