package dev.parigot.web.console.apps;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.parigot.app.AppName;
import dev.parigot.app.Apps;
import dev.parigot.problem.Problem;
import dev.parigot.web.Addresses;
import dev.parigot.web.console.Viewer;
import dev.parigot.web.console.part.ProblemSlot;

/** One field: the name. The app's page, which follows, tells what to type next. */
final class NewAppForm extends Div {
  private static final String RULE =
      "2 to 31 lower-case letters, digits and hyphens. It becomes the app's address.";

  private final Viewer viewer;
  private final Apps apps;
  private final Addresses addresses;
  private final TextField name = new TextField("Name of the app");
  private final Paragraph preview = new Paragraph(RULE);
  private final ProblemSlot problem = new ProblemSlot();

  NewAppForm(Viewer viewer, Apps apps, Addresses addresses, String title) {
    this.viewer = viewer;
    this.apps = apps;
    this.addresses = addresses;
    addClassNames("page", "slim");
    name.setId("app-name");
    name.setPlaceholder("shop");
    name.setAutofocus(true);
    name.setWidthFull();
    name.setValueChangeMode(ValueChangeMode.EAGER);
    name.addValueChangeListener(event -> preview(event.getValue()));
    preview.addClassName("soft");
    preview.setId("app-preview");
    Button create = new Button("Create app", _ -> create());
    create.setId("create-app");
    create.addThemeVariants(ButtonVariant.PRIMARY);
    create.addClickShortcut(Key.ENTER).listenOn(name).resetFocusOnActiveElement();
    Div fields = new Div(name, create);
    fields.addClassName("fields");
    name.addClassName("wide");
    add(
        new H1(title),
        new Paragraph(
            "An app is a set of services that are deployed together. Name it, push it, and it is live."),
        fields,
        preview,
        problem);
  }

  private void preview(String value) {
    problem.removeAll();
    try {
      preview.setText("It will answer at " + addresses.of(AppName.of(value)));
    } catch (Problem notYet) {
      preview.setText(RULE);
    }
  }

  private void create() {
    problem.attempt(() -> {
      AppName made = apps.create(viewer.account().id(), AppName.of(name.getValue())).name();
      getUI().ifPresent(ui -> ui.navigate("apps/" + made));
    });
  }
}
