package dev.parigot.cli;

import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/** The folder that a verb is about, as all verbs of an app take it. */
final class AppFolder {
  @Parameters(
      paramLabel = "DIR",
      arity = "0..1",
      defaultValue = ".",
      description = "the app's folder (this one)")
  private Path dir = Path.of(".");

  Path path() {
    return dir;
  }

  /** Throws {@link UserMistake} unless it is a folder. */
  Folder open() {
    return new Folder(dir);
  }
}
