package dev.parigot.pipeline;

import dev.parigot.app.App;
import dev.parigot.app.AppId;
import dev.parigot.app.Apps;
import dev.parigot.app.Secrets;
import dev.parigot.database.Database;
import dev.parigot.fleet.Deployment;
import dev.parigot.fleet.Fleet;
import dev.parigot.fleet.Replacement;
import dev.parigot.gate.Candidate;
import dev.parigot.gate.Gate;
import dev.parigot.manifest.MalformedManifest;
import dev.parigot.manifest.Manifest;
import dev.parigot.manifest.ManifestReader;
import dev.parigot.observe.Events;
import dev.parigot.problem.Problem;
import dev.parigot.release.Artifacts;
import dev.parigot.release.Release;
import dev.parigot.release.Releases;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Takes what was pushed to a running release. Deployments of one app are ordered, never
 * interleaved. See DESIGN.md.
 */
public final class Pipeline {
  private static final Logger log = LoggerFactory.getLogger(Pipeline.class);
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Runnable NOTHING = () -> {};

  private final Apps apps;
  private final Secrets secrets;
  private final Releases releases;
  private final Artifacts artifacts;
  private final Gate gate;
  private final Fleet fleet;
  private final Events events;
  private final Clock clock;
  private final Function<App, String> address;
  private final Turns turns;

  /**
   * @param address where an app is reached, told when it is live
   */
  public Pipeline(
      Apps apps,
      Secrets secrets,
      Releases releases,
      Artifacts artifacts,
      Gate gate,
      Fleet fleet,
      Events events,
      Clock clock,
      Function<App, String> address) {
    this.apps = apps;
    this.secrets = secrets;
    this.releases = releases;
    this.artifacts = artifacts;
    this.gate = gate;
    this.fleet = fleet;
    this.events = events;
    this.clock = clock;
    this.address = address;
    this.turns = new Turns(events, clock);
  }

  /**
   * Reads, checks and stores what was pushed, makes the release and starts its new services, while
   * calls still go to the release before it. Throws a {@code Problem} with every mistake as a
   * detail, after which nothing has changed.
   *
   * @param by the e-mail of who deploys
   */
  public Prepared prepare(App app, String by, SourceTree source, Progress client) {
    return prepare(app, by, source, DeployOptions.DEFAULT, client);
  }

  /** The same, as whoever deploys wishes. */
  public Prepared prepare(
      App app, String by, SourceTree source, DeployOptions options, Progress client) {
    return inTurn(
        app,
        by,
        client,
        turn -> {
          Source checked = read(app, source, turn);
          Release.Contents contents = checked.released(configured(app, checked.manifest()));
          Optional<Release> before = releases.live(app.id());
          tellChanges(Release.Changes.between(before, contents), turn);
          checked.notes().forEach(turn::step);
          test(app, by, checked, options, turn);
          store(checked, before, turn);
          Release release = releases.create(app.id(), source.commit(), by, contents);
          if (options.replacement() == Replacement.ALL) {
            turn.step("All services get new instances, as you asked");
          }
          return launch(app, release, options.replacement(), NOTHING, turn);
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
            turn -> {
              Release old = releases.require(app.id(), number);
              refuseUnlessReplaced(old);
              return again(
                  app, old, new Release.Origin.Rollback(number), old.config(), by, NOTHING, turn);
            })
        .commit();
  }

  /**
   * Changes the app's configuration (a null value removes its key) and, if a release is live, makes
   * a new one of it that runs with the change: both at the same moment, or neither. Answers that
   * release. A key that is removed has its default from the manifest again with the next push.
   */
  public Optional<Release> reconfigure(
      App app, Map<String, @Nullable String> changes, String by, Progress client) {
    Runnable patch = () -> apps.patchConfig(app.id(), changes);
    Optional<Prepared> prepared =
        perhapsInTurn(
            app,
            by,
            client,
            turn -> {
              apps.checkConfig(app.id(), changes);
              Optional<Release> live = releases.live(app.id());
              if (live.isEmpty()) {
                patch.run();
              }
              return live.map(release ->
                  again(
                      app,
                      release,
                      new Release.Origin.Reconfiguration(),
                      changed(release.config(), changes),
                      by,
                      patch,
                      turn));
            });
    Optional<Release> release = prepared.map(Prepared::commit);
    events.publish(app.id(), Events.Event.CONFIG);
    return release;
  }

  /**
   * Settles what an outage of the database has left: releases that are still being started, though
   * nobody starts them. Call it now and then.
   */
  public void settle() {
    releases.starting().stream()
        .map(Release::app)
        .distinct()
        .forEach(app -> turns.between(app, () -> settle(app)));
  }

  /**
   * Makes what is live in a staging situation of the app live in production, as a new release of
   * the very same artifacts, configured as if they had been pushed there. A {@code Problem} if
   * nothing is live in staging, or if production runs all of it already.
   */
  public Release promote(App production, App staged, String by, Progress client) {
    return inTurn(
            production,
            by,
            client,
            turn -> {
              Release tried =
                  releases.live(staged.id()).orElseThrow(() -> nothingToPromote(staged));
              Release.Origin.Promotion origin =
                  new Release.Origin.Promotion(staged.situation().branch().name(), tried.number());
              turn.step("Promoting v" + origin.number() + " of " + origin.branch());
              Release.Contents contents = promoted(production, tried);
              refuseIfLive(production, contents);
              return again(production, tried, origin, contents.config(), by, NOTHING, turn);
            })
        .commit();
  }

  /** What {@link #promote} would release of that release in staging, as of now. */
  public Release.Contents promoted(App production, Release tried) {
    return tried.contents().withConfig(configured(production, manifest(tried)));
  }

  /**
   * Changes the app's secrets (a null value removes one) and, if a release is live, makes a new one
   * of it whose services read them. Answers that release. If it can't start, the secrets are set
   * all the same: those who run read them when they are started anew.
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
              return again(
                  app, live, new Release.Origin.Reconfiguration(), config, by, NOTHING, progress);
            });
    return Optional.of(prepared.commit());
  }

  /** The app's deployment that runs now, if one does. */
  public Optional<Underway> underway(App app) {
    return turns.underway(app.id());
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

  private Source read(App app, SourceTree source, Turns.Turn turn) {
    try {
      Source checked = SourceReader.read(app.name().production(), source);
      turn.laps().end(Laps.CHECK);
      turn.step("Parigot app detected: " + checked.summary());
      return checked;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void test(App app, String by, Source checked, DeployOptions options, Turns.Turn turn) {
    Candidate candidate =
        new Candidate(
            app.productionId(),
            app.situation().branch(),
            checked.tree().commit(),
            by,
            checked.blueprint(),
            checked.modules());
    if (options.skipsGate()) {
      gate.skip(candidate);
      turn.step("Tests: passed by, as you asked; this is noted");
    } else {
      gate.pass(candidate, turn::step);
    }
    turn.laps().end(Laps.TEST);
  }

  private void store(Source checked, Optional<Release> before, Turns.Turn turn) {
    try {
      checked.store(artifacts, before);
      turn.laps().end(Laps.STORE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @param along what else becomes true when it is live
   */
  private Prepared again(
      App app,
      Release old,
      Release.Origin origin,
      Map<String, String> config,
      String by,
      Runnable along,
      Turns.Turn turn) {
    Release release = releases.createAgain(app.id(), old, origin, config, by);
    if (origin instanceof Release.Origin.Promotion) {
      tellChanges(release.changes(), turn);
    }
    return launch(app, release, Replacement.CHANGED, along, turn);
  }

  private Prepared launch(
      App app, Release release, Replacement replacement, Runnable along, Turns.Turn turn) {
    turn.step("Launching v" + release.number());
    try {
      Deployment deployment = fleet.start(release, replacement);
      try {
        releases.markProved(release);
      } catch (RuntimeException e) {
        fleet.discard(deployment);
        throw e;
      }
      turn.laps().end(Laps.START);
      return new Launch(app, release, deployment, along, turn);
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
      // It stays "starting" until it is settled, at the next deployment of the app at the latest.
      log.error("Release v{} of app {} can't be marked failed", release.number(), release.app(), e);
    }
    events.publish(release.app(), Events.Event.RELEASE);
  }

  /** Runs it as the only deployment of the app; its turn goes on if it answers. */
  private Prepared inTurn(
      App app, String by, Progress client, Function<Turns.Turn, Prepared> deployment) {
    return perhapsInTurn(app, by, client, turn -> Optional.of(deployment.apply(turn)))
        .orElseThrow();
  }

  /** The same; its turn ends if it answers that there is nothing to deploy. */
  private Optional<Prepared> perhapsInTurn(
      App app, String by, Progress client, Function<Turns.Turn, Optional<Prepared>> deployment) {
    Turns.Turn turn = turns.take(app.id(), by, client);
    boolean goesOn = false;
    try {
      settle(app.id());
      Optional<Prepared> prepared = deployment.apply(turn);
      goesOn = prepared.isPresent();
      return prepared;
    } finally {
      if (!goesOn) {
        turn.end();
      }
    }
  }

  /** To be called when no deployment of the app runs. */
  private void settle(AppId app) {
    for (Release release : releases.starting(app)) {
      fail(release, "the platform lost sight of it while its database did not answer");
    }
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

  /** What the manifest says for where the app runs, and above it what was set there. */
  private Map<String, String> configured(App app, Manifest manifest) {
    Map<String, String> config = new TreeMap<>(manifest.config().in(app.situation().word()));
    config.putAll(apps.config(app.id()));
    return config;
  }

  private Manifest manifest(Release release) {
    String digest = release.contents().manifest();
    if (digest == null) {
      throw unreadable();
    }
    try {
      return ManifestReader.read(new String(artifacts.get(digest), StandardCharsets.UTF_8));
    } catch (MalformedManifest e) {
      throw unreadable();
    }
  }

  /** It was read when it was pushed, by a platform that took it. */
  private static Problem unreadable() {
    return Problem.user(
        409,
        "manifest-unreadable",
        "The parigot.toml of that release is not kept, or can't be read by this version.",
        "Push the branch again, and promote then.");
  }

  private static Problem nothingToPromote(App staged) {
    return Problem.user(
        409,
        "nothing-to-promote",
        "Nothing is live on the branch \"" + staged.situation().branch() + "\".",
        "Push to it, and promote what has gone live.");
  }

  private void refuseIfLive(App production, Release.Contents contents) {
    releases
        .live(production.id())
        .filter(live -> live.contents().equals(contents))
        .ifPresent(live -> {
          throw Problem.user(
              409,
              "promotion-changes-nothing",
              "Production runs these very artifacts with this configuration already, as v"
                  + live.number()
                  + ".",
              "There is nothing to do.");
        });
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
    private final Runnable along;
    private final Turns.Turn turn;
    private final AtomicBoolean settled = new AtomicBoolean();

    Launch(App app, Release release, Deployment deployment, Runnable along, Turns.Turn turn) {
      this.app = app;
      this.release = release;
      this.deployment = deployment;
      this.along = along;
      this.turn = turn;
    }

    @Override
    public Release release() {
      return release;
    }

    @Override
    public Release commit() {
      settle();
      try {
        turn.laps().end(Laps.ACCEPT);
        Release live;
        try {
          live = markLive();
        } catch (RuntimeException e) {
          fleet.discard(deployment);
          fail(release, "it could not be made live");
          throw e;
        }
        fleet.activate(deployment);
        stopIfDeleted();
        events.publish(app.id(), Events.Event.RELEASE);
        turn.detail(
            String.format(
                Locale.ROOT,
                "%s  live in %.1f s",
                address.apply(app),
                turn.laps().duration().toMillis() / 1000.0));
        return live;
      } finally {
        turn.end();
      }
    }

    /**
     * Waits for a database that is gone, without an end: the release is accepted, and whether a
     * commit that got no answer has been made can only be found out by making it again.
     */
    private Release markLive() {
      while (true) {
        try {
          return releases.markLive(release, turn.laps().all(), along);
        } catch (DataAccessException | TransactionException e) {
          if (!Database.isOutage(e)) {
            throw e;
          }
          log.warn("Release v{} of app {} waits for the database", release.number(), app.id(), e);
          turn.detail("the database does not answer: v%d waits for it".formatted(release.number()));
        }
        try {
          Thread.sleep(RETRY);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw Problem.external(
              "database-unreachable",
              "The platform ends before its database says whether v%d is live."
                  .formatted(release.number()),
              "See the list of releases when it is back.",
              e);
        }
      }
    }

    /** An app that was deleted in between was stopped when this did not run yet. */
    private void stopIfDeleted() {
      try {
        if (apps.byId(app.id()).isEmpty()) {
          fleet.stop(app.id());
        }
      } catch (DataAccessException e) {
        log.warn("Whether app {} was deleted can't be told now", app.id(), e);
      }
    }

    @Override
    public void abandon(String why) {
      settle();
      try {
        fleet.discard(deployment);
        fail(release, why);
      } finally {
        turn.end();
      }
    }

    private void settle() {
      if (!settled.compareAndSet(false, true)) {
        throw new IllegalStateException("v" + release.number() + " is settled already");
      }
    }
  }
}
