package dev.parigot.web.console.settings;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import dev.parigot.app.App;
import dev.parigot.web.console.part.ProblemSlot;
import dev.parigot.web.console.staging.Removal;
import java.util.function.Consumer;

/** The end of a branch in staging, which git can bring about as well. */
final class DeleteStaging extends Div {
  /**
   * @param delete what ends it with all that it has
   */
  DeleteStaging(App staged, Consumer<App> delete) {
    addClassNames("card", "section");
    ProblemSlot problem = new ProblemSlot();
    Button button = new Button("Delete this staging");
    button.setId("delete-staging");
    button.addThemeVariants(ButtonVariant.ERROR);
    button.addClickListener(
        _ -> Removal.ask(staged, gone -> problem.attempt(() -> delete.accept(gone))));
    Div fields = new Div(button);
    fields.addClassName("fields");
    add(
        new Paragraph(
            "With its releases, configuration and data. Deleting the branch does the same: git push parigot --delete "
                + staged.situation().branch()),
        fields,
        problem);
  }
}
