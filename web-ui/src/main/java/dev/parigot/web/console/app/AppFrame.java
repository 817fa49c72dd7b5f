package dev.parigot.web.console.app;

import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.HasElement;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.ParentLayout;
import com.vaadin.flow.router.RoutePrefix;
import com.vaadin.flow.router.RouterLayout;
import dev.parigot.app.App;
import dev.parigot.app.Apps;
import dev.parigot.app.Situation;
import dev.parigot.fleet.Fleet;
import dev.parigot.metering.Metering;
import dev.parigot.observe.Events;
import dev.parigot.pipeline.Pipeline;
import dev.parigot.release.Releases;
import dev.parigot.web.Addresses;
import dev.parigot.web.console.ConsoleFrame;
import dev.parigot.web.console.Pulse;
import dev.parigot.web.console.Viewer;
import jakarta.annotation.security.PermitAll;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One app: the strip of what is to be known first, the tabs, and the tab that is open. */
@PermitAll
@RoutePrefix("apps/:app")
@ParentLayout(ConsoleFrame.class)
public final class AppFrame extends Div
    implements RouterLayout, BeforeEnterObserver, AfterNavigationObserver, HasDynamicTitle {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Viewer viewer;
  private final Apps apps;
  private final AppWatch.Sources sources;
  private final Addresses addresses;
  private final Pulse pulse;
  private final Div head = new Div();
  private final Div body = new Div();
  private @Nullable Opened opened;
  private @Nullable AppPage page;

  /** What stands on the page as long as it is about the same app. */
  private record Opened(AppWatch watch, AppStrip strip, Map<String, Anchor> tabs) {}

  AppFrame(
      Viewer viewer,
      Apps apps,
      Releases releases,
      Pipeline pipeline,
      Fleet fleet,
      Metering metering,
      Events events,
      Addresses addresses,
      Pulse pulse) {
    this.viewer = viewer;
    this.apps = apps;
    this.sources = new AppWatch.Sources(releases, pipeline, fleet, metering, events);
    this.addresses = addresses;
    this.pulse = pulse;
    addClassName("app-body");
    body.addClassName("app-body");
    add(head, body);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    App app =
        apps.require(viewer.account().id(), event.getRouteParameters().get("app").orElseThrow());
    if (opened == null || !opened.watch().app().equals(app)) {
      open(app);
    }
  }

  private void open(App app) {
    close();
    AppWatch watch = new AppWatch(app, sources);
    AppStrip strip = new AppStrip(app.name().production().value(), addresses.of(app.name()));
    Map<String, Anchor> tabs = tabs(app);
    Nav nav = new Nav();
    nav.setAriaLabel("App " + app.name());
    nav.addClassName("tabs");
    tabs.values().forEach(nav::add);
    head.removeAll();
    if (app.situation() instanceof Situation.Staging staging) {
      head.add(new StagingMark(app.name().production(), staging.branch()));
    }
    head.add(strip, nav);
    pulse.follow(strip, SECOND, watch, this::show);
    opened = new Opened(watch, strip, tabs);
  }

  /** A branch has what runs and what is told of it; what is beside that, only the app has. */
  private static Map<String, Anchor> tabs(App app) {
    String path = "apps/" + app.name();
    boolean production = app.situation() instanceof Situation.Production;
    Map<String, Anchor> tabs = new LinkedHashMap<>();
    tabs.put(path, new Anchor(path, "Services"));
    tabs.put(path + "/releases", new Anchor(path + "/releases", "Releases"));
    tabs.put(path + "/tests", new Anchor(path + "/tests", "Tests"));
    if (production) {
      tabs.put(path + "/staging", new Anchor(path + "/staging", "Staging"));
    }
    tabs.put(path + "/cron", new Anchor(path + "/cron", "Schedules"));
    tabs.put(path + "/queues", new Anchor(path + "/queues", "Queues"));
    tabs.put(path + "/channels", new Anchor(path + "/channels", "Channels"));
    if (production) {
      tabs.put(path + "/demos", new Anchor(path + "/demos", "Demos"));
    }
    tabs.put(path + "/users", new Anchor(path + "/users", "Users"));
    tabs.put(path + "/logs", new Anchor(path + "/logs", "Logs"));
    if (production) {
      tabs.put(path + "/domains", new Anchor(path + "/domains", "Domains"));
    }
    tabs.put(path + "/settings", new Anchor(path + "/settings", "Settings"));
    return tabs;
  }

  @Override
  public void showRouterLayoutContent(HasElement content) {
    page = (AppPage) content;
    body.getElement().removeAllChildren();
    body.getElement().appendChild(content.getElement());
  }

  @Override
  public void afterNavigation(AfterNavigationEvent event) {
    if (opened == null) {
      return;
    }
    String path = event.getLocation().getPath();
    opened
        .tabs()
        .forEach((address, tab) -> {
          if (address.equals(path) || isBelow(address, path)) {
            tab.getElement().setAttribute("aria-current", "page");
          } else {
            tab.getElement().removeAttribute("aria-current");
          }
        });
    show(opened.watch().get());
  }

  /** A page below a tab is the tab's; all are below the first one, which is the app's own. */
  private boolean isBelow(String tab, String path) {
    return opened != null
        && path.startsWith(tab + "/")
        && !tab.equals(opened.tabs().keySet().iterator().next());
  }

  private void show(AppFacts facts) {
    if (opened == null || !opened.watch().app().equals(facts.app())) {
      return;
    }
    if (opened.watch().gone()) {
      getUI().ifPresent(ui -> ui.navigate(above(facts.app())));
      return;
    }
    opened.strip().show(facts);
    if (page != null) {
      page.show(facts);
    }
  }

  /** Where to go when it is no more. */
  private static String above(App app) {
    return switch (app.situation()) {
      case Situation.Production _ -> "";
      case Situation.Staging _ -> "apps/" + app.name().production() + "/staging";
    };
  }

  @Override
  public String getPageTitle() {
    return opened == null ? "Parigot" : title(opened.watch().app()) + " · Parigot";
  }

  private static String title(App app) {
    return switch (app.situation()) {
      case Situation.Production _ -> app.name().value();
      case Situation.Staging staging ->
          app.name().production() + ", staging of " + staging.branch();
    };
  }

  @Override
  protected void onDetach(DetachEvent event) {
    close();
  }

  private void close() {
    if (opened != null) {
      opened.watch().close();
      opened = null;
    }
  }
}
