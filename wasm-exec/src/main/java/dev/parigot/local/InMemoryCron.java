package dev.parigot.local;

import dev.parigot.engine.CallOutcome;
import dev.parigot.history.Chronicle;
import dev.parigot.history.Legal;
import dev.parigot.manifest.Manifest;
import dev.parigot.manifest.Schedule;
import dev.parigot.situation.Refused;
import dev.parigot.timing.Scheduler;
import dev.parigot.timing.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Makes the calls of the schedules when they are due. */
final class InMemoryCron {
  private static final byte[] NOTHING = {};

  private final Map<String, Manifest.Cron> schedules;
  private final Scheduler scheduler;
  private final VirtualTime time;
  private final Calls calls;
  private final Chronicle chronicle;
  private final Map<String, Task> latest = new HashMap<>();

  InMemoryCron(
      Map<String, Manifest.Cron> schedules,
      Scheduler scheduler,
      VirtualTime time,
      Calls calls,
      Chronicle chronicle) {
    this.schedules = schedules;
    this.scheduler = scheduler;
    this.time = time;
    this.calls = calls;
    this.chronicle = chronicle;
  }

  void begin() {
    schedules.forEach((name, cron) -> plan(name, cron, time.instant()));
  }

  /** The first tick after that time. */
  private void plan(String name, Manifest.Cron cron, Instant after) {
    new Schedule(cron.schedule(), cron.timezone())
        .next(after)
        .ifPresent(tick -> {
          Task[] self = new Task[1];
          self[0] =
              scheduler.schedule(
                  cron.call().service(),
                  "cron",
                  name,
                  Duration.between(time.beginning(), tick).toNanos(),
                  () -> {
                    plan(name, cron, tick);
                    fire(name, cron, tick, self[0]);
                  });
        });
  }

  private void fire(String name, Manifest.Cron cron, Instant tick, Task self) {
    Task before = latest.get(name);
    boolean running = before != null && !before.ended();
    if (!Legal.mayRun(cron.overlap(), running)) {
      calls.tell(name, "cron " + name + " is skipped: the call before still runs");
      return;
    }
    if (before != null && Legal.replaces(cron.overlap(), running)) {
      before.cancel();
    }
    latest.put(name, self);
    chronicle.ran(
        name,
        tick,
        time.instant(),
        cron.overlap(),
        () -> {
          CallOutcome _ = calls.fromOutside(cron.call(), 1, null, null, NOTHING);
        });
  }

  /** Makes the call of a schedule now, on the calling task. */
  CallOutcome run(String name) {
    Manifest.Cron cron = schedules.get(name);
    if (cron == null) {
      throw new Refused(404, "The manifest has no schedule " + name + ".");
    }
    return calls.fromOutside(cron.call(), 1, null, null, NOTHING);
  }
}
