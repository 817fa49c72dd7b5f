package dev.parigot.web.console.staging;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import dev.parigot.app.App;
import dev.parigot.pipeline.Pipeline;
import dev.parigot.pipeline.Progress;
import dev.parigot.problem.Problem;
import dev.parigot.release.Difference;
import dev.parigot.release.Release;
import dev.parigot.web.console.Pulse;
import dev.parigot.web.console.part.ProblemNote;
import org.jspecify.annotations.Nullable;

/** The way of a branch to production, after a question that says what will change. */
final class Promotion {
  /** What it came to. */
  private record Outcome(@Nullable Release release, @Nullable Problem problem) {}

  private final Overview overview;
  private final Pipeline pipeline;
  private final String by;
  private final Pulse pulse;
  private final Runnable promoted;
  private final Div outcome = new Div();

  /**
   * @param by the e-mail of who promotes
   * @param promoted told when production is another
   */
  Promotion(Overview overview, Pipeline pipeline, String by, Pulse pulse, Runnable promoted) {
    this.overview = overview;
    this.pipeline = pipeline;
    this.by = by;
    this.pulse = pulse;
    this.promoted = promoted;
    outcome.getElement().setAttribute("role", "status");
    outcome.setId("promotion-outcome");
  }

  /** Where it is told that a promotion is under way, and what became of it. */
  Div outcome() {
    return outcome;
  }

  /** Asks, and carries it out if the answer is yes. A {@code Problem} if it can't be told what. */
  void ask(App production, Staged staged) {
    Release tried = staged.live().orElseThrow();
    Difference changes = overview.promised(production, tried);
    Dialog dialog = new Dialog();
    dialog.setId("promotion");
    dialog.setHeaderTitle(
        "Promote %s v%d to production?".formatted(staged.branch(), tried.number()));
    dialog.setWidth("min(720px, 100vw)");
    Div text =
        new Div(
            new Paragraph(
                "A new release of %s is made of the very same files, with the configuration of production. Calls move to it once it has started; data and queues of production stay as they are. This changes:"
                    .formatted(production.name())),
            new DifferenceTable(changes));
    text.addClassName("section");
    text.setId("promotion-changes");
    dialog.add(text);
    Button cancel = new Button("Cancel", _ -> dialog.close());
    Button promote =
        new Button(
            "Promote",
            _ -> {
              dialog.close();
              start(production, staged);
            });
    promote.addThemeVariants(ButtonVariant.PRIMARY);
    dialog.getFooter().add(cancel, promote);
    dialog.addOpenedChangeListener(event -> {
      if (event.isOpened()) {
        promote.focus();
      }
    });
    dialog.open();
  }

  private void start(App production, Staged staged) {
    Div waiting = new Div("Promoting " + staged.branch() + " to production.");
    waiting.addClassName("waiting");
    outcome.removeAll();
    outcome.add(waiting);
    pulse.once(outcome, () -> carryOut(production, staged), done -> show(production, staged, done));
  }

  private Outcome carryOut(App production, Staged staged) {
    try {
      return new Outcome(pipeline.promote(production, staged.app(), by, Progress.SILENT), null);
    } catch (Problem problem) {
      return new Outcome(null, problem);
    }
  }

  private void show(App production, Staged staged, Outcome done) {
    outcome.removeAll();
    if (done.problem() != null) {
      outcome.add(new ProblemNote(done.problem()));
    } else if (done.release() != null) {
      outcome.add(
          new Span("Production runs " + staged.branch() + " now, as "),
          new Anchor(
              "apps/" + production.name() + "/releases", "release v" + done.release().number()),
          new Span("."));
      promoted.run();
    }
  }
}
