package dev.parigot.cli;

import dev.parigot.manifest.AppNames;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code parigot init}: makes a project that builds, tests and deploys as it stands. */
@Command(
    name = "init",
    description = {
      "Makes a folder with a service, its tests, a page that calls it and the SDK of the language.",
      "The modules lie in it compiled, so that it can be tested and pushed before a compiler is"
          + " there."
    })
final class InitCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "NAME",
      description = "the app's name, or the path of a folder that ends in it")
  private Path given = Path.of("");

  @Option(
      names = "--language",
      paramLabel = "LANGUAGE",
      converter = Language.Converter.class,
      defaultValue = "rust",
      description = "c, rust, assemblyscript or go (rust)")
  private Language language = Language.RUST;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    Path folder = given.toAbsolutePath().normalize();
    String name = nameOf(folder);
    refuseWhatIsThere(folder);
    try {
      new Project(name, language).write(folder);
    } catch (IOException e) {
      throw new UserMistake(given + " can't be written: " + e);
    }
    tell(name, spec.commandLine().getOut());
    return 0;
  }

  private String nameOf(Path folder) {
    String name = String.valueOf(folder.getFileName());
    if (!AppNames.isValid(name)) {
      throw wrong("\"" + name + "\" can't name an app. Use " + AppNames.RULE + "." + near(name));
    }
    if (AppNames.isReserved(name)) {
      throw wrong("\"" + name + "\" is reserved for the platform." + near(name));
    }
    return name;
  }

  private static String near(String name) {
    return AppNames.nearest(name).map(near -> " What about " + near + "?").orElse("");
  }

  private ParameterException wrong(String why) {
    return new ParameterException(spec.commandLine(), why);
  }

  /** All but the folder of git, which may be older than the first file. */
  private void refuseWhatIsThere(Path folder) throws IOException {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new UserMistake(given + " is a file. Choose another name.");
    }
    if (!Files.exists(folder)) {
      return;
    }
    try (DirectoryStream<Path> there = Files.newDirectoryStream(folder)) {
      for (Path each : there) {
        if (!each.endsWith(".git")) {
          throw new UserMistake(
              given + " is there, and not empty. Choose another name, or empty it.");
        }
      }
    }
  }

  private void tell(String name, PrintWriter out) {
    out.println(given + ": the app " + name + ", with a service in " + language.title());
    out.println("  cd " + given);
    out.println("  parigot check .     checks the manifest and the modules");
    out.println("  parigot test .      compiles by build.sh, and runs the tests");
    out.println("README.md tells what lies where, and how to deploy it.");
    out.flush();
  }
}
