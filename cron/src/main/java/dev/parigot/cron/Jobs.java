package dev.parigot.cron;

import dev.parigot.app.App;
import dev.parigot.app.AppId;
import dev.parigot.app.Apps;
import dev.parigot.app.Situation;
import dev.parigot.fleet.Fleet;
import dev.parigot.history.Chronicle;
import dev.parigot.manifest.Schedule;
import dev.parigot.observe.Events;
import dev.parigot.observe.LogLine;
import dev.parigot.observe.Logs;
import dev.parigot.observe.Subscription;
import dev.parigot.problem.Problem;
import dev.parigot.release.Release;
import dev.parigot.release.Releases;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The schedules of all live releases. The manifest of the live release says what is to be called
 * when; the database keeps the next tick of each, and what became of the last ones. So it goes on
 * after any end of the platform, and with several nodes each tick has one run. See DESIGN.md.
 */
public final class Jobs implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Jobs.class);
  private static final int TEND_SECONDS = 60;

  /** A service's timeout is an hour at most; a run that old has no node any more. */
  private static final Duration LONGEST_RUN = Duration.ofHours(2);

  /** Missed ticks that are counted; what is beyond is told as this many. */
  private static final int MOST_MISSED = 1_000;

  private final Apps apps;
  private final Releases releases;
  private final Logs logs;
  private final Clock clock;
  private final ScheduledExecutorService thread;
  private final Function<AppId, Chronicle> chronicles;
  private final Runs runs;
  private final Caller caller;
  private final Clockwork clockwork;
  private final Subscription news;

  /** Where it reads, and what it writes to. */
  public record Surroundings(Apps apps, Releases releases, Logs logs, Events events, Clock clock) {}

  /**
   * @param thread on which the schedules are compared with the live releases, now and then and
   *     whenever one was made live; one will do
   */
  public Jobs(
      Surroundings around,
      Fleet fleet,
      DataSource database,
      TransactionTemplate transactions,
      ScheduledExecutorService thread) {
    this(around, fleet::call, fleet.histories()::of, database, transactions, thread);
  }

  Jobs(
      Surroundings around,
      Caller.Fleet fleet,
      Function<AppId, Chronicle> chronicles,
      DataSource database,
      TransactionTemplate transactions,
      ScheduledExecutorService thread) {
    this.apps = around.apps();
    this.releases = around.releases();
    this.logs = around.logs();
    this.clock = around.clock();
    this.thread = thread;
    this.chronicles = chronicles;
    this.runs = new Runs(JdbcClient.create(database), transactions);
    this.caller = new Caller(fleet, around.logs(), runs, clock);
    this.clockwork = Clockwork.open(database, this::come);
    this.news = around.events().followAll(this::changed);
  }

  /** From now on, ticks are waited for. To be called when the fleet has its live releases. */
  public void start() {
    clockwork.start();
    var _ = thread.scheduleWithFixedDelay(this::tend, 0, TEND_SECONDS, TimeUnit.SECONDS);
  }

  /** The schedules of the app's live release, in its order, each with its next {@code ticks}. */
  public List<Job> of(App app, int ticks) {
    Map<String, Run> newest = runs.newest(app.id());
    Instant now = clock.instant();
    return cron(app.id()).entrySet().stream()
        .map(each -> {
          Release.Cron cron = each.getValue();
          boolean on = isOn(app, cron);
          return new Job(
              each.getKey(),
              cron,
              on,
              on ? cron.times().upcoming(now, ticks) : List.<Schedule.Tick>of(),
              Optional.ofNullable(newest.get(each.getKey())));
        })
        .toList();
  }

  /**
   * The runs of a schedule, newest first, those with an id under {@code before} (0: from the
   * newest), at most {@code limit}; also of one that the live release has no more.
   */
  public List<Run> runs(App app, String job, long before, int limit) {
    return runs.of(app.id(), job, before, limit);
  }

  /** One of them; a 404 {@code Problem} if there is none, or it is forgotten. */
  public Run run(App app, String job, long id) {
    return runs.byId(app.id(), job, id)
        .orElseThrow(() -> Problem.notFound("The schedule " + job + " has no run " + id + "."));
  }

  /**
   * Begins the call of a schedule now, beside whatever runs, and answers its run, which goes on. A
   * 404 {@code Problem} if the live release has no such schedule.
   */
  public Run runNow(App app, String job, String by) {
    if (!cron(app.id()).containsKey(job)) {
      throw Problem.notFound("The live release has no schedule " + job + ".");
    }
    Run run = runs.begin(app.id(), job, by, clock.instant());
    clockwork.planNow(new Clockwork.Moment(app.id(), MomentName.ofRun(job, run.id())));
    return run;
  }

  /** Ends the wait for ticks, and the runs of this node. */
  @Override
  public void close() {
    news.close();
    caller.close();
    clockwork.close();
  }

  private void changed(Events.News change) {
    switch (change.event()) {
      case RELEASE, DELETED -> thread.execute(() -> compare(change.app()));
      default -> {}
    }
  }

  /** Finds what was not told: releases of other nodes, and what a kill has cut off. */
  private void tend() {
    try {
      Instant now = clock.instant();
      runs.loseBefore(now.minus(LONGEST_RUN), Caller.LOST, now);
      Set<AppId> all = new HashSet<>(clockwork.apps());
      all.addAll(releases.scheduled());
      all.forEach(this::compare);
    } catch (RuntimeException e) {
      log.warn("The schedules could not be looked at; tried again in a minute", e);
    }
  }

  /** Has each schedule of the live release wait for a tick of its own, and no other one. */
  private void compare(AppId app) {
    try {
      App known = apps.byId(app).orElse(null);
      Map<String, Release.Cron> cron = known == null ? Map.of() : cron(app);
      Set<String> waiting = new HashSet<>();
      for (String name : clockwork.toCome(app)) {
        MomentName moment = MomentName.of(name);
        Instant tick = moment.tick();
        Release.Cron wanted = cron.get(moment.job());
        if (tick != null && (known == null || wanted == null || !isTick(known, wanted, tick))) {
          clockwork.cancel(new Clockwork.Moment(app, name));
        } else if (tick != null) {
          waiting.add(moment.job());
        }
      }
      if (known != null) {
        cron.forEach((job, each) -> {
          if (!waiting.contains(job) && isOn(known, each)) {
            plan(app, job, each, clock.instant());
          }
        });
      }
    } catch (RuntimeException e) {
      log.warn("The schedules of {} could not be compared with its release", app, e);
    }
  }

  private void plan(AppId app, String job, Release.Cron cron, Instant after) {
    cron.times()
        .next(after)
        .ifPresent(
            tick -> clockwork.plan(new Clockwork.Moment(app, MomentName.ofTick(job, tick)), tick));
  }

  private static boolean isTick(App app, Release.Cron cron, Instant tick) {
    return isOn(app, cron) && cron.times().next(tick.minusSeconds(1)).equals(Optional.of(tick));
  }

  private Map<String, Release.Cron> cron(AppId app) {
    return releases.live(app).map(release -> release.contents().cron()).orElse(Map.of());
  }

  /** Whether a schedule fires by itself where the app is. */
  private static boolean isOn(App app, Release.Cron cron) {
    return app.situation() instanceof Situation.Production || cron.staging();
  }

  /** The names of the app's moments that are to come. */
  List<String> toCome(App app) {
    return clockwork.toCome(app.id());
  }

  /** A tick, or a run that somebody asked for, has its time. */
  void come(Clockwork.Moment moment, boolean again) {
    try {
      MomentName name = MomentName.of(moment.name());
      Instant tick = name.tick();
      if (tick == null) {
        asked(moment.app(), name, again);
      } else {
        due(moment.app(), name.job(), tick, again);
      }
    } catch (RuntimeException e) {
      log.error("The schedule {} could not be run", moment, e);
    }
  }

  private void asked(AppId app, MomentName name, boolean again) {
    Run run = runs.byId(app, name.job(), name.run()).orElse(null);
    if (run == null || run.outcome() != Run.Outcome.RUNNING) {
      return;
    }
    Release.Cron cron = cron(app).get(name.job());
    if (again || cron == null) {
      runs.end(
          run,
          new Runs.End(
              Run.Outcome.LOST, null, again ? Caller.LOST : "the schedule was no more released"),
          "",
          clock.instant());
    } else {
      caller.call(app, cron, run);
    }
  }

  /** Plans what follows before anything else: whatever becomes of this run, the series goes on. */
  private void due(AppId app, String job, Instant tick, boolean again) {
    App known = apps.byId(app).orElse(null);
    Release.Cron cron = known == null ? null : cron(app).get(job);
    if (known == null || cron == null || !isTick(known, cron, tick)) {
      compare(app);
      return;
    }
    Instant now = clock.instant();
    plan(app, job, cron, now.isAfter(tick) ? now : tick);
    Run before = again ? runs.of(app, job, tick).orElse(null) : null;
    if (before != null) {
      runs.end(before, new Runs.End(Run.Outcome.LOST, null, Caller.LOST), "", now);
      return;
    }
    Runs.Tick madeUp = withMissed(app, job, cron.times(), tick, now);
    runs.begin(madeUp, cron.overlap(), now).ifPresent(run -> run(app, cron, run));
  }

  private void run(AppId app, Release.Cron cron, Run run) {
    Instant tick = run.dueAt();
    if (run.outcome() == Run.Outcome.RUNNING && tick != null) {
      chronicles
          .apply(app)
          .ran(run.job(), tick, clock.instant(), cron.overlap(), () -> caller.call(app, cron, run));
    } else {
      logs.write(
          app,
          "parigot",
          run.job(),
          LogLine.Level.WARN,
          "cron " + run.job() + " is skipped: " + run.said(),
          "");
    }
  }

  /** The last tick that has come by now, and those since {@code tick} that it stands for. */
  private static Runs.Tick withMissed(
      AppId app, String job, Schedule schedule, Instant tick, Instant now) {
    Instant last = tick;
    int missed = 0;
    @Nullable Instant next = schedule.next(tick).orElse(null);
    while (next != null && !next.isAfter(now) && missed < MOST_MISSED) {
      last = next;
      missed++;
      next = schedule.next(last).orElse(null);
    }
    return new Runs.Tick(app, job, last, missed, missed == 0 ? null : tick);
  }
}
