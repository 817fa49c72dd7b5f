package dev.parigot.web.console.events;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.router.Route;
import dev.parigot.app.App;
import dev.parigot.cron.Job;
import dev.parigot.cron.Jobs;
import dev.parigot.cron.Run;
import dev.parigot.web.Addresses;
import dev.parigot.web.console.Pulse;
import dev.parigot.web.console.Viewer;
import dev.parigot.web.console.app.AppFrame;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** The schedules of an app's live release. */
@PermitAll
@Route(value = "cron", layout = AppFrame.class)
final class CronView extends LiveList<CronView.Told, JobEntry> {
  private static final Duration OFTEN = Duration.ofSeconds(2);
  private static final int TICKS = 5;
  private static final int RUNS = 10;

  private final Jobs jobs;
  private final Clock clock;

  /** A schedule and its last runs. */
  record Told(Job job, List<Run> runs) {}

  CronView(Jobs jobs, Addresses addresses, Clock clock, Viewer viewer, Pulse pulse) {
    super("Schedules", OFTEN, addresses, viewer, pulse);
    this.jobs = jobs;
    this.clock = clock;
  }

  @Override
  List<Told> read(App shown) {
    return jobs.of(shown, TICKS).stream()
        .map(job -> new Told(job, jobs.runs(shown, job.name(), 0, RUNS)))
        .toList();
  }

  @Override
  String name(Told told) {
    return told.job().name();
  }

  @Override
  JobEntry entry(App shown, String name) {
    return new JobEntry(shown.name().value(), name, this::run);
  }

  @Override
  void show(JobEntry entry, Told told) {
    entry.show(told.job(), told.runs(), clock.instant());
  }

  @Override
  Component empty() {
    return empty(
        "no-schedules",
        "A schedule calls a method at set times. None is in the live release; in parigot.toml it looks like this:",
        """
        [cron.restock]
        schedule = "*/5 * * * *"
        timezone = "Europe/Paris"
        call = "stock.restock\"\
        """);
  }

  private void run(String name) {
    change(shown -> jobs.runNow(shown, name, by()));
  }
}
