package dev.parigot.local;

import dev.parigot.contract.Method;
import dev.parigot.engine.CallOutcome;
import dev.parigot.engine.Engine;
import dev.parigot.history.History;
import dev.parigot.history.Recorder;
import dev.parigot.timing.Choice;
import dev.parigot.timing.Replay;
import dev.parigot.timing.Scheduler;
import dev.parigot.timing.Seed;
import dev.parigot.timing.Stalled;
import dev.parigot.timing.Strategy;
import dev.parigot.timing.Trial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * The tests of an app. Each run of one has the whole app for itself, fresh; several can run at a
 * time.
 */
public final class TestSuite implements AutoCloseable {
  private static final byte[] NOTHING = {};
  private static final String PREFIX = "test";
  private static final int MOST_STEPS = 1_000_000;

  /** Of a run that is one of many. */
  private static final int MOST_STEPS_OF_MANY = 50_000;

  private final Engine engine;
  private final AppCode app;
  private final Executor threads;
  private final Duration patience;
  private final Spares spares = new Spares();

  /**
   * @param threads runs guests; grows with need
   * @param patience how long, in real time, a guest may compute without a host call. That depends
   *     on the machine, and so it is far more than any sound guest takes
   */
  public TestSuite(Engine engine, AppCode app, Executor threads, Duration patience) {
    this.engine = engine;
    this.app = app;
    this.threads = threads;
    this.patience = patience;
  }

  /** In the order of the manifest and of each module's exports. */
  public List<TestMethod> tests() {
    List<TestMethod> tests = new ArrayList<>();
    for (String module : app.manifest().tests().keySet()) {
      app.contract(module).methods().stream()
          .map(Method::name)
          .filter(name -> name.startsWith(PREFIX))
          .forEach(name -> tests.add(new TestMethod(module, name)));
    }
    return tests;
  }

  /** The same seed gives the same run, whatever other tests there are. */
  public TestReport run(TestMethod test, Seed seed) throws InterruptedException {
    Strategy strategy = Strategy.random(seed.of(test.toString()).of("order").generator());
    return run(test, seed, new Scheduler(strategy, threads, MOST_STEPS), InMemoryApp::start);
  }

  /**
   * A run that is one of many: in an order of somebody's choice, while the seed decides all else
   * that is random. A service is started by its first call.
   */
  public TestReport run(TestMethod test, Seed seed, Strategy strategy) throws InterruptedException {
    return run(test, seed, new Scheduler(strategy, threads, MOST_STEPS_OF_MANY), _ -> {});
  }

  /** {@link #run(TestMethod, Seed)}, and what its steps did. */
  public Recording record(TestMethod test, Seed seed) throws InterruptedException {
    Strategy strategy = Strategy.random(seed.of(test.toString()).of("order").generator());
    return record(test, seed, strategy, MOST_STEPS, InMemoryApp::start);
  }

  /** Repeats a run of many by its choices, and notes what its steps did. */
  public Recording record(TestMethod test, Seed seed, List<Choice> choices)
      throws InterruptedException {
    return record(test, seed, new Replay(choices), MOST_STEPS_OF_MANY, _ -> {});
  }

  /**
   * The history of a run of many, from the first instance to the end of the test: the one that
   * production keeps, too.
   */
  public History history(TestMethod test, Seed seed, Strategy strategy)
      throws InterruptedException {
    Scheduler scheduler = new Scheduler(strategy, threads, MOST_STEPS_OF_MANY);
    Recorder recorder =
        new Recorder(seed.of("digests").generator(), scheduler::now, Integer.MAX_VALUE);
    var _ = run(test, seed, scheduler, _ -> {}, Witness.telling(recorder));
    return recorder.history(test.toString(), Setting.BEGINNING, true);
  }

  /** A test as what a {@link dev.parigot.timing.Explorer} runs in many orders. */
  public Trial trial(TestMethod test, Seed seed) {
    return strategy -> {
      TestReport report = run(test, seed, strategy);
      return new Trial.Result(report.verdict().failure(), report.steps());
    };
  }

  /** What is done with an app before its test. */
  private interface Preparation {
    void of(InMemoryApp app) throws InterruptedException;
  }

  private TestReport run(TestMethod test, Seed seed, Scheduler scheduler, Preparation preparation)
      throws InterruptedException {
    return run(test, seed, scheduler, preparation, Witness.none());
  }

  private Recording record(
      TestMethod test, Seed seed, Strategy strategy, int mostSteps, Preparation preparation)
      throws InterruptedException {
    Timekeeper timekeeper = new Timekeeper(strategy);
    Scheduler scheduler = new Scheduler(timekeeper, threads, mostSteps);
    timekeeper.follow(scheduler::now);
    Witness witness = Witness.of(scheduler::taken);
    TestReport report = run(test, seed, scheduler, preparation, witness);
    return new Recording(report, witness.events(), timekeeper.times());
  }

  private TestReport run(
      TestMethod test, Seed seed, Scheduler scheduler, Preparation preparation, Witness witness)
      throws InterruptedException {
    Seed own = seed.of(test.toString());
    List<Line> log = new ArrayList<>();
    Verdict verdict;
    try (InMemoryApp fresh =
        new InMemoryApp(
            engine,
            app,
            scheduler,
            Setting.ofTests(app.manifest(), part -> own.of(part).generator()),
            patience,
            (service, instance, level, message, call) -> {
              Line line = new Line(service, instance, level, message, call);
              log.add(line);
              witness.logged(line);
            },
            witness,
            spares)) {
      try {
        preparation.of(fresh);
        verdict = verdict(fresh.call(test.module(), test.method(), NOTHING));
      } finally {
        witness.ended(fresh::waiting);
      }
    } catch (Stalled e) {
      verdict = new Verdict.Stalled(String.valueOf(e.getMessage()));
    }
    return new TestReport(test, verdict, log, scheduler.trace());
  }

  private Verdict verdict(CallOutcome outcome) {
    return switch (outcome) {
      case CallOutcome.Returned _ -> new Verdict.Passed();
      case CallOutcome.Failed(int code, String message, boolean _) ->
          new Verdict.Failed(code, message);
      case CallOutcome.Trapped(String reason) -> new Verdict.Trapped(reason);
      case CallOutcome.LimitReached(CallOutcome.Limit limit) ->
          switch (limit) {
            case TIME -> new Verdict.Stalled("time-out: it computes, and comes to no end");
            case MEMORY -> new Verdict.Failed(outcome.code(), "it ran out of memory");
          };
    };
  }

  /** Gives up what it keeps for the next run; runs that are under way end as they would. */
  @Override
  public void close() {
    spares.close();
  }
}
