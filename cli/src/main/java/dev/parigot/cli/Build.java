package dev.parigot.cli;

import dev.parigot.manifest.Blueprint;
import dev.parigot.manifest.MalformedManifest;
import dev.parigot.manifest.ManifestReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The command of a manifest that makes the app's modules. */
final class Build {
  private Build() {}

  /**
   * Runs it, if there is one, in the app's folder; what it prints goes to this process's errors.
   */
  static void run(Folder folder) {
    String command = command(folder);
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

  /** Null without one; also where the manifest can't be read, which whoever reads the app tells. */
  private static @Nullable String command(Folder folder) {
    try {
      byte[] manifest = folder.read(Blueprint.MANIFEST);
      return ManifestReader.read(new String(manifest, StandardCharsets.UTF_8)).build();
    } catch (Blueprint.Unreadable | MalformedManifest e) {
      return null;
    }
  }
}
