package dev.parigot.cli;

import dev.parigot.local.TestMethod;
import dev.parigot.local.TestReport;
import dev.parigot.manifest.Blueprint;
import dev.parigot.timing.Choice;
import dev.parigot.timing.Replay;
import dev.parigot.timing.Seed;
import dev.parigot.timing.Trace;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code parigot replay}: repeats a run that {@code parigot timing} has kept. */
@Command(
    name = "replay",
    description = {
      "Builds an app by the command of its manifest, repeats a run of a test in the order of a trace"
          + " that parigot timing has kept, and prints it step by step.",
      "A trace holds the choices that the failure takes, by what they are about: most edits of the"
          + " app leave it as good as it was, and one that doesn't is told."
    })
final class ReplayCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "DIR", description = "the app's folder")
  private Path dir = Path.of(".");

  @Parameters(
      index = "1",
      paramLabel = "TRACE",
      description = "the trace's file, as DIR/timing/TEST.json")
  private Path file = Path.of("");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException, IOException, Blueprint.Unreadable {
    Folder folder = new Folder(dir);
    Trace trace = read();
    Build.run(folder);
    Blueprint app = Blueprint.read(folder);
    if (app.tests().isEmpty()) {
      throw new UserMistake(folder.nameOf(app) + " has no tests");
    }
    try (LoadedTests tests = new LoadedTests(app, folder)) {
      List<TestMethod> same =
          tests.suite().tests().stream()
              .filter(test -> test.toString().equals(trace.test()))
              .toList();
      if (same.isEmpty()) {
        throw new UserMistake("the trace is of the test " + trace.test() + ", which is gone");
      }
      return replay(tests, same.getFirst(), trace, new TraceFolder(folder).digests(app));
    }
  }

  private Trace read() throws IOException {
    try {
      return Trace.read(Files.readAllBytes(file));
    } catch (NoSuchFileException _) {
      throw new UserMistake("there is no file " + file);
    } catch (Trace.Unreadable e) {
      throw new UserMistake(file + " is no trace: " + e.getMessage());
    }
  }

  private int replay(LoadedTests tests, TestMethod test, Trace trace, Map<String, String> digests)
      throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Replay replay = new Replay(trace.choices());
    TestReport report = tests.suite().run(test, new Seed(trace.seed()), replay);
    out.println("%s, seed %d".formatted(test, trace.seed()));
    List<Choice> made = new ArrayList<>(trace.choices());
    made.removeAll(replay.left());
    new RunLines(report.steps(), made, List.of(), true).print(out);
    new TestLines(report, false).printResult(out);
    tellFit(replay, trace, digests, out);
    return report.passed() ? 0 : Parigot.MISTAKEN;
  }

  private static void tellFit(
      Replay replay, Trace trace, Map<String, String> digests, PrintWriter out) {
    List<String> changed =
        trace.modules().entrySet().stream()
            .filter(each -> !each.getValue().equals(digests.get(each.getKey())))
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
    if (!changed.isEmpty()) {
      out.println("changed since the trace was kept: " + String.join(", ", changed));
    }
    int all = trace.choices().size();
    List<Choice> left = replay.left();
    if (!left.isEmpty()) {
      out.println(
          "the trace fits no longer: %d of its %s did not come up"
              .formatted(left.size(), Overview.counted(all, "choice")));
      left.forEach(choice -> out.println("  " + Printable.of(told(choice))));
    }
  }

  private static String told(Choice choice) {
    return switch (choice) {
      case Choice.Switch(String instead, String next) -> next + ", instead of " + instead;
      case Choice.Strike(var fault, String at) -> "the platform " + fault.told() + " " + at;
    };
  }
}
