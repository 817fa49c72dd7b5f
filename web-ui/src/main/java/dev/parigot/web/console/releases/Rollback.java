package dev.parigot.web.console.releases;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import dev.parigot.app.App;
import dev.parigot.pipeline.Pipeline;
import dev.parigot.pipeline.Progress;
import dev.parigot.problem.Problem;
import dev.parigot.release.Release;
import dev.parigot.web.console.Pulse;
import dev.parigot.web.console.part.ProblemNote;
import java.util.Optional;

/** The way back to an earlier release, after a question. */
final class Rollback {
  private final Pipeline pipeline;
  private final String by;
  private final Pulse pulse;
  private final Div outcome = new Div();

  Rollback(Pipeline pipeline, String by, Pulse pulse) {
    this.pipeline = pipeline;
    this.by = by;
    this.pulse = pulse;
    outcome.getElement().setAttribute("role", "alert");
    outcome.setId("rollback-outcome");
  }

  /** Where it is told that a rollback is under way, or why it failed. */
  Div outcome() {
    return outcome;
  }

  Button button(App app, Release release) {
    Button button = new Button("Roll back to v" + release.number(), _ -> ask(app, release));
    button.setId("rollback-" + release.number());
    return button;
  }

  private void ask(App app, Release release) {
    ConfirmDialog dialog =
        new ConfirmDialog(
            "Roll back to v" + release.number() + "?",
            "A new release is made of the services and the configuration of v%d. Calls move to it once it has started; key-value data stays as it is."
                .formatted(release.number()),
            "Roll back",
            _ -> start(app, release));
    dialog.setCancelable(true);
    dialog.open();
  }

  private void start(App app, Release release) {
    Div waiting = new Div("Rolling back to v" + release.number() + ".");
    waiting.addClassName("waiting");
    outcome.removeAll();
    outcome.add(waiting);
    pulse.once(outcome, () -> carryOut(app, release), this::show);
  }

  private Optional<Problem> carryOut(App app, Release release) {
    try {
      pipeline.rollback(app, release.number(), by, Progress.SILENT);
      return Optional.empty();
    } catch (Problem problem) {
      return Optional.of(problem);
    }
  }

  private void show(Optional<Problem> problem) {
    outcome.removeAll();
    problem.ifPresent(found -> outcome.add(new ProblemNote(found)));
  }
}
