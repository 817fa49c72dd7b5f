package dev.parigot.web.console.settings;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.Autocomplete;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextField;
import dev.parigot.app.App;
import dev.parigot.app.Secrets;
import dev.parigot.pipeline.Progress;
import dev.parigot.problem.Problem;
import dev.parigot.release.Release;
import dev.parigot.web.console.part.Moment;
import dev.parigot.web.console.part.ProblemSlot;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The secrets of an app: their names, and fields whose values are not shown again. */
final class SecretEditor extends Div {
  /** What a change came to: the release that runs with it, if any, or the problem. */
  private record Changed(Optional<Release> release, @Nullable Problem problem) {}

  private final App app;
  private final Secrets secrets;
  private final ConfigEditor.Changes changes;
  private final Div rows = new Div();
  private final TextField newName = new TextField("Name");
  private final PasswordField newValue = new PasswordField("Value");
  private final ProblemSlot problem = new ProblemSlot();
  private final Paragraph said = new Paragraph();

  SecretEditor(App app, Secrets secrets, ConfigEditor.Changes changes) {
    this.app = app;
    this.secrets = secrets;
    this.changes = changes;
    addClassNames("card", "section");
    rows.addClassName("section");
    rows.setId("secret-rows");
    said.getElement().setAttribute("role", "status");
    said.setId("secret-said");
    said.setVisible(false);
    newName.setId("secret-name");
    newName.setPlaceholder("STRIPE_KEY");
    newValue.setId("secret-value");
    newValue.addClassName("wide");
    newValue.setAutocomplete(Autocomplete.OFF);
    Button set = new Button("Set", _ -> patch(newName.getValue().strip(), newValue.getValue()));
    set.setId("secret-set");
    set.addThemeVariants(ButtonVariant.PRIMARY);
    set.addClickShortcut(Key.ENTER).listenOn(newName, newValue).resetFocusOnActiveElement();
    Div fields = new Div(newName, newValue, set);
    fields.addClassName("fields");
    add(
        new Paragraph(
            "Services read these as they read configuration. Nobody can read a value again, here or by the API; in logs it is masked. They belong to the app: a rollback brings none back."),
        rows,
        fields,
        problem,
        said);
    show();
  }

  private void show() {
    rows.removeAll();
    List<Secrets.Named> found = secrets.of(app.id());
    if (found.isEmpty()) {
      Paragraph none = new Paragraph("There are no secrets.");
      none.addClassName("soft");
      rows.add(none);
    }
    found.forEach(each -> rows.add(row(each)));
  }

  private Div row(Secrets.Named secret) {
    Span name = new Span(secret.name());
    name.addClassName("mono");
    Span set =
        new Span(new Span("set "), new Moment(secret.setAt()), new Span(" by " + secret.by()));
    set.addClassNames("soft", "wide");
    PasswordField value = new PasswordField();
    value.setPlaceholder("New value");
    value.setAriaLabel("New value of " + secret.name());
    value.setId("secret-" + secret.name());
    Button replace = new Button("Replace", _ -> patch(secret.name(), value.getValue()));
    replace.setAriaLabel("Replace " + secret.name());
    Button remove = new Button("Remove", _ -> patch(secret.name(), null));
    remove.setAriaLabel("Remove " + secret.name());
    remove.addThemeVariants(ButtonVariant.TERTIARY);
    Div row = new Div(name, set, value, replace, remove);
    row.addClassNames("fields", "secret");
    return row;
  }

  private void patch(String name, @Nullable String value) {
    said.setVisible(true);
    said.setText("Being released …");
    problem.removeAll();
    setEnabled(false);
    changes
        .pulse()
        .once(this, () -> carryOut(name, value), changed -> show(name, value == null, changed));
  }

  private Changed carryOut(String name, @Nullable String value) {
    try {
      Map<String, @Nullable String> change = Collections.singletonMap(name, value);
      return new Changed(
          changes.pipeline().changeSecrets(app, change, changes.by(), Progress.SILENT), null);
    } catch (Problem found) {
      return new Changed(Optional.empty(), found);
    }
  }

  private void show(String name, boolean removed, Changed changed) {
    setEnabled(true);
    said.setVisible(changed.problem() == null);
    if (changed.problem() != null) {
      problem.show(changed.problem());
      return;
    }
    newName.clear();
    newValue.clear();
    show();
    said.setText(
        name
            + (removed ? " is removed. " : " is set. ")
            + changed
                .release()
                .map(release -> "Release v" + release.number() + " runs with this.")
                .orElse("The first release will run with this."));
  }
}
