package dev.parigot.cli;

import dev.parigot.local.TestMethod;
import dev.parigot.manifest.Blueprint;
import dev.parigot.manifest.Manifest;
import dev.parigot.timing.Explorer;
import dev.parigot.timing.Explorer.Exploration;
import dev.parigot.timing.Seed;
import dev.parigot.timing.StrategyKind;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code parigot timing}: runs the tests of an app under many orders of its host calls. */
@Command(
    name = "timing",
    description = {
      "Builds an app by the command of its manifest and runs its tests under many orders of what its"
          + " services do, each in a fresh app in memory: those whose module says timing = {…} in"
          + " the manifest, or all if none does.",
      "A test that fails in one is explained, and the order kept in a file for parigot replay. The"
          + " same modules and the same seed give the same."
    })
final class TimingCommand implements Callable<Integer> {
  private static final int SCHEDULES = 500;
  private static final Duration BETWEEN_NEWS = Duration.ofSeconds(5);

  @Mixin private AppFolder appFolder = new AppFolder();

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "decides the schedules and all that is random (1)")
  private long seed = 1;

  @Option(
      names = "--schedules",
      paramLabel = "N",
      description = "how many to run of each test (what the manifest says, or 500)")
  private @Nullable Integer schedules;

  @Option(
      names = "--strategy",
      paramLabel = "NAME",
      defaultValue = "mix",
      converter = StrategyName.class,
      description = "how schedules are made: ${COMPLETION-CANDIDATES} (mix: all in turn)")
  private StrategyKind strategy = StrategyKind.MIX;

  @Option(
      names = "--filter",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "only the tests whose name, module.method, contains this")
  private String filter = "";

  @Option(
      names = "--no-faults",
      description = "try orders only: no message twice, no instance that ends, no late clock")
  private boolean orderOnly;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "how many schedules to run at a time (one a core); the result is the same")
  private @Nullable Integer jobs;

  @Option(names = "--json", description = "as JSON")
  private boolean json;

  @Option(
      names = "--junit",
      paramLabel = "FILE",
      description = "write the results to that file too, as JUnit's XML, which CI servers read")
  private @Nullable Path junit;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException, IOException, Blueprint.Unreadable {
    if (schedules != null && schedules < 1) {
      throw new UserMistake("--schedules is a number from 1, not " + schedules);
    }
    if (jobs != null && jobs < 1) {
      throw new UserMistake("--jobs is a number from 1, not " + jobs);
    }
    Folder folder = appFolder.open();
    Build.run(folder);
    Blueprint app = Blueprint.read(folder);
    PrintWriter out = spec.commandLine().getOut();
    if (app.tests().isEmpty()) {
      out.println(folder.nameOf(app) + " has no tests: name a module of them under [tests].");
      return 0;
    }
    try (LoadedTests tests = new LoadedTests(app, folder)) {
      return run(tests, app, folder, out);
    }
  }

  private int run(LoadedTests tests, Blueprint app, Folder folder, PrintWriter out)
      throws InterruptedException, IOException, Blueprint.Unreadable {
    List<TestMethod> chosen = chosen(tests, app.manifest());
    String name = folder.nameOf(app);
    if (!json) {
      out.println(
          "%s: %s, seed %d, strategy %s"
              .formatted(name, Overview.counted(chosen.size(), "test"), seed, strategy));
    }
    List<TimingReport> reports = new ArrayList<>();
    for (TestMethod test : chosen) {
      TimingReport report = explore(tests, test, app, folder);
      reports.add(report);
      if (!json) {
        report.print(out);
        out.flush();
      }
    }
    long failed = reports.stream().filter(report -> !report.passed()).count();
    if (json) {
      printJson(name, reports, out);
    } else {
      out.println(
          failed == 0
              ? "no schedule failed a test"
              : failed + " of " + Overview.counted(chosen.size(), "test") + " failed");
    }
    if (junit != null) {
      new JUnitReport(
              name,
              Map.of("seed", String.valueOf(seed), "strategy", strategy.toString()),
              reports.stream().map(TimingReport::junit).toList())
          .write(junit);
    }
    return failed == 0 ? 0 : Parigot.MISTAKEN;
  }

  /** Those of the modules that ask for it, or of all if none does. */
  private List<TestMethod> chosen(LoadedTests tests, Manifest manifest) {
    boolean all = manifest.tests().values().stream().allMatch(each -> each.timing() == null);
    List<TestMethod> chosen =
        tests.matching(filter).stream()
            .filter(test -> all || timing(manifest, test) != null)
            .toList();
    if (chosen.isEmpty()) {
      throw new UserMistake("no such test is in a module whose entry has timing = {…}");
    }
    return chosen;
  }

  private static Manifest.@Nullable Timing timing(Manifest manifest, TestMethod test) {
    return Objects.requireNonNull(manifest.tests().get(test.module())).timing();
  }

  private TimingReport explore(LoadedTests tests, TestMethod test, Blueprint app, Folder folder)
      throws InterruptedException, IOException, Blueprint.Unreadable {
    Manifest.Timing timing = timing(app.manifest(), test);
    Set<String> services = timing == null ? Set.of() : Set.copyOf(timing.services());
    int most = schedules != null ? schedules : timing == null ? SCHEDULES : timing.schedules();
    long begin = System.nanoTime();
    Exploration exploration =
        new Explorer(strategy, new Seed(seed), services, orderOnly ? Map.of() : Explorer.FAULTS)
            .explore(
                tests.suite().trial(test, new Seed(seed)),
                most,
                news(test, most, begin),
                tests.workers(jobs == null ? Runtime.getRuntime().availableProcessors() : jobs));
    double seconds = (System.nanoTime() - begin) / 1e9;
    Explorer.Found found = exploration.found();
    Path trace = found == null ? null : new TraceFolder(folder).keep(app, test, seed, found);
    return new TimingReport(test, services, most, exploration, seconds, trace);
  }

  /** Tells every now and then how far it is. */
  private IntPredicate news(TestMethod test, int most, long begin) {
    PrintWriter errors = spec.commandLine().getErr();
    long[] told = {begin};
    return count -> {
      long now = System.nanoTime();
      if (now - told[0] >= BETWEEN_NEWS.toNanos()) {
        told[0] = now;
        errors.println(
            "  ..    %s: %d of %d schedules, %.0f a second"
                .formatted(test, count, most, count * 1e9 / (now - begin)));
        errors.flush();
      }
      return true;
    };
  }

  private void printJson(String name, List<TimingReport> reports, PrintWriter out) {
    record Answer(String app, long seed, String strategy, List<TimingReport.Json> tests) {}
    Answer answer =
        new Answer(
            name, seed, strategy.toString(), reports.stream().map(TimingReport::json).toList());
    JsonMapper mapper = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    out.println(mapper.writeValueAsString(answer));
  }
}
