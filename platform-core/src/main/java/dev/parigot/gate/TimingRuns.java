package dev.parigot.gate;

import dev.parigot.app.App;
import dev.parigot.browser.Rerun;
import dev.parigot.engine.CannotStart;
import dev.parigot.local.TestMethod;
import dev.parigot.manifest.MalformedManifest;
import dev.parigot.manifest.Manifest;
import dev.parigot.manifest.ManifestReader;
import dev.parigot.problem.Problem;
import dev.parigot.release.Artifacts;
import dev.parigot.release.Release;
import dev.parigot.release.ReleasedService;
import dev.parigot.release.Releases;
import dev.parigot.timing.Coverage;
import dev.parigot.timing.Explorer;
import dev.parigot.timing.Fault;
import dev.parigot.timing.Seed;
import dev.parigot.timing.StrategyKind;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the tests of what is live under many schedules, because somebody suspects its timing. It
 * goes on in the background, can be stopped and can go on; between any two schedules the tests of
 * pushes come first.
 */
public final class TimingRuns implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TimingRuns.class);

  /** Of each test. */
  public static final int MOST_SCHEDULES = 1_000_000;

  /** Of each kind, in one run. */
  public static final int MOST_FAULTS = 5;

  private static final int MOST_AT_ONCE = 16;
  private static final Duration BETWEEN_NEWS = Duration.ofSeconds(1);
  private static final Duration UNTIL_STOPPED = Duration.ofSeconds(10);

  private final Gate gate;
  private final GateRuns runs;
  private final Releases releases;
  private final Artifacts artifacts;
  private final Executor threads;
  private final Clock clock;

  /** Those that this process runs. */
  private final ConcurrentMap<Long, CountDownLatch> underway = new ConcurrentHashMap<>();

  private volatile boolean closing;

  /**
   * @param threads each run has one of them, beside those of its guests; not to be interrupted, as
   *     a write to the database may be under way
   */
  public TimingRuns(
      Gate gate,
      GateRuns runs,
      Releases releases,
      Artifacts artifacts,
      Executor threads,
      Clock clock) {
    this.gate = gate;
    this.runs = runs;
    this.releases = releases;
    this.artifacts = artifacts;
    this.threads = threads;
    this.clock = clock;
  }

  /**
   * What of an app can be tried.
   *
   * @param release the number of the live release
   * @param tests the names of its tests, {@code module.method}
   */
  public record Choices(int release, List<String> services, List<String> tests) {}

  /** What is tried of a release. */
  private record Subject(Release release, Specimen specimen, Map<String, String> digests) {
    Optional<TestMethod> test(String name) {
      return specimen.tests().stream().filter(test -> test.toString().equals(name)).findFirst();
    }

    List<String> tests() {
      return specimen.tests().stream().map(TestMethod::toString).toList();
    }
  }

  /** What can be tried; a 409 {@code Problem} if that is nothing. */
  public Choices choices(App app) {
    Subject subject = subject(live(app));
    return new Choices(
        subject.release().number(),
        subject.release().services().stream().map(ReleasedService::name).toList(),
        subject.tests());
  }

  /**
   * Begins. A {@code Problem} if nothing can be tried, if the wish names what there isn't, or if
   * there is a run under way already.
   *
   * @param wish its release is the live one, whatever it says; without tests all are run
   * @param by the e-mail of who wants it
   */
  public GateRun start(App app, Wish wish, String by) {
    Subject subject = subject(live(app));
    Wish checked = checked(wish, subject);
    refuseIfBusy(app);
    GateRun run =
        runs.keep(
            new GateRun(
                0,
                app.productionId(),
                app.situation().branch().name(),
                subject.release().commit(),
                by,
                clock.instant(),
                0,
                GateRun.Outcome.RUNNING,
                List.of(),
                checked.tests().stream().map(test -> untried(test, checked)).toList(),
                checked),
            Map.of());
    begin(run, checked, subject);
    return run;
  }

  private static GateRun.Explored untried(String test, Wish wish) {
    return new GateRun.Explored(test, wish.services(), wish.schedules(), 0, 0, 0, 0, null, 0, null);
  }

  /** Stops it, if it is under way; it can go on later. */
  public GateRun stop(App app, long id) {
    GateRun run = require(app, id);
    runs.stop(run.id());
    return require(app, id);
  }

  /** Lets one that was stopped go on, from the schedule that it came to. */
  public GateRun resume(App app, long id) {
    GateRun run = require(app, id);
    Wish wish = run.wish();
    if (run.outcome() != GateRun.Outcome.STOPPED || wish == null) {
      throw Problem.user(
          409, "timing-run-not-stopped", "That run was not stopped.", "Begin another one.");
    }
    refuseIfBusy(app);
    Subject subject = subject(releases.require(app.id(), wish.release()));
    await(underway.get(id));
    if (!runs.resume(id)) {
      throw Problem.user(
          409, "timing-run-not-stopped", "That run goes on already.", "Wait for it.");
    }
    GateRun resumed = require(app, id);
    begin(resumed, wish, subject);
    return resumed;
  }

  private static void await(@Nullable CountDownLatch end) {
    if (end != null && !ends(end)) {
      throw Problem.user(
          409, "timing-run-stops", "That run is just being stopped.", "Try again in some seconds.");
    }
  }

  private static boolean ends(CountDownLatch end) {
    try {
      return end.await(UNTIL_STOPPED.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** One that somebody wanted; a 404 {@code Problem} if there is none of that number. */
  public GateRun require(App app, long id) {
    return runs.find(app.productionId(), id)
        .filter(run -> run.wish() != null)
        .orElseThrow(() -> Problem.notFound("There is no timing run " + id + "."));
  }

  private void refuseIfBusy(App app) {
    if (runs.of(app, 0, GateRuns.KEPT).stream()
        .anyMatch(run -> run.outcome() == GateRun.Outcome.RUNNING)) {
      throw Problem.user(
          409,
          "timing-run-underway",
          "Timing tests of this app are under way already.",
          "Wait for them, or stop them.");
    }
    if (underway.size() >= MOST_AT_ONCE) {
      throw new Problem(
          Problem.Kind.RESOURCE,
          503,
          "timing-runs-full",
          "As many timing tests are under way as this platform runs.",
          "Try again later, or run parigot timing on your machine.",
          List.of());
    }
  }

  private Release live(App app) {
    return releases
        .live(app.id())
        .orElseThrow(() ->
            Problem.user(
                409,
                "nothing-deployed",
                "No release of " + app.name() + " is live.",
                "Deploy the app first."));
  }

  private Subject subject(Release release) {
    Release.Contents contents = release.contents();
    String manifest = contents.manifest();
    if (manifest == null || contents.tests().isEmpty()) {
      throw Problem.user(
          409,
          "no-tests",
          "No tests were deployed with v" + release.number() + ".",
          "Name a module of them under [tests] in parigot.toml, and push.");
    }
    Map<String, String> digests = new TreeMap<>(contents.tests());
    contents.services().forEach(service -> digests.put(service.name(), service.digest()));
    try {
      Manifest read =
          ManifestReader.read(new String(artifacts.get(manifest), StandardCharsets.UTF_8));
      Map<String, byte[]> modules = new LinkedHashMap<>();
      for (Set<String> names : List.of(read.services().keySet(), read.tests().keySet())) {
        for (String name : names) {
          modules.put(name, artifacts.get(Objects.requireNonNull(digests.get(name), name)));
        }
      }
      Map<String, Rerun.File> files = new LinkedHashMap<>();
      modules.forEach((name, file) ->
          files.put(
              name, new Rerun.File(Objects.requireNonNull(digests.get(name), name), file.length)));
      return new Subject(
          release, gate.specimen(gate.code(read, modules), () -> kept(files)), digests);
    } catch (MalformedManifest | CannotStart e) {
      throw Problem.user(
          409,
          "tests-cannot-start",
          "The tests of v%d can't start: %s".formatted(release.number(), e.getMessage()),
          "Push again.");
    }
  }

  /** The release that has them may be removed while its timing is tried. */
  private Map<String, Rerun.File> kept(Map<String, Rerun.File> files) {
    if (!artifacts.renew(files.values().stream().map(Rerun.File::digest).toList())) {
      throw Problem.notFound("The modules of the release are kept no longer.");
    }
    return files;
  }

  private static Wish checked(Wish wish, Subject subject) {
    List<String> services =
        subject.release().services().stream().map(ReleasedService::name).toList();
    refuseUnknown("service", wish.services(), services);
    refuseUnknown("test", wish.tests(), subject.tests());
    strategy(wish.strategy());
    refuseOutside("schedules", wish.schedules(), 1, MOST_SCHEDULES);
    refuseOutside("faults", wish.faults(), 0, MOST_FAULTS);
    List<String> tests = wish.tests().isEmpty() ? subject.tests() : wish.tests();
    if (tests.isEmpty()) {
      throw Problem.user(
          409,
          "no-tests",
          "The test modules of v" + subject.release().number() + " have no tests.",
          "Tests are exported methods whose name begins with \"test\".");
    }
    return new Wish(
        subject.release().number(),
        tests,
        wish.services(),
        wish.schedules(),
        wish.seed(),
        wish.strategy(),
        wish.faults());
  }

  private static void refuseUnknown(String kind, List<String> named, List<String> known) {
    List<String> unknown = named.stream().filter(name -> !known.contains(name)).toList();
    if (!unknown.isEmpty()) {
      throw Problem.user(
          400,
          "unknown-" + kind,
          "The live release has no %s \"%s\".".formatted(kind, unknown.getFirst()),
          "It has: " + String.join(", ", known) + ".");
    }
  }

  private static void refuseOutside(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw Problem.user(
          400,
          name + "-invalid",
          "\"%s\" is %,d.".formatted(name, value),
          "Give %,d to %,d.".formatted(least, most));
    }
  }

  private static StrategyKind strategy(String name) {
    return Arrays.stream(StrategyKind.values())
        .filter(kind -> kind.toString().equals(name))
        .findFirst()
        .orElseThrow(() ->
            Problem.user(
                400,
                "unknown-strategy",
                "There is no strategy \"" + name + "\".",
                "There are: "
                    + Arrays.stream(StrategyKind.values())
                        .map(StrategyKind::toString)
                        .collect(Collectors.joining(", "))
                    + "."));
  }

  private void begin(GateRun run, Wish wish, Subject subject) {
    CountDownLatch end = new CountDownLatch(1);
    underway.put(run.id(), end);
    threads.execute(() -> {
      try (Specimen _ = subject.specimen()) {
        new Course(run, wish, subject).run();
      } catch (InterruptedException e) {
        LOG.warn("Timing run {} of app {} was interrupted", run.id(), run.app(), e);
      } catch (RuntimeException e) {
        LOG.error("Timing run {} of app {} failed", run.id(), run.app(), e);
        runs.stop(run.id());
      } finally {
        underway.remove(run.id());
        end.countDown();
      }
    });
  }

  /** Stops all that this process runs, and waits until they have ended. They can go on later. */
  @Override
  public void close() {
    closing = true;
    for (Map.Entry<Long, CountDownLatch> each : underway.entrySet()) {
      runs.stop(each.getKey());
      if (!ends(each.getValue())) {
        LOG.warn("Timing run {} does not end", each.getKey());
      }
    }
  }

  /** One run from where it begins or goes on until it ends or is stopped. */
  private final class Course {
    private final GateRun run;
    private final Wish wish;
    private final Subject subject;
    private final Explorer explorer;
    private final Instant begun = clock.instant();
    private final List<GateRun.Explored> done;
    private final Semaphore places = gate.places();
    private Instant told = begun;
    private boolean goesOn = true;

    Course(GateRun run, Wish wish, Subject subject) {
      this.run = run;
      this.wish = wish;
      this.subject = subject;
      this.done = new ArrayList<>(run.timing());
      this.explorer =
          new Explorer(
              strategy(wish.strategy()),
              new Seed(wish.seed()),
              Set.copyOf(wish.services()),
              Arrays.stream(Fault.values())
                  .collect(Collectors.toMap(fault -> fault, _ -> wish.faults())));
    }

    void run() throws InterruptedException {
      take();
      try {
        for (int i = 0; i < done.size() && goesOn && !closing; i++) {
          GateRun.Explored test = done.get(i);
          if (test.passed() && test.schedules() < test.wanted()) {
            explore(i);
          }
        }
        tell(goesOn && !closing ? outcome() : GateRun.Outcome.RUNNING);
      } finally {
        places.release();
      }
    }

    private GateRun.Outcome outcome() {
      return done.stream().allMatch(GateRun.Explored::passed)
          ? GateRun.Outcome.PASSED
          : GateRun.Outcome.FAILED;
    }

    private void explore(int index) throws InterruptedException {
      GateRun.Explored before = done.get(index);
      Optional<TestMethod> test = subject.test(before.name());
      if (test.isEmpty()) {
        return;
      }
      Seed seed = new Seed(wish.seed());
      Instant from = clock.instant();
      Coverage covered = runs.uncover(run.id(), before.name());
      Explorer.Exploration exploration =
          explorer.explore(
              subject.specimen().suite().trial(test.get(), seed),
              covered,
              before.schedules(),
              before.wanted(),
              count -> {
                done.set(index, reached(before, count, from));
                return goesOnAfter();
              });
      Explorer.Found found = exploration.found();
      if (found != null) {
        runs.draw(run.id(), before.name(), subject.specimen().drawn(test.get(), seed, found));
      }
      GateRun.Explored result =
          Results.of(
              test.get(),
              new Results.Extent(
                  wish.services(), wish.schedules(), before.millis() + millisSince(from)),
              exploration,
              new Results.Origin(wish.seed(), subject.digests()));
      done.set(index, result.withAtLeast(before));
      if (result.passed() && result.schedules() < result.wanted()) {
        runs.cover(run.id(), before.name(), covered);
      }
    }

    private GateRun.Explored reached(GateRun.Explored before, int count, Instant from) {
      return new GateRun.Explored(
          before.name(),
          before.services(),
          before.wanted(),
          count,
          before.classes(),
          before.pairs(),
          before.bothWays(),
          before.pct(),
          before.millis() + millisSince(from),
          null);
    }

    private long millisSince(Instant from) {
      return Duration.between(from, clock.instant()).toMillis();
    }

    /** Lets the tests of pushes go first, and tells now and then how far it is. */
    private boolean goesOnAfter() {
      places.release();
      try {
        take();
      } catch (InterruptedException e) {
        // Whoever ends gives back what is taken here.
        places.acquireUninterruptibly();
        return false;
      }
      if (Duration.between(told, clock.instant()).compareTo(BETWEEN_NEWS) >= 0) {
        tell(GateRun.Outcome.RUNNING);
      }
      return goesOn && !closing;
    }

    private void take() throws InterruptedException {
      while (!places.tryAcquire(BETWEEN_NEWS.toMillis(), TimeUnit.MILLISECONDS)) {
        tell(GateRun.Outcome.RUNNING);
      }
    }

    private void tell(GateRun.Outcome outcome) {
      told = clock.instant();
      goesOn = runs.advance(run.id(), outcome, run.millis() + millisSince(begun), done);
    }
  }
}
