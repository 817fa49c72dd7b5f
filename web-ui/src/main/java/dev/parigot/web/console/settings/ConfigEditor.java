package dev.parigot.web.console.settings;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.parigot.app.App;
import dev.parigot.app.Apps;
import dev.parigot.web.console.part.ProblemSlot;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The configuration of an app: each key with its value, changed one at a time. */
final class ConfigEditor extends Div {
  private final Apps apps;
  private final App app;
  private final Div rows = new Div();
  private final TextField newKey = new TextField("Key");
  private final TextField newValue = new TextField("Value");
  private final ProblemSlot problem = new ProblemSlot();
  private final Paragraph said = new Paragraph();

  ConfigEditor(Apps apps, App app) {
    this.apps = apps;
    this.app = app;
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
    set.addClickShortcut(Key.ENTER).listenOn(newKey, newValue);
    Div fields = new Div(newKey, newValue, set);
    fields.addClassName("fields");
    add(
        new Paragraph(
            "Services read these by the import parigot:config, or as their environment. They win over the [config] of parigot.toml."),
        rows,
        fields,
        problem,
        said);
    show(apps.config(app.id()));
  }

  private void show(Map<String, String> config) {
    rows.removeAll();
    if (config.isEmpty()) {
      Paragraph none = new Paragraph("Nothing is set.");
      none.addClassName("soft");
      rows.add(none);
    }
    new TreeMap<>(config).forEach((key, value) -> rows.add(row(key, value)));
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
    save.addClickShortcut(Key.ENTER).listenOn(field);
    Button remove = new Button("Remove", _ -> patch(key, null));
    remove.setAriaLabel("Remove " + key);
    remove.addThemeVariants(ButtonVariant.TERTIARY);
    Div row = new Div(field, save, remove);
    row.addClassName("fields");
    return row;
  }

  private void add() {
    if (patch(newKey.getValue().strip(), newValue.getValue())) {
      newKey.clear();
      newValue.clear();
      newKey.focus();
    }
  }

  private boolean patch(String key, @Nullable String value) {
    said.setVisible(false);
    return problem.attempt(() -> {
      Map<String, @Nullable String> change = Collections.singletonMap(key, value);
      show(apps.patchConfig(app.id(), change));
      said.setText(
          (value == null ? key + " is removed." : key + " is set.")
              + " The next release runs with it.");
      said.setVisible(true);
    });
  }
}
