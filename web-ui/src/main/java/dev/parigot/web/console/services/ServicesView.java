package dev.parigot.web.console.services;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import dev.parigot.fleet.Fleet;
import dev.parigot.observe.Logs;
import dev.parigot.release.Release;
import dev.parigot.scaling.Scaling;
import dev.parigot.web.Addresses;
import dev.parigot.web.console.Pulse;
import dev.parigot.web.console.Viewer;
import dev.parigot.web.console.app.AppFacts;
import dev.parigot.web.console.app.AppFrame;
import dev.parigot.web.console.app.AppPage;
import dev.parigot.web.console.app.FirstPush;
import dev.parigot.web.console.part.CommandLine;
import dev.parigot.web.console.part.ProblemNote;
import jakarta.annotation.security.PermitAll;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The services of an app: the picture, and the panel of the one that is selected. */
@PermitAll
@Route(value = "", layout = AppFrame.class)
final class ServicesView extends Div implements AppPage, BeforeEnterObserver {
  private static final String SERVICE = "service";

  private enum Stage {
    UNPUSHED,
    STARTING,
    FAILED,
    LIVE
  }

  private final Viewer viewer;
  private final Addresses addresses;
  private final ServicePanel panel;
  private @Nullable Stage stage;
  private @Nullable ServiceCanvas canvas;
  private @Nullable AppFacts facts;
  private String app = "";
  private String selected = "";

  ServicesView(
      Viewer viewer, Addresses addresses, Fleet fleet, Scaling scaling, Logs logs, Pulse pulse) {
    this.viewer = viewer;
    this.addresses = addresses;
    this.panel =
        new ServicePanel(
            new ServicePanel.Sources(fleet, scaling, logs, pulse, addresses), this::select);
    addClassName("services");
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    selected = event.getLocation().getQueryParameters().getSingleParameter(SERVICE).orElse("");
  }

  @Override
  public void show(AppFacts now) {
    facts = now;
    Stage next = stage(now);
    String name = now.app().name().value();
    if (next != stage || !name.equals(app)) {
      stage = next;
      app = name;
      build(next, now);
    }
    Optional<Release> live = now.live();
    if (canvas != null && live.isPresent()) {
      canvas.show(live.get(), now.services(), now.traffic());
      showSelected();
    }
  }

  private static Stage stage(AppFacts facts) {
    if (facts.live().isPresent()) {
      return Stage.LIVE;
    }
    return facts
        .newest()
        .map(release -> release.state() == Release.State.FAILED ? Stage.FAILED : Stage.STARTING)
        .orElse(Stage.UNPUSHED);
  }

  private void build(Stage next, AppFacts now) {
    removeAll();
    canvas = null;
    switch (next) {
      case UNPUSHED ->
          add(new FirstPush(now.app(), addresses.git(now.app().name()), viewer.account().email()));
      case FAILED -> add(failed(now));
      case STARTING -> add(picture(waiting(now)), panel);
      case LIVE -> add(picture(null), panel);
    }
  }

  private Div picture(@Nullable Div above) {
    Div picture = new Div();
    picture.addClassName("picture");
    if (above != null) {
      picture.add(above);
    }
    ServiceCanvas made = new ServiceCanvas(this::select);
    canvas = made;
    picture.add(made);
    return picture;
  }

  private static Div waiting(AppFacts now) {
    Div text = new Div("v" + now.newest().map(Release::number).orElse(1) + " is starting.");
    text.addClassName("waiting");
    Div above = new Div(text);
    above.addClassName("above");
    return above;
  }

  private static Div failed(AppFacts now) {
    Release release = now.newest().orElseThrow();
    String why = release.failure() == null ? "" : release.failure();
    ProblemNote note =
        ProblemNote.of(
            "Release v" + release.number() + " could not go live. " + why,
            "Mend what is named, commit, and push again:");
    note.setId("release-failed");
    Div page =
        new Div(
            note,
            new CommandLine(
                "git push parigot " + now.app().situation().branch(),
                "Copy the command that pushes"));
    page.addClassNames("page", "slim");
    return page;
  }

  private void select(String service) {
    selected = service;
    showSelected();
    QueryParameters query =
        service.isEmpty() ? QueryParameters.empty() : QueryParameters.of(SERVICE, service);
    getUI()
        .ifPresent(
            ui -> ui.getPage().getHistory().replaceState(null, new Location("apps/" + app, query)));
  }

  private void showSelected() {
    if (facts == null || canvas == null) {
      return;
    }
    canvas.select(selected);
    panel.show(facts, selected);
  }
}
