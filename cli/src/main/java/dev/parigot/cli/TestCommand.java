package dev.parigot.cli;

import dev.parigot.engine.CannotStart;
import dev.parigot.engine.Engine;
import dev.parigot.engine.EngineOptions;
import dev.parigot.engine.Limits;
import dev.parigot.local.AppCode;
import dev.parigot.local.TestMethod;
import dev.parigot.local.TestReport;
import dev.parigot.local.TestSuite;
import dev.parigot.manifest.Blueprint;
import dev.parigot.timing.Seed;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code parigot test}: runs the test modules of an app, the same way each time. */
@Command(
    name = "test",
    description = {
      "Builds an app by the command of its manifest and runs its tests, each in a fresh app in"
          + " memory: one guest at a time, in an order that the seed decides, on a clock that only"
          + " waiting moves.",
      "The same modules and the same seed give the same run."
    })
final class TestCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Parameters(
      paramLabel = "DIR",
      arity = "0..1",
      defaultValue = ".",
      description = "the app's folder (this one)")
  private Path dir = Path.of(".");

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "decides the order of host calls and all that is random (1)")
  private long seed = 1;

  @Option(
      names = "--filter",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "only the tests whose name, module.method, contains this")
  private String filter = "";

  @Option(names = "--steps", description = "print the steps of each test in their order")
  private boolean steps;

  @Option(
      names = "--wound",
      description = "with all services and test modules wound into one module, as a demo has them")
  private boolean wound;

  @Option(names = "--help", usageHelp = true, description = "print this")
  private boolean help;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException, Blueprint.Unreadable {
    Folder folder = new Folder(dir);
    Build.run(folder);
    Blueprint app = Blueprint.read(folder);
    PrintWriter out = spec.commandLine().getOut();
    if (app.tests().isEmpty()) {
      out.println(folder.nameOf(app) + " has no tests: name a module of them under [tests].");
      return 0;
    }
    ScheduledExecutorService watchdog = Executors.newSingleThreadScheduledExecutor(daemon());
    ExecutorService threads = Executors.newCachedThreadPool(daemon());
    // Slower where this JVM has no compiler for guests, and right all the same.
    EngineOptions options = new EngineOptions(watchdog, threads, true);
    try (Engine engine = Engine.start(options)) {
      TestSuite suite = new TestSuite(engine, load(engine, app, folder), threads, PATIENCE);
      return run(suite, folder.nameOf(app), out);
    } finally {
      threads.shutdown();
      watchdog.shutdown();
    }
  }

  private AppCode load(Engine engine, Blueprint app, Folder folder) throws Blueprint.Unreadable {
    try {
      return wound ? AppCode.loadWound(engine, app, folder) : AppCode.load(engine, app, folder);
    } catch (CannotStart e) {
      throw new UserMistake(String.valueOf(e.getMessage()));
    }
  }

  private static ThreadFactory daemon() {
    return task -> {
      Thread thread = new Thread(null, task, "guest", Limits.STACK_BYTES);
      thread.setDaemon(true);
      return thread;
    };
  }

  private int run(TestSuite suite, String app, PrintWriter out) throws InterruptedException {
    List<TestMethod> chosen =
        suite.tests().stream().filter(test -> test.toString().contains(filter)).toList();
    if (chosen.isEmpty()) {
      throw new UserMistake(
          suite.tests().isEmpty()
              ? "no method of a test module has a name that begins with \"test\""
              : "no test has \"" + filter + "\" in its name; there are " + suite.tests());
    }
    out.println(
        "%s: %s, seed %d%s"
            .formatted(app, Overview.counted(chosen.size(), "test"), seed, wound ? ", wound" : ""));
    int failed = 0;
    for (TestMethod test : chosen) {
      TestReport report = suite.run(test, new Seed(seed));
      new TestLines(report, steps).print(out);
      failed += report.passed() ? 0 : 1;
      out.flush();
    }
    out.println(failed == 0 ? "all passed" : failed + " of " + chosen.size() + " failed");
    return failed == 0 ? 0 : Parigot.MISTAKEN;
  }
}
