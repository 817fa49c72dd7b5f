package dev.parigot.cli;

import dev.parigot.history.Checker;
import dev.parigot.history.History;
import dev.parigot.history.Verdict;
import dev.parigot.history.Violation;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code parigot history}: records what happens to an app, and holds it to the contract. */
@Command(
    name = "history",
    description = {
      "Records for some seconds what the platform does to an app: calls, the store, queues, timers and"
          + " schedules. Then holds that to the contract that timing tests keep, and tells what was not"
          + " as it has to be.",
      "Of values and messages only digests are recorded; keys and names are recorded as they are."
    },
    subcommands = HistoryCommand.Check.class)
final class HistoryCommand extends BranchVerb {
  @Option(
      names = {"-n", "--seconds"},
      paramLabel = "N",
      defaultValue = "10",
      description = "how long, 60 at most (10)")
  private int seconds = 10;

  @Option(names = "-o", paramLabel = "FILE", description = "keep the history, as lines of JSON")
  private @Nullable Path file;

  @Option(
      names = "--alone",
      description =
          "the platform has a single node, though its database could have more: so the store is"
              + " checked, too")
  private boolean alone;

  @Override
  int run() {
    if (seconds < 1 || seconds > 60) {
      throw wrongUsage("--seconds is a number from 1 to 60");
    }
    String lines = platform().postForText(path("/history?seconds=" + seconds + "&alone=" + alone));
    if (file != null) {
      try {
        Files.writeString(file, lines);
      } catch (IOException e) {
        throw new UserMistake("can't write " + file + ": " + e.getMessage());
      }
    }
    return tell(read("what the platform answered", lines), out());
  }

  private static History read(String what, String lines) {
    try {
      return History.read(lines);
    } catch (History.Unreadable e) {
      throw new UserMistake(what + " is no history: " + e.getMessage());
    }
  }

  private static int tell(History history, PrintWriter out) {
    Verdict verdict = Checker.check(history);
    out.println(
        "%s, from %s: %s"
            .formatted(
                Printable.of(history.app()),
                history.began(),
                Overview.counted(history.events().size(), "event")));
    for (Violation violation : verdict.violations()) {
      out.println(
          "%s: %s (events %d and %d)"
              .formatted(
                  violation.rule(),
                  Printable.of(violation.sentence()),
                  violation.first().span().begin(),
                  violation.second().span().begin()));
    }
    verdict.undecided().forEach(each -> out.println("not checked: " + Printable.of(each)));
    int count = verdict.violations().size();
    out.println(
        count == 0
            ? "All of it is as the contract allows."
            : "The contract does not allow " + Overview.counted(count, "thing") + " of it.");
    return count == 0 ? 0 : Parigot.MISTAKEN;
  }

  /** {@code parigot history check}: without a platform. */
  @Command(name = "check", description = "Holds a history that was kept to the contract.")
  static final class Check implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "FILE", description = "the history")
    private Path file = Path.of("");

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
      try {
        return tell(
            HistoryCommand.read(file.toString(), Files.readString(file)),
            spec.commandLine().getOut());
      } catch (NoSuchFileException _) {
        throw new UserMistake("there is no file " + file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
