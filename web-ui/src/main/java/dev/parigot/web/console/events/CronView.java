package dev.parigot.web.console.events;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.router.Route;
import dev.parigot.app.App;
import dev.parigot.cron.Job;
import dev.parigot.cron.Jobs;
import dev.parigot.cron.Run;
import dev.parigot.problem.Problem;
import dev.parigot.web.Addresses;
import dev.parigot.web.console.Pulse;
import dev.parigot.web.console.Viewer;
import dev.parigot.web.console.app.AppFacts;
import dev.parigot.web.console.app.AppFrame;
import dev.parigot.web.console.app.AppPage;
import dev.parigot.web.console.app.FirstPush;
import dev.parigot.web.console.part.ProblemNote;
import dev.parigot.web.console.part.ProblemSlot;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The schedules of an app's live release. */
@PermitAll
@Route(value = "cron", layout = AppFrame.class)
final class CronView extends Div implements AppPage {
  private static final Duration OFTEN = Duration.ofSeconds(2);
  private static final int TICKS = 5;
  private static final int RUNS = 10;

  private final Jobs jobs;
  private final Addresses addresses;
  private final Clock clock;
  private final String by;
  private final ProblemSlot problem = new ProblemSlot();
  private final Div list = new Div();
  private final Map<String, JobEntry> entries = new LinkedHashMap<>();
  private volatile @Nullable App app;

  /** A schedule and its last runs. */
  private record Told(Job job, List<Run> runs) {}

  CronView(Jobs jobs, Addresses addresses, Clock clock, Viewer viewer, Pulse pulse) {
    this.jobs = jobs;
    this.addresses = addresses;
    this.clock = clock;
    this.by = viewer.account().email();
    list.addClassName("section");
    pulse.follow(list, OFTEN, this::read, this::draw);
  }

  @Override
  public void show(AppFacts facts) {
    if (facts.app().equals(app)) {
      return;
    }
    removeAll();
    entries.clear();
    if (facts.live().isEmpty()) {
      app = null;
      add(new FirstPush(facts.app(), addresses.git(facts.app().name()), by));
      return;
    }
    app = facts.app();
    Div page = new Div(new H2("Schedules"), problem, list);
    page.addClassName("page");
    add(page);
    load();
  }

  private List<Told> read() {
    App shown = app;
    return shown == null
        ? List.of()
        : jobs.of(shown, TICKS).stream()
            .map(job -> new Told(job, jobs.runs(shown, job.name(), 0, RUNS)))
            .toList();
  }

  /** What is there, or why it can't be told, and a way to try again. */
  private void load() {
    try {
      draw(read());
    } catch (RuntimeException e) {
      entries.clear();
      list.removeAll();
      list.add(
          e instanceof Problem known
              ? new ProblemNote(known)
              : new ProblemNote("The schedules can't be read now.", List.of(), "Try again soon."),
          new Button("Try again", _ -> load()));
    }
  }

  private void draw(List<Told> told) {
    App shown = app;
    if (shown == null) {
      return;
    }
    List<String> names = told.stream().map(each -> each.job().name()).toList();
    if (!List.copyOf(entries.keySet()).equals(names) || names.isEmpty()) {
      entries.clear();
      list.removeAll();
      names.forEach(name -> entries.put(name, new JobEntry(shown.name().value(), name, this::run)));
      if (names.isEmpty()) {
        list.add(empty());
      }
      entries.values().forEach(list::add);
    }
    for (Told each : told) {
      JobEntry entry = entries.get(each.job().name());
      if (entry != null) {
        entry.show(each.job(), each.runs(), clock.instant());
      }
    }
  }

  private static Component empty() {
    Div empty =
        new Div(
            new Paragraph(
                "A schedule calls a method at set times. None is in the live release; in parigot.toml it looks like this:"),
            new Pre(
                """
                [cron.restock]
                schedule = "*/5 * * * *"
                timezone = "Europe/Paris"
                call = "stock.restock\"\
                """));
    empty.addClassName("empty");
    empty.setId("no-schedules");
    return empty;
  }

  private void run(String name) {
    App shown = app;
    if (shown != null && problem.attempt(() -> jobs.runNow(shown, name, by))) {
      load();
    }
  }
}
