package dev.parigot.web.console.tests;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.router.Route;
import dev.parigot.app.App;
import dev.parigot.gate.GateRun;
import dev.parigot.gate.GateRuns;
import dev.parigot.web.console.Pulse;
import dev.parigot.web.console.app.AppFacts;
import dev.parigot.web.console.app.AppFrame;
import dev.parigot.web.console.app.AppPage;
import dev.parigot.web.console.part.ProblemNote;
import dev.parigot.web.problem.Failures;
import jakarta.annotation.security.PermitAll;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tests of the pushes of an app, the newest first. */
@PermitAll
@Route(value = "tests", layout = AppFrame.class)
final class TestsView extends Div implements AppPage {
  private static final Duration OFTEN = Duration.ofSeconds(2);
  private static final int STEP = 20;

  private final GateRuns runs;
  private final Div list = new Div();
  private volatile @Nullable App app;
  private volatile int most = STEP;
  private List<Long> shown = List.of();

  TestsView(GateRuns runs, Pulse pulse) {
    this.runs = runs;
    list.addClassName("section");
    pulse.follow(list, OFTEN, this::read, this::draw);
  }

  @Override
  public void show(AppFacts facts) {
    if (facts.app().equals(app)) {
      return;
    }
    app = facts.app();
    removeAll();
    Div page = new Div(new H2("Tests"), list);
    page.addClassName("page");
    add(page);
    load();
  }

  private List<GateRun> read() {
    App read = app;
    return read == null ? List.of() : runs.of(read.id(), 0, most + 1);
  }

  /** What is there, or why it can't be told, and a way to try again. */
  private void load() {
    list.removeAll();
    shown = List.of();
    try {
      List<GateRun> found = read();
      draw(found);
      if (found.isEmpty()) {
        list.add(empty());
      }
    } catch (RuntimeException e) {
      list.add(new ProblemNote(Failures.told(e)), new Button("Try again", _ -> load()));
    }
  }

  /** A run never changes: what is open stays as it is until there is a new one. */
  private void draw(List<GateRun> found) {
    List<GateRun> part = found.subList(0, Math.min(most, found.size()));
    List<Long> ids = part.stream().map(GateRun::id).toList();
    if (ids.equals(shown) || ids.isEmpty()) {
      return;
    }
    shown = ids;
    list.removeAll();
    part.forEach(run -> list.add(new RunEntry(run)));
    if (found.size() > most) {
      list.add(
          new Button(
              "Show earlier ones",
              _ -> {
                most += STEP;
                load();
              }));
    }
  }

  private static Component empty() {
    Div empty =
        new Div(
            new Paragraph(
                "A test module calls your services as another service would. What you push goes live only if its tests pass. There are none yet; in parigot.toml they look like this:"),
            new Pre(
                """
                [tests.checkout]
                wasm = "build/checkout_test.wasm"
                timing = { services = ["cart", "stock"], schedules = 500 }\
                """),
            new Paragraph(
                "With timing the same tests run under many orders of what the services do at the same time."));
    empty.addClassName("empty");
    empty.setId("no-tests");
    return empty;
  }
}
