package dev.parigot.pipeline;

import dev.parigot.app.AppId;
import dev.parigot.observe.Events;
import dev.parigot.problem.Problem;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The order of deployments: one of an app at a time, first come, first served. */
final class Turns {
  private static final long WAIT_MINUTES = 10;

  private final Events events;
  private final Clock clock;
  private final ConcurrentMap<AppId, Semaphore> places = new ConcurrentHashMap<>();
  private final ConcurrentMap<AppId, Underway> underway = new ConcurrentHashMap<>();

  Turns(Events events, Clock clock) {
    this.events = events;
    this.clock = clock;
  }

  /**
   * Waits until the app's deployments before this one are over. A 409 {@code Problem} if that takes
   * too long.
   *
   * @param by the e-mail of who deploys
   */
  Turn take(AppId app, String by, Progress client) {
    Laps laps = new Laps(clock);
    Semaphore place = place(app);
    if (!place.tryAcquire()) {
      client.step("Waiting for the deployment before this one");
      await(place);
      laps.end(Laps.WAIT);
    }
    underway.put(app, new Underway(by, clock.instant(), List.of()));
    return new Turn(app, place, client, laps);
  }

  /** Keeps deployments of the app away while that is done; answers false if one runs. */
  boolean between(AppId app, Runnable action) {
    Semaphore place = place(app);
    if (!place.tryAcquire()) {
      return false;
    }
    try {
      action.run();
      return true;
    } finally {
      place.release();
    }
  }

  /** The app's deployment that runs now, if one does. */
  Optional<Underway> underway(AppId app) {
    return Optional.ofNullable(underway.get(app));
  }

  private Semaphore place(AppId app) {
    return places.computeIfAbsent(app, _ -> new Semaphore(1, true));
  }

  private static void await(Semaphore place) {
    try {
      if (place.tryAcquire(WAIT_MINUTES, TimeUnit.MINUTES)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw Problem.user(
        409,
        "deployment-in-progress",
        "The deployment before this one takes too long.",
        "Deploy again later.");
  }

  /** The turn of one deployment. What it tells is told to its client, and to who looks on. */
  final class Turn implements Progress {
    private final AppId app;
    private final Semaphore place;
    private final Progress client;
    private final Laps laps;

    private Turn(AppId app, Semaphore place, Progress client, Laps laps) {
      this.app = app;
      this.place = place;
      this.client = client;
      this.laps = laps;
    }

    Laps laps() {
      return laps;
    }

    @Override
    public void step(String text) {
      underway.computeIfPresent(app, (_, before) -> before.then(text));
      events.publish(app, Events.Event.PROGRESS);
      client.step(text);
    }

    @Override
    public void detail(String text) {
      client.detail(text);
    }

    /** Lets the next deployment of the app begin. To be called once. */
    void end() {
      underway.remove(app);
      place.release();
      events.publish(app, Events.Event.PROGRESS);
    }
  }
}
