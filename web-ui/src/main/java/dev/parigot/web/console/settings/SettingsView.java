package dev.parigot.web.console.settings;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.router.Route;
import dev.parigot.app.Apps;
import dev.parigot.app.Secrets;
import dev.parigot.app.Situation;
import dev.parigot.pipeline.Pipeline;
import dev.parigot.web.AppRemoval;
import dev.parigot.web.console.Pulse;
import dev.parigot.web.console.Viewer;
import dev.parigot.web.console.app.AppFacts;
import dev.parigot.web.console.app.AppFrame;
import dev.parigot.web.console.app.AppPage;
import jakarta.annotation.security.PermitAll;

/** What can be set of an app, and its end. */
@PermitAll
@Route(value = "settings", layout = AppFrame.class)
final class SettingsView extends Div implements AppPage {
  private final Apps apps;
  private final Secrets secrets;
  private final AppRemoval removal;
  private final ConfigEditor.Changes changes;
  private long app;

  SettingsView(
      Viewer viewer,
      Apps apps,
      Secrets secrets,
      Pipeline pipeline,
      AppRemoval removal,
      Pulse pulse) {
    this.apps = apps;
    this.secrets = secrets;
    this.removal = removal;
    this.changes = new ConfigEditor.Changes(pipeline, viewer.account().email(), pulse);
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
        new ConfigEditor(facts.app(), apps.config(facts.app().id()), changes),
        new H2("Secrets"),
        new SecretEditor(facts.app(), secrets, changes));
    switch (facts.app().situation()) {
      case Situation.Production _ ->
          add(new H2("Delete the app"), new DeleteApp(facts.app(), removal::remove));
      case Situation.Staging _ ->
          add(new H2("Delete this staging"), new DeleteStaging(facts.app(), removal::remove));
    }
  }
}
