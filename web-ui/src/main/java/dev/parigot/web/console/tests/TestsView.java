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
import dev.parigot.gate.TimingRuns;
import dev.parigot.web.console.Pulse;
import dev.parigot.web.console.Viewer;
import dev.parigot.web.console.app.AppFacts;
import dev.parigot.web.console.app.AppFrame;
import dev.parigot.web.console.app.AppPage;
import dev.parigot.web.console.part.ProblemNote;
import dev.parigot.web.console.part.ProblemSlot;
import dev.parigot.web.problem.Failures;
import jakarta.annotation.security.PermitAll;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What tests of an app said, of pushes and where somebody suspects its timing; newest first. */
@PermitAll
@Route(value = "tests", layout = AppFrame.class)
final class TestsView extends Div implements AppPage {
  private static final Duration OFTEN = Duration.ofSeconds(1);
  private static final int STEP = 20;

  private final GateRuns runs;
  private final TimingRuns timing;
  private final String by;
  private final ProblemSlot problem = new ProblemSlot();
  private final Div history = new Div();
  private final Div list = new Div();
  private final Map<Long, Shown> shown = new LinkedHashMap<>();
  private volatile @Nullable App app;
  private volatile int most = STEP;

  /** A run, and where it stands. */
  private record Shown(GateRun run, RunEntry entry) {}

  TestsView(GateRuns runs, TimingRuns timing, Viewer viewer, Pulse pulse) {
    this.runs = runs;
    this.timing = timing;
    this.by = viewer.account().email();
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
    Button begin = new Button("Try its timing", _ -> ask());
    begin.setId("try-timing");
    Div heading = new Div(new H2("Tests"), begin);
    heading.addClassName("heading");
    Div page = new Div(heading, problem, history, list);
    page.addClassName("page");
    add(page);
    load();
  }

  private void ask() {
    App asked = app;
    if (asked != null) {
      problem.attempt(
          () -> new TimingDialog(timing, asked, by, timing.choices(asked), this::load).open());
    }
  }

  private List<GateRun> read() {
    App read = app;
    return read == null ? List.of() : runs.of(read, 0, most + 1);
  }

  /** What is there, or why it can't be told, and a way to try again. */
  private void load() {
    list.removeAll();
    shown.clear();
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

  /** What is as it was stays as it is, opened or not. */
  private void draw(List<GateRun> found) {
    App drawn = app;
    List<GateRun> part = found.subList(0, Math.min(most, found.size()));
    if (drawn == null || part.isEmpty()) {
      return;
    }
    if (List.copyOf(shown.keySet()).equals(part.stream().map(GateRun::id).toList())) {
      part.forEach(run -> renew(drawn, run));
      return;
    }
    shown.clear();
    list.removeAll();
    for (GateRun run : part) {
      RunEntry entry = entry(drawn, run);
      shown.put(run.id(), new Shown(run, entry));
      list.add(entry);
    }
    if (found.size() > most) {
      list.add(
          new Button(
              "Show earlier ones",
              _ -> {
                most += STEP;
                load();
              }));
    }
    tellHistory(drawn);
  }

  private void renew(App of, GateRun run) {
    Shown before = shown.get(run.id());
    if (before == null || before.run().equals(run)) {
      return;
    }
    if (before.entry().advance(before.run(), run)) {
      shown.put(run.id(), new Shown(run, before.entry()));
      return;
    }
    RunEntry entry = entry(of, run);
    list.replace(before.entry(), entry);
    shown.put(run.id(), new Shown(run, entry));
    if (run.outcome() != before.run().outcome()) {
      tellHistory(of);
    }
  }

  private void tellHistory(App of) {
    history.removeAll();
    history.add(
        TestHistory.of(of.name().value(), shown.values().stream().map(Shown::run).toList()));
  }

  private RunEntry entry(App of, GateRun run) {
    return new RunEntry(
        of.name().value(),
        run,
        new RunEntry.Actions(
            id -> change(() -> timing.stop(of, id)), id -> change(() -> timing.resume(of, id))));
  }

  private void change(Runnable action) {
    if (problem.attempt(action)) {
      draw(read());
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
