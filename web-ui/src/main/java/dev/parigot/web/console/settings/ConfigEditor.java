package dev.parigot.web.console.settings;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.parigot.app.App;
import dev.parigot.pipeline.Pipeline;
import dev.parigot.pipeline.Progress;
import dev.parigot.problem.Problem;
import dev.parigot.release.Release;
import dev.parigot.web.console.Pulse;
import dev.parigot.web.console.part.ProblemSlot;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The configuration of an app: each key with its value, changed one at a time. */
final class ConfigEditor extends Div {
  /** What carries a change out: it may take as long as a release's start. */
  record Changes(Pipeline pipeline, String by, Pulse pulse) {}

  /** What a change came to: the release that runs with it, if any, or the problem. */
  private record Changed(Optional<Release> release, @Nullable Problem problem) {}

  private final App app;
  private final Map<String, String> config;
  private final Changes changes;
  private final Div rows = new Div();
  private final TextField newKey = new TextField("Key");
  private final TextField newValue = new TextField("Value");
  private final ProblemSlot problem = new ProblemSlot();
  private final Paragraph said = new Paragraph();

  ConfigEditor(App app, Map<String, String> config, Changes changes) {
    this.app = app;
    this.config = new TreeMap<>(config);
    this.changes = changes;
    addClassNames("card", "section");
    rows.addClassName("section");
    rows.setId("config-rows");
    said.getElement().setAttribute("role", "status");
    said.setId("config-said");
    said.setVisible(false);
    newKey.setId("config-key");
    newKey.setPlaceholder("CURRENCY");
    newValue.setId("config-value");
    newValue.addClassName("wide");
    Button set = new Button("Set", _ -> add());
    set.setId("config-set");
    set.addThemeVariants(ButtonVariant.PRIMARY);
    set.addClickShortcut(Key.ENTER).listenOn(newKey, newValue).resetFocusOnActiveElement();
    Div fields = new Div(newKey, newValue, set);
    fields.addClassName("fields");
    add(
        new Paragraph(
            "Services read these by the import parigot:config, or as their environment. They win over the [config] of parigot.toml. A change makes a new release of what is live, and moves calls to it once it has started."),
        rows,
        fields,
        problem,
        said);
    show();
  }

  private void show() {
    rows.removeAll();
    if (config.isEmpty()) {
      Paragraph none = new Paragraph("Nothing is set.");
      none.addClassName("soft");
      rows.add(none);
    }
    config.forEach((key, value) -> rows.add(row(key, value)));
  }

  private Div row(String key, String value) {
    TextField field = new TextField(key);
    field.setValue(value);
    field.addClassNames("wide", "mono");
    field.setId("config-" + key);
    Button save = new Button("Save", _ -> patch(key, field.getValue()));
    save.setAriaLabel("Save " + key);
    save.setEnabled(false);
    field.addValueChangeListener(event -> save.setEnabled(!event.getValue().equals(value)));
    field.setValueChangeMode(ValueChangeMode.EAGER);
    save.addClickShortcut(Key.ENTER).listenOn(field).resetFocusOnActiveElement();
    Button remove = new Button("Remove", _ -> patch(key, null));
    remove.setAriaLabel("Remove " + key);
    remove.addThemeVariants(ButtonVariant.TERTIARY);
    Div row = new Div(field, save, remove);
    row.addClassName("fields");
    return row;
  }

  private void add() {
    patch(newKey.getValue().strip(), newValue.getValue());
  }

  private void patch(String key, @Nullable String value) {
    said.setVisible(true);
    said.setText("Being released …");
    problem.removeAll();
    setEnabled(false);
    changes.pulse().once(this, () -> carryOut(key, value), changed -> show(key, value, changed));
  }

  private Changed carryOut(String key, @Nullable String value) {
    try {
      Map<String, @Nullable String> change = Collections.singletonMap(key, value);
      return new Changed(
          changes.pipeline().reconfigure(app, change, changes.by(), Progress.SILENT), null);
    } catch (Problem found) {
      return new Changed(Optional.empty(), found);
    }
  }

  private void show(String key, @Nullable String value, Changed changed) {
    setEnabled(true);
    said.setVisible(changed.problem() == null);
    if (changed.problem() != null) {
      problem.show(changed.problem());
      return;
    }
    if (value == null) {
      config.remove(key);
    } else {
      config.put(key, value);
    }
    if (key.equals(newKey.getValue().strip())) {
      newKey.clear();
      newValue.clear();
    }
    show();
    said.setText(
        key
            + (value == null ? " is removed. " : " is set. ")
            + changed
                .release()
                .map(release -> "Release v" + release.number() + " runs with this.")
                .orElse("The first release will run with this."));
  }
}
