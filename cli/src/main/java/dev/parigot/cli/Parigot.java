package dev.parigot.cli;

import dev.parigot.manifest.MalformedApp;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code parigot}, which leads to its verbs. */
@Command(
    name = "parigot",
    description = "Makes, checks, runs, tests and winds apps of WASM services on this machine.",
    subcommands = {
      InitCommand.class,
      CheckCommand.class,
      LocalCommand.class,
      TestCommand.class,
      WindCommand.class
    },
    mixinStandardHelpOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:good",
      "1:your app has mistakes, or a test failed",
      "2:wrong usage",
      "3:Parigot itself failed"
    })
public final class Parigot {
  /** What the user gave is wrong. */
  static final int MISTAKEN = 1;

  /** Parigot itself failed. */
  static final int BROKEN = 3;

  private Parigot() {}

  public static void main(String... arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** The command, ready to be executed; its answer is the exit code. */
  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Parigot());
    line.setExecutionExceptionHandler((exception, command, _) -> {
      PrintWriter errors = command.getErr();
      switch (exception) {
        case MalformedApp malformed -> tell(errors, malformed);
        case UserMistake mistake -> errors.println("parigot: " + mistake.getMessage());
        default -> {
          errors.println("parigot: Parigot itself failed; please report this:");
          exception.printStackTrace(errors);
          return BROKEN;
        }
      }
      return MISTAKEN;
    });
    return line;
  }

  private static void tell(PrintWriter errors, MalformedApp malformed) {
    malformed.mistakes().forEach(errors::println);
    int count = malformed.mistakes().size();
    errors.println("parigot: " + count + (count == 1 ? " mistake" : " mistakes"));
  }
}
