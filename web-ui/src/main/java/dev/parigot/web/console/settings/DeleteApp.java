package dev.parigot.web.console.settings;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.parigot.app.App;
import dev.parigot.web.console.apps.AppsView;
import dev.parigot.web.console.part.ProblemSlot;
import java.util.function.Consumer;

/** The end of an app, for whoever can type its name. */
final class DeleteApp extends Div {
  /**
   * @param delete what ends the app with all that it has
   */
  DeleteApp(App app, Consumer<App> delete) {
    addClassNames("card", "section");
    String name = app.name().value();
    ProblemSlot problem = new ProblemSlot();
    TextField typed = new TextField("Type " + name + " to confirm");
    typed.setId("delete-name");
    typed.addClassName("wide");
    typed.setValueChangeMode(ValueChangeMode.EAGER);
    Button button = new Button("Delete " + name);
    button.setId("delete-app");
    button.addThemeVariants(ButtonVariant.PRIMARY, ButtonVariant.ERROR);
    button.setEnabled(false);
    typed.addValueChangeListener(event -> button.setEnabled(event.getValue().equals(name)));
    button.addClickListener(_ -> {
      if (problem.attempt(() -> delete.accept(app))) {
        getUI().ifPresent(ui -> ui.navigate(AppsView.class));
      }
    });
    Div fields = new Div(typed, button);
    fields.addClassName("fields");
    add(
        new Paragraph(
            "Its services stop at once. Its releases, configuration, key-value data, branches in staging and git repository are deleted, and its name becomes free. This can't be undone."),
        fields,
        problem);
  }
}
