package dev.parigot.gate;

import dev.parigot.browser.Rerun;
import dev.parigot.engine.CannotStart;
import dev.parigot.engine.Engine;
import dev.parigot.local.AppCode;
import dev.parigot.local.TestMethod;
import dev.parigot.local.TestReport;
import dev.parigot.local.TestSuite;
import dev.parigot.manifest.Blueprint;
import dev.parigot.manifest.Manifest;
import dev.parigot.problem.Problem;
import dev.parigot.release.Artifacts;
import dev.parigot.timing.Explorer;
import dev.parigot.timing.Seed;
import dev.parigot.timing.StrategyKind;
import dev.parigot.wasm.Bytes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the tests of what was pushed, as {@code parigot test} and {@code parigot timing} do: with
 * the same seed, so that whoever pushed sees the same at hand. See DESIGN.md.
 */
public final class Gate {
  private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

  /** What the commands begin with, too. */
  private static final long SEED = 1;

  private static final Duration BETWEEN_NEWS = Duration.ofSeconds(4);

  private final Engine engine;
  private final ExecutorService guests;
  private final GateRuns runs;
  private final Artifacts artifacts;
  private final Clock clock;
  private final Settings settings;
  private final Semaphore places;
  private final Address address;

  /** Where the page about a run is. */
  @FunctionalInterface
  public interface Address {
    String of(GateRun run);
  }

  /**
   * @param limit how long the tests of one push may take
   * @param patience how long a guest may compute without a host call
   * @param atOnce how many pushes are tested at a time, each on one core
   */
  public record Settings(Duration limit, Duration patience, int atOnce) {}

  /**
   * @param guests runs the tests' guests, apart from those that serve; grows with need
   */
  public Gate(
      Engine engine,
      ExecutorService guests,
      GateRuns runs,
      Artifacts artifacts,
      Clock clock,
      Settings settings,
      Address address) {
    this.engine = engine;
    this.guests = guests;
    this.runs = runs;
    this.artifacts = artifacts;
    this.clock = clock;
    this.settings = settings;
    this.places = new Semaphore(settings.atOnce(), true);
    this.address = address;
  }

  /** An app to be tested, apart from what serves. */
  Specimen specimen(AppCode code, Supplier<Map<String, Rerun.File>> files) {
    return new Specimen(code, new TestSuite(engine, code, guests, settings.patience()), files);
  }

  AppCode code(Manifest manifest, Map<String, byte[]> modules) {
    return AppCode.of(engine, manifest, modules);
  }

  /** Of which whoever runs tests takes one for each core that it uses. */
  Semaphore places() {
    return places;
  }

  /**
   * Runs the tests and notes what they said. A 422 {@code Problem} if one fails; what has no tests
   * passes without a word.
   *
   * @param news is told a line for each kind of tests
   */
  public void pass(Candidate candidate, Consumer<String> news) {
    if (candidate.blueprint().tests().isEmpty()) {
      return;
    }
    if (candidate.blueprint().manifest().gate().skips(candidate.branch().name())) {
      news.accept("Tests: passed by on this branch, as the manifest wants; this is noted");
      skip(candidate);
      return;
    }
    try {
      take(news);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    try {
      run(candidate, news);
    } catch (InterruptedException e) {
      throw interrupted(e);
    } catch (CannotStart | Blueprint.Unreadable e) {
      throw Problem.user(
          422,
          "tests-cannot-start",
          "The tests can't start: " + e.getMessage(),
          "Mend this and push again.");
    } finally {
      places.release();
    }
  }

  /** Notes that the tests were passed by, and who wanted it. */
  public void skip(Candidate candidate) {
    if (!candidate.blueprint().tests().isEmpty()) {
      LOG.info(
          "{} passes by the tests of app {}, branch {}, commit {}",
          candidate.by(),
          candidate.app(),
          candidate.branch(),
          candidate.commit());
      keep(candidate, clock.instant(), GateRun.Outcome.SKIPPED, List.of(), List.of(), Map.of());
    }
  }

  private void take(Consumer<String> news) throws InterruptedException {
    if (places.tryAcquire()) {
      return;
    }
    news.accept("Waiting for the tests of others");
    if (!places.tryAcquire(settings.limit().toSeconds(), TimeUnit.SECONDS)) {
      throw new Problem(
          Problem.Kind.RESOURCE,
          503,
          "tests-waited-too-long",
          "The tests had no turn within " + told(settings.limit()) + ".",
          "Push again later.",
          List.of());
    }
  }

  private void run(Candidate candidate, Consumer<String> news)
      throws InterruptedException, Blueprint.Unreadable {
    Instant begin = clock.instant();
    AppCode code = AppCode.load(engine, candidate.blueprint(), candidate.files());
    try (Specimen specimen = specimen(code, () -> kept(candidate))) {
      run(candidate, specimen, begin, news);
    }
  }

  /** A release has its modules among its own; those of what is refused are kept for its failure. */
  private Map<String, Rerun.File> kept(Candidate candidate) {
    Map<String, Rerun.File> kept = new LinkedHashMap<>();
    parts(candidate)
        .forEach((name, part) -> {
          try {
            byte[] file = candidate.files().read(part.path());
            kept.put(name, new Rerun.File(artifacts.put(file), file.length));
          } catch (Blueprint.Unreadable e) {
            throw new IllegalStateException("It was read before", e);
          }
        });
    return kept;
  }

  private void run(Candidate candidate, Specimen specimen, Instant begin, Consumer<String> news)
      throws InterruptedException, Blueprint.Unreadable {
    Instant end = begin.plus(settings.limit());
    Map<String, Drawn> failures = new LinkedHashMap<>();
    List<GateRun.Tested> tests = tests(specimen, end, failures, news);
    if (tests.stream().anyMatch(test -> !test.passed())) {
      GateRun run = keep(candidate, begin, GateRun.Outcome.FAILED, tests, List.of(), failures);
      throw Refusals.ofTests(tests, address.of(run));
    }
    news.accept("Integration tests: " + tests.size() + " passed");
    List<GateRun.Explored> timing = timing(candidate, specimen, end, failures, news);
    if (timing.stream().anyMatch(test -> !test.passed())) {
      GateRun run = keep(candidate, begin, GateRun.Outcome.FAILED, tests, timing, failures);
      throw Refusals.ofTiming(timing, address.of(run));
    }
    keep(candidate, begin, GateRun.Outcome.PASSED, tests, timing, failures);
  }

  private List<GateRun.Tested> tests(
      Specimen specimen, Instant end, Map<String, Drawn> failures, Consumer<String> news)
      throws InterruptedException {
    List<GateRun.Tested> done = new ArrayList<>();
    List<TestMethod> all = specimen.tests();
    for (TestMethod test : all) {
      if (clock.instant().isAfter(end)) {
        throw Problem.user(
            422,
            "tests-took-too-long",
            "%d of %d integration tests ran within %s."
                .formatted(done.size(), all.size(), told(settings.limit())),
            "Make them shorter, or push with -o skip-gate.");
      }
      Instant from = clock.instant();
      TestReport report = specimen.suite().run(test, new Seed(SEED));
      GateRun.Tested result =
          Results.of(report, Duration.between(from, clock.instant()).toMillis());
      done.add(result);
      if (result.failure() != null) {
        failures.put(result.name(), specimen.drawn(test, new Seed(SEED), result.failure()));
        news.accept("Integration tests: " + test + " failed");
      }
    }
    return done;
  }

  /** Of the modules whose entry in the manifest asks for it. */
  private List<GateRun.Explored> timing(
      Candidate candidate,
      Specimen specimen,
      Instant end,
      Map<String, Drawn> failures,
      Consumer<String> news)
      throws InterruptedException, Blueprint.Unreadable {
    if (!candidate.blueprint().manifest().gate().timesOn(candidate.branch().name())) {
      return List.of();
    }
    List<GateRun.Explored> done = new ArrayList<>();
    Set<String> services = new LinkedHashSet<>();
    for (TestMethod test : specimen.tests()) {
      Manifest.Timing timing =
          Objects.requireNonNull(candidate.blueprint().manifest().tests().get(test.module()))
              .timing();
      if (timing != null) {
        services.addAll(timing.services());
        done.add(explore(candidate, specimen, test, timing, end, failures, news));
      }
    }
    tell(done, services, news);
    return done;
  }

  private GateRun.Explored explore(
      Candidate candidate,
      Specimen specimen,
      TestMethod test,
      Manifest.Timing timing,
      Instant end,
      Map<String, Drawn> failures,
      Consumer<String> news)
      throws InterruptedException, Blueprint.Unreadable {
    Instant begin = clock.instant();
    Explorer explorer =
        new Explorer(
            StrategyKind.MIX, new Seed(SEED), Set.copyOf(timing.services()), Explorer.FAULTS);
    Explorer.Exploration exploration =
        explorer.explore(
            specimen.suite().trial(test, new Seed(SEED)),
            timing.schedules(),
            until(test, timing.schedules(), end, news));
    long millis = Duration.between(begin, clock.instant()).toMillis();
    Explorer.Found found = exploration.found();
    if (found != null) {
      failures.put(test.toString(), specimen.drawn(test, new Seed(SEED), found));
    }
    return Results.of(
        test,
        new Results.Extent(timing.services(), timing.schedules(), millis),
        exploration,
        new Results.Origin(SEED, digests(candidate)));
  }

  private static Map<String, String> digests(Candidate candidate) throws Blueprint.Unreadable {
    Map<String, String> digests = new TreeMap<>();
    for (Map.Entry<String, Blueprint.Part> each : parts(candidate).entrySet()) {
      digests.put(each.getKey(), Bytes.of(candidate.files().read(each.getValue().path())).digest());
    }
    return digests;
  }

  private static Map<String, Blueprint.Part> parts(Candidate candidate) {
    Map<String, Blueprint.Part> parts = new TreeMap<>(candidate.blueprint().services());
    parts.putAll(candidate.blueprint().tests());
    return parts;
  }

  /** Goes on until then, and tells every now and then how far it is. */
  private IntPredicate until(TestMethod test, int most, Instant end, Consumer<String> news) {
    Instant begin = clock.instant();
    Instant[] told = {begin};
    return count -> {
      Instant now = clock.instant();
      if (Duration.between(told[0], now).compareTo(BETWEEN_NEWS) >= 0) {
        told[0] = now;
        double rate = count * 1_000.0 / Duration.between(begin, now).toMillis();
        news.accept(
            "Timing tests: %s, %,d of %,d schedules, %.0f a second, about %,.0f s left"
                .formatted(test, count, most, rate, Math.ceil((most - count) / rate)));
      }
      return now.isBefore(end);
    };
  }

  private static void tell(
      List<GateRun.Explored> done, Set<String> services, Consumer<String> news) {
    if (done.isEmpty()) {
      return;
    }
    int schedules = done.stream().mapToInt(GateRun.Explored::schedules).sum();
    int wanted = done.stream().mapToInt(GateRun.Explored::wanted).sum();
    long failures = done.stream().filter(test -> !test.passed()).count();
    news.accept(
        "Timing tests: %d schedules%s: %d %s%s"
            .formatted(
                schedules,
                services.isEmpty() ? "" : " of " + String.join(", ", services),
                failures,
                failures == 1 ? "failure" : "failures",
                failures == 0 && schedules < wanted
                    ? " (the time ended before the other " + (wanted - schedules) + ")"
                    : ""));
  }

  private GateRun keep(
      Candidate candidate,
      Instant begin,
      GateRun.Outcome outcome,
      List<GateRun.Tested> tests,
      List<GateRun.Explored> timing,
      Map<String, Drawn> failures) {
    return runs.keep(
        new GateRun(
            0,
            candidate.app(),
            candidate.branch().name(),
            candidate.commit(),
            candidate.by(),
            begin,
            Duration.between(begin, clock.instant()).toMillis(),
            outcome,
            tests,
            timing,
            null),
        failures);
  }

  private static String told(Duration limit) {
    return limit.toSeconds() % 60 == 0 ? limit.toMinutes() + " min" : limit.toSeconds() + " s";
  }

  private static Problem interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return Problem.external(
        "tests-interrupted", "The platform ends before the tests do.", "Push again later.", cause);
  }
}
