package dev.parigot.cli;

import dev.parigot.manifest.Blueprint;
import dev.parigot.manifest.LooksSecret;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code parigot check}: finds every mistake of an app that can be found without running it. */
@Command(
    name = "check",
    description = {
      "Checks the manifest and the modules of an app, and prints its services and their calls.",
      "Builds and runs nothing."
    })
final class CheckCommand implements Callable<Integer> {
  @Mixin private AppFolder folder = new AppFolder();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    Folder files = folder.open();
    Blueprint app = Blueprint.read(files);
    new Overview(files.nameOf(app), app).print(spec.commandLine().getOut());
    LooksSecret.warnings(app.manifest().config())
        .forEach(each -> spec.commandLine().getErr().println("Warning: " + each));
    return 0;
  }
}
