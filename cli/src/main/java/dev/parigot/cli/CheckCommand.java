package dev.parigot.cli;

import dev.parigot.manifest.Blueprint;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code parigot check}: finds every mistake of an app that can be found without running it. */
@Command(
    name = "check",
    description = {
      "Checks the manifest and the modules of an app, and prints its services and their calls.",
      "Builds and runs nothing."
    })
final class CheckCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "DIR",
      arity = "0..1",
      defaultValue = ".",
      description = "the app's folder (this one)")
  private Path dir = Path.of(".");

  @Option(names = "--help", usageHelp = true, description = "print this")
  private boolean help;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    Folder folder = new Folder(dir);
    Blueprint app = Blueprint.read(folder);
    new Overview(folder.nameOf(app), app).print(spec.commandLine().getOut());
    return 0;
  }
}
