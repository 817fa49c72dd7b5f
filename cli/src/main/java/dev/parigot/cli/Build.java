package dev.parigot.cli;

import dev.parigot.manifest.Manifest;
import java.io.IOException;

/** The command of a manifest that makes the app's modules. */
final class Build {
  private Build() {}

  /**
   * Runs it, if there is one, in the app's folder; what it prints goes to this process's errors.
   */
  static void run(Folder folder) {
    String command = folder.manifest().map(Manifest::build).orElse(null);
    if (command == null) {
      return;
    }
    int exit;
    try {
      exit =
          new ProcessBuilder("sh", "-c", "exec >&2; " + command)
              .directory(folder.path().toFile())
              .inheritIO()
              .start()
              .waitFor();
    } catch (IOException e) {
      throw new UserMistake("`" + command + "` of [build] could not be run: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserMistake("`" + command + "` of [build] was interrupted");
    }
    if (exit != 0) {
      throw new UserMistake("`" + command + "` of [build] failed with exit code " + exit);
    }
  }
}
