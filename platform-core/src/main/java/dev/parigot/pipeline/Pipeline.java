package dev.parigot.pipeline;

import dev.parigot.app.App;
import dev.parigot.app.AppId;
import dev.parigot.app.Apps;
import dev.parigot.app.Secrets;
import dev.parigot.fleet.Deployment;
import dev.parigot.fleet.Fleet;
import dev.parigot.observe.Events;
import dev.parigot.problem.Problem;
import dev.parigot.release.Artifacts;
import dev.parigot.release.Release;
import dev.parigot.release.Releases;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what was pushed to a running release. Deployments of one app are ordered, never
 * interleaved. See DESIGN.md.
 */
public final class Pipeline {
  private static final Logger log = LoggerFactory.getLogger(Pipeline.class);
  private static final long WAIT_MINUTES = 10;

  private final Apps apps;
  private final Secrets secrets;
  private final Releases releases;
  private final Artifacts artifacts;
  private final Fleet fleet;
  private final Events events;
  private final Clock clock;
  private final Function<App, String> address;
  private final ConcurrentMap<AppId, Semaphore> turns = new ConcurrentHashMap<>();
  private final ConcurrentMap<AppId, Underway> underway = new ConcurrentHashMap<>();

  /**
   * @param address where an app is reached, told when it is live
   */
  public Pipeline(
      Apps apps,
      Secrets secrets,
      Releases releases,
      Artifacts artifacts,
      Fleet fleet,
      Events events,
      Clock clock,
      Function<App, String> address) {
    this.apps = apps;
    this.secrets = secrets;
    this.releases = releases;
    this.artifacts = artifacts;
    this.fleet = fleet;
    this.events = events;
    this.clock = clock;
    this.address = address;
  }

  /**
   * Reads, checks and stores what was pushed, makes the release and starts its new services, while
   * calls still go to the release before it. Throws a {@code Problem} with every mistake as a
   * detail, after which nothing has changed.
   *
   * @param by the e-mail of who deploys
   */
  public Prepared prepare(App app, String by, SourceTree source, Progress client) {
    return inTurn(
        app,
        by,
        client,
        progress -> {
          Instant begin = clock.instant();
          Source checked = read(app, source, progress);
          Map<String, String> config = new TreeMap<>(checked.manifest().config().in("production"));
          config.putAll(apps.config(app.id()));
          Release release =
              releases.create(app.id(), source.commit(), by, checked.released(config));
          tellChanges(release.changes(), progress);
          checked.notes().forEach(progress::step);
          return launch(app, release, begin, progress);
        });
  }

  /**
   * Makes the release {@code number} live again, as a new release with its artifacts and its
   * configuration. A {@code Problem} if there is none of that number, it failed, or it is live.
   */
  public Release rollback(App app, int number, String by, Progress client) {
    return inTurn(
            app,
            by,
            client,
            progress -> {
              Release old =
                  releases
                      .byNumber(app.id(), number)
                      .orElseThrow(() -> Problem.notFound("There is no release v" + number + "."));
              refuseUnlessReplaced(old);
              return again(
                  app, old, new Release.Origin.Rollback(number), old.config(), by, progress);
            })
        .commit();
  }

  /**
   * Changes the app's configuration (a null value removes its key) and, if a release is live, makes
   * a new one of it that runs with the change. Answers that release. A key that is removed has its
   * default from the manifest again with the next push.
   */
  public Optional<Release> reconfigure(
      App app, Map<String, @Nullable String> changes, String by, Progress client) {
    apps.patchConfig(app.id(), changes);
    events.publish(app.id(), Events.Event.CONFIG);
    if (releases.live(app.id()).isEmpty()) {
      return Optional.empty();
    }
    Prepared prepared =
        inTurn(
            app,
            by,
            client,
            progress -> {
              Release live = releases.live(app.id()).orElseThrow();
              return again(
                  app,
                  live,
                  new Release.Origin.Reconfiguration(),
                  changed(live.config(), changes),
                  by,
                  progress);
            });
    return Optional.of(prepared.commit());
  }

  /**
   * Changes the app's secrets (a null value removes one) and, if a release is live, makes a new one
   * of it whose services read them. Answers that release.
   */
  public Optional<Release> changeSecrets(
      App app, Map<String, @Nullable String> changes, String by, Progress client) {
    secrets.patch(app.id(), changes, by);
    events.publish(app.id(), Events.Event.CONFIG);
    if (releases.live(app.id()).isEmpty()) {
      return Optional.empty();
    }
    Prepared prepared =
        inTurn(
            app,
            by,
            client,
            progress -> {
              Release live = releases.live(app.id()).orElseThrow();
              Map<String, String> config = new TreeMap<>(live.config());
              changes.forEach((name, value) -> {
                if (value != null) {
                  config.remove(name);
                }
              });
              return again(app, live, new Release.Origin.Reconfiguration(), config, by, progress);
            });
    return Optional.of(prepared.commit());
  }

  /** The app's deployment that runs now, if one does. */
  public Optional<Underway> underway(App app) {
    return Optional.ofNullable(underway.get(app.id()));
  }

  /**
   * A release that is ready to be made live. Holds the app's place in the order of deployments
   * until one of its methods was called.
   */
  public interface Prepared {
    Release release();

    /** Makes the release live and lets calls move to it. */
    Release commit();

    /** Gives it up: the release is marked failed, what was started for it is stopped. */
    void abandon(String why);
  }

  private Source read(App app, SourceTree source, Progress progress) {
    try {
      Source checked = SourceReader.read(app.name(), source);
      progress.step("Parigot app detected: " + checked.summary());
      checked.store(artifacts, releases.live(app.id()));
      return checked;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Prepared again(
      App app,
      Release old,
      Release.Origin origin,
      Map<String, String> config,
      String by,
      Progress progress) {
    Instant begin = clock.instant();
    Release release = releases.createAgain(old, origin, config, by);
    return launch(app, release, begin, progress);
  }

  private Prepared launch(App app, Release release, Instant begin, Progress progress) {
    progress.step("Launching v" + release.number());
    try {
      return new Launch(app, release, fleet.start(release), begin, progress);
    } catch (RuntimeException e) {
      fail(release, reason(e));
      throw e;
    }
  }

  /** What happened, and every detail on a line of its own. */
  private static String reason(RuntimeException e) {
    String what = String.valueOf(e.getMessage());
    return e instanceof Problem problem && !problem.details().isEmpty()
        ? what + "\n" + String.join("\n", problem.details())
        : what;
  }

  private void fail(Release release, String why) {
    try {
      releases.markFailed(release, why);
    } catch (RuntimeException e) {
      // It stays "starting" until the next start of the platform settles it.
      log.error("Release v{} of app {} can't be marked failed", release.number(), release.app(), e);
    }
    events.publish(release.app(), Events.Event.RELEASE);
  }

  /** Runs it as the only deployment of the app; the place is kept if it answers. */
  private Prepared inTurn(
      App app, String by, Progress client, Function<Progress, Prepared> deployment) {
    Semaphore turn = turns.computeIfAbsent(app.id(), _ -> new Semaphore(1, true));
    await(turn, client);
    underway.put(app.id(), new Underway(by, clock.instant(), List.of()));
    boolean kept = false;
    try {
      Prepared prepared = deployment.apply(watched(app.id(), client));
      kept = true;
      return prepared;
    } finally {
      if (!kept) {
        end(app.id(), turn);
      }
    }
  }

  /** Lets the next deployment of the app begin. */
  private void end(AppId app, Semaphore turn) {
    underway.remove(app);
    turn.release();
    events.publish(app, Events.Event.PROGRESS);
  }

  /** Tells the client, and whoever looks at the app. */
  private Progress watched(AppId app, Progress client) {
    return new Progress() {
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
    };
  }

  private static void await(Semaphore turn, Progress progress) {
    if (turn.tryAcquire()) {
      return;
    }
    progress.step("Waiting for the deployment before this one");
    try {
      if (turn.tryAcquire(WAIT_MINUTES, TimeUnit.MINUTES)) {
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

  private static void refuseUnlessReplaced(Release old) {
    if (old.state() != Release.State.REPLACED) {
      throw Problem.user(
          409,
          "release-not-replaced",
          "v" + old.number() + " is " + old.state().name().toLowerCase(Locale.ROOT) + ".",
          "Roll back to a release that was live before.");
    }
  }

  private static Map<String, String> changed(
      Map<String, String> config, Map<String, @Nullable String> changes) {
    Map<String, String> result = new TreeMap<>(config);
    changes.forEach((key, value) -> {
      if (value == null) {
        result.remove(key);
      } else {
        result.put(key, value);
      }
    });
    return result;
  }

  private static void tellChanges(Release.Changes changes, Progress progress) {
    String text =
        Stream.of(
                told("Changed", changes.changed()),
                told("Unchanged", changes.unchanged()),
                told("Added", changes.added()),
                told("Removed", changes.removed()))
            .filter(each -> !each.isEmpty())
            .collect(Collectors.joining("   "));
    if (!text.isEmpty()) {
      progress.step(text);
    }
  }

  private static String told(String what, List<String> services) {
    return services.isEmpty() ? "" : what + ": " + String.join(", ", services);
  }

  private final class Launch implements Prepared {
    private final App app;
    private final Release release;
    private final Deployment deployment;
    private final Instant begin;
    private final Progress progress;
    private final AtomicBoolean settled = new AtomicBoolean();

    Launch(App app, Release release, Deployment deployment, Instant begin, Progress progress) {
      this.app = app;
      this.release = release;
      this.deployment = deployment;
      this.begin = begin;
      this.progress = progress;
    }

    @Override
    public Release release() {
      return release;
    }

    @Override
    public Release commit() {
      settle();
      try {
        Release live;
        try {
          live = releases.markLive(release);
        } catch (RuntimeException e) {
          fleet.discard(deployment);
          fail(release, "it could not be made live");
          throw e;
        }
        fleet.activate(deployment);
        events.publish(app.id(), Events.Event.RELEASE);
        double seconds = Duration.between(begin, clock.instant()).toMillis() / 1000.0;
        progress.detail(
            String.format(Locale.ROOT, "%s  live in %.1f s", address.apply(app), seconds));
        return live;
      } finally {
        next();
      }
    }

    @Override
    public void abandon(String why) {
      settle();
      try {
        fleet.discard(deployment);
        fail(release, why);
      } finally {
        next();
      }
    }

    private void settle() {
      if (!settled.compareAndSet(false, true)) {
        throw new IllegalStateException("v" + release.number() + " is settled already");
      }
    }

    private void next() {
      Semaphore turn = turns.get(app.id());
      if (turn != null) {
        end(app.id(), turn);
      }
    }
  }
}
