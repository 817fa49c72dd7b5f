package dev.parigot.cli;

import dev.parigot.engine.CannotStart;
import dev.parigot.engine.Engine;
import dev.parigot.local.AppCode;
import dev.parigot.local.TestMethod;
import dev.parigot.local.TestReport;
import dev.parigot.local.TestSuite;
import dev.parigot.manifest.Blueprint;
import dev.parigot.replay.MalformedRecording;
import dev.parigot.replay.Recording;
import dev.parigot.replay.Replay;
import dev.parigot.replay.Replayed;
import dev.parigot.timing.Seed;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code parigot test}: runs the test modules of an app, the same way each time. */
@Command(
    name = "test",
    description = {
      "Builds an app by the command of its manifest and runs its tests, each in a fresh app in"
          + " memory: one guest at a time, in an order that the seed decides, on a clock that only"
          + " waiting moves.",
      "The same modules and the same seed give the same run.",
      "With --replay it makes the requests of a file again that the panel of a demo has saved, and"
          + " fails if one of them is answered otherwise."
    })
final class TestCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Mixin private AppFolder folder = new AppFolder();

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

  @Option(
      names = "--replay",
      paramLabel = "FILE",
      description = "run the requests of this file instead of the tests")
  private @Nullable Path replay;

  @Option(names = "--json", description = "as JSON")
  private boolean json;

  @Option(
      names = "--junit",
      paramLabel = "FILE",
      description = "write the results to that file too, as JUnit's XML, which CI servers read")
  private @Nullable Path junit;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException, Blueprint.Unreadable {
    Folder files = folder.open();
    Build.run(files);
    Blueprint app = Blueprint.read(files);
    PrintWriter out = spec.commandLine().getOut();
    Recording recording = replay == null ? null : recording(replay);
    if (recording == null && app.tests().isEmpty()) {
      out.println(files.nameOf(app) + " has no tests: name a module of them under [tests].");
      return 0;
    }
    try (GuestThreads threads = GuestThreads.startForTests();
        Engine engine = Engine.start(threads.engineOptions())) {
      AppCode code = load(engine, app, files);
      String name = files.nameOf(app);
      return recording == null
          ? run(engine, code, threads, name, out)
          : run(new Replay(engine, code, threads.guests(), PATIENCE), recording, name, out);
    }
  }

  private Recording recording(Path file) {
    if (!filter.isEmpty() || steps || json || junit != null) {
      throw new ParameterException(
          spec.commandLine(),
          "--replay runs all requests, and takes no --filter, --steps, --json and --junit");
    }
    try {
      return Recording.read(Files.readAllBytes(file));
    } catch (MalformedRecording e) {
      throw new UserMistake(file + ":" + e.getMessage());
    } catch (NoSuchFileException e) {
      throw new UserMistake("there is no file " + file);
    } catch (IOException e) {
      throw new UserMistake(file + " can't be read: " + e);
    }
  }

  private int run(Replay app, Recording recording, String name, PrintWriter out)
      throws InterruptedException {
    List<Replayed> all = app.run(recording, new Seed(seed));
    out.println(
        "%s: replay of %s since %s%s"
            .formatted(
                name,
                Overview.counted(all.size(), "step"),
                recording.began().truncatedTo(ChronoUnit.SECONDS),
                wound ? ", wound" : ""));
    all.forEach(each -> new ReplayLines(each).print(out));
    long other = all.stream().filter(each -> !each.same()).count();
    out.println(
        other == 0 ? "all as they were" : other + " of " + all.size() + " are not as they were");
    out.flush();
    return other == 0 ? 0 : Parigot.MISTAKEN;
  }

  private AppCode load(Engine engine, Blueprint app, Folder files) throws Blueprint.Unreadable {
    try {
      return wound ? AppCode.loadWound(engine, app, files) : AppCode.load(engine, app, files);
    } catch (CannotStart e) {
      throw new UserMistake(String.valueOf(e.getMessage()));
    }
  }

  private int run(Engine engine, AppCode code, GuestThreads threads, String app, PrintWriter out)
      throws InterruptedException {
    try (TestSuite suite = new TestSuite(engine, code, threads.guests(), PATIENCE)) {
      return run(suite, app, out);
    }
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
    if (!json) {
      out.println(
          "%s: %s, seed %d%s"
              .formatted(
                  app, Overview.counted(chosen.size(), "test"), seed, wound ? ", wound" : ""));
    }
    List<TestResult> results = new ArrayList<>();
    for (TestMethod test : chosen) {
      long begin = System.nanoTime();
      TestReport report = suite.run(test, new Seed(seed));
      results.add(new TestResult(report, (System.nanoTime() - begin) / 1e9));
      if (!json) {
        new TestLines(report, steps).print(out);
        out.flush();
      }
    }
    long failed = results.stream().filter(result -> !result.report().passed()).count();
    if (json) {
      printJson(app, results, out);
    } else {
      out.println(failed == 0 ? "all passed" : failed + " of " + chosen.size() + " failed");
    }
    if (junit != null) {
      new JUnitReport(
              app,
              Map.of("seed", String.valueOf(seed)),
              results.stream().map(TestResult::junit).toList())
          .write(junit);
    }
    return failed == 0 ? 0 : Parigot.MISTAKEN;
  }

  private void printJson(String app, List<TestResult> results, PrintWriter out) {
    record Answer(String app, long seed, boolean wound, List<TestResult.Json> tests) {}
    Answer answer = new Answer(app, seed, wound, results.stream().map(TestResult::json).toList());
    JsonMapper mapper = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    out.println(mapper.writeValueAsString(answer));
  }
}
