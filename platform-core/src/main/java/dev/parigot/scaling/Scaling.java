package dev.parigot.scaling;

import dev.parigot.app.AppId;
import dev.parigot.fleet.Fleet;
import dev.parigot.fleet.ServiceLoad;
import dev.parigot.metering.Metering;
import dev.parigot.situation.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scales the services of a fleet, and keeps what their load was in the last hour and why they were
 * scaled. In memory: it begins anew with the platform. Thread-safe.
 */
public final class Scaling implements AutoCloseable {
  /** How many decisions of an app are kept. */
  public static final int DECISIONS_KEPT = 200;

  private static final Logger log = LoggerFactory.getLogger(Scaling.class);
  private static final long LOOK_MILLIS = 1_000;

  private final Fleet fleet;
  private final Metering metering;
  private final Time time;
  private final Duration idle;
  private final ScheduledFuture<?> looks;
  private final Map<AppId, Watched> apps = new HashMap<>();
  private long step;

  /** What is known of one app. */
  private static final class Watched {
    final Map<String, Service> services = new HashMap<>();
    final Deque<Decision> decisions = new ArrayDeque<>();
  }

  private record Service(Scaler scaler, Series series) {}

  /**
   * @param idle how long instances above a service's minimum are kept without a call
   * @param scheduler has it look each second; one thread will do
   */
  public Scaling(
      Fleet fleet,
      Metering metering,
      Time time,
      Duration idle,
      ScheduledExecutorService scheduler) {
    this.fleet = fleet;
    this.metering = metering;
    this.time = time;
    this.idle = idle;
    this.step = stepNow();
    this.looks =
        scheduler.scheduleWithFixedDelay(
            this::lookSafely, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void lookSafely() {
    try {
      look();
    } catch (RuntimeException e) {
      // One that throws would be the last one.
      log.error("The services could not be scaled", e);
    }
  }

  private synchronized void look() {
    long now = time.monotonicNanos();
    for (ServiceLoad load : fleet.loads()) {
      Watched app = apps.computeIfAbsent(load.app(), _ -> new Watched());
      Service service =
          app.services.computeIfAbsent(
              load.service(), _ -> new Service(new Scaler(idle), new Series()));
      service.series.add(load);
      for (Scaler.Step next : service.scaler.look(load, now)) {
        carryOut(load, next);
        if (next.isNews()) {
          keep(app.decisions, load.service(), next);
        }
      }
    }
    long present = stepNow();
    if (present != step) {
      endStep();
      step = present;
    }
  }

  private void carryOut(ServiceLoad load, Scaler.Step next) {
    if (next.to() != load.instances()) {
      fleet.scale(load.app(), load.service(), next.to());
    }
  }

  private void keep(Deque<Decision> decisions, String service, Scaler.Step next) {
    if (decisions.size() == DECISIONS_KEPT) {
      decisions.removeLast();
    }
    decisions.addFirst(new Decision(now(), service, next.from(), next.to(), next.reason()));
  }

  private void endStep() {
    Instant began = at(step);
    Instant end = began.plusSeconds(Load.STEP_SECONDS);
    for (Iterator<Map.Entry<AppId, Watched>> each = apps.entrySet().iterator(); each.hasNext(); ) {
      Map.Entry<AppId, Watched> app = each.next();
      app.getValue()
          .services
          .forEach((name, service) -> {
            Metering.Figures figures =
                metering.figures(app.getKey().value(), name, end, Load.STEP_SECONDS);
            service.series.end(began, figures.calls(), figures.errors());
          });
      app.getValue().services.values().removeIf(service -> service.series.isEmpty());
      if (app.getValue().services.isEmpty() && fleet.active(app.getKey()).isEmpty()) {
        each.remove();
      }
    }
  }

  /**
   * The load of a service in the last minutes, at most an hour, in steps of {@link
   * Load#STEP_SECONDS} seconds, oldest first; the step under way is left out.
   */
  public synchronized List<Load> load(AppId app, String service, int minutes) {
    int count = Math.clamp(minutes * 60L / Load.STEP_SECONDS, 1, Load.KEPT);
    Service known = service(app, service);
    Series series = known == null ? new Series() : known.series;
    return series.read(at(step - 1), count);
  }

  /** The newest step of a service that has ended; nothing if it had nothing to do in it. */
  public synchronized Load now(AppId app, String service) {
    Service known = service(app, service);
    Load newest = known == null ? null : known.series.newest();
    Instant last = at(step - 1);
    return newest == null || newest.at().isBefore(last) ? Load.none(last) : newest;
  }

  private @Nullable Service service(AppId app, String service) {
    Watched watched = apps.get(app);
    return watched == null ? null : watched.services.get(service);
  }

  /** Why an app's services were scaled, the newest first. */
  public synchronized List<Decision> decisions(AppId app) {
    Watched watched = apps.get(app);
    return watched == null ? List.of() : List.copyOf(watched.decisions);
  }

  private Instant now() {
    return Instant.ofEpochSecond(0, time.nowNanos());
  }

  private long stepNow() {
    return Math.floorDiv(now().getEpochSecond(), Load.STEP_SECONDS);
  }

  private static Instant at(long step) {
    return Instant.ofEpochSecond(step * Load.STEP_SECONDS);
  }

  @Override
  public void close() {
    looks.cancel(false);
  }
}
