package dev.parigot.web.console.settings;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.router.Route;
import dev.parigot.app.Apps;
import dev.parigot.web.console.app.AppFacts;
import dev.parigot.web.console.app.AppFrame;
import dev.parigot.web.console.app.AppPage;
import jakarta.annotation.security.PermitAll;

/** What can be set of an app, and its end. */
@PermitAll
@Route(value = "settings", layout = AppFrame.class)
final class SettingsView extends Div implements AppPage {
  private final Apps apps;
  private long app;

  SettingsView(Apps apps) {
    this.apps = apps;
    addClassNames("page", "slim");
  }

  @Override
  public void show(AppFacts facts) {
    if (facts.app().id().value() == app) {
      return;
    }
    app = facts.app().id().value();
    removeAll();
    add(
        new H2("Configuration"),
        new ConfigEditor(apps, facts.app()),
        new H2("Delete the app"),
        new DeleteApp(facts.app(), apps::delete));
  }
}
