package dev.parigot.web.console.palette;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import dev.parigot.app.App;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A dialog, opened by Ctrl-K, that goes to a place or runs an action by a few letters of its name.
 */
@Tag("parigot-palette")
@JsModule("context://console/palette.js")
public final class Palette extends Component {
  /**
   * A place to go to.
   *
   * @param hint what kind of place it is
   * @param path in the console, without a leading slash; or the name of an action
   */
  record Entry(String label, String hint, String path) {}

  /**
   * @param apps read each time the palette opens
   * @param actions by the words for them
   */
  public Palette(Supplier<List<App>> apps, Map<String, Runnable> actions) {
    setId("palette");
    getElement()
        .addEventListener(
            "palette-open",
            _ -> getElement().setPropertyList("entries", entries(apps.get(), actions)));
    getElement()
        .addEventListener(
            "palette-go",
            event -> {
              String path = event.getEventData().get("event.detail.path").asString();
              Runnable action = actions.get(path);
              if (action == null) {
                getUI().ifPresent(ui -> ui.navigate(path));
              } else {
                action.run();
              }
            })
        .addEventData("event.detail.path");
  }

  public void open() {
    getElement().callJsFunction("open");
  }

  private static List<Entry> entries(List<App> apps, Map<String, Runnable> actions) {
    List<Entry> entries = new ArrayList<>();
    for (App app : apps) {
      String name = app.name().value();
      entries.add(new Entry(name, "app", "apps/" + name));
    }
    for (App app : apps) {
      String name = app.name().value();
      entries.add(new Entry(name + " releases", "releases", "apps/" + name + "/releases"));
      entries.add(new Entry(name + " tests", "tests", "apps/" + name + "/tests"));
      entries.add(new Entry(name + " staging", "staging", "apps/" + name + "/staging"));
      entries.add(new Entry(name + " demos", "demos", "apps/" + name + "/demos"));
      entries.add(new Entry(name + " logs", "logs", "apps/" + name + "/logs"));
      entries.add(new Entry(name + " settings", "settings", "apps/" + name + "/settings"));
    }
    entries.add(new Entry("All apps", "page", ""));
    entries.add(new Entry("New app", "page", "new"));
    entries.add(new Entry("Account and access tokens", "page", "account"));
    actions.keySet().forEach(name -> entries.add(new Entry(name, "action", name)));
    return entries;
  }
}
