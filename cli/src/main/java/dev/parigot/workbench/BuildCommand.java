package dev.parigot.workbench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The command of a manifest that makes an app's modules from their sources. */
record BuildCommand(String command, Path folder) {
  /**
   * Runs it in the app's folder, and waits.
   *
   * @param lines gets what it prints, as it comes
   */
  Optional<Trouble> run(Consumer<String> lines) throws InterruptedException {
    StringJoiner output = new StringJoiner("\n");
    try {
      Process process =
          new ProcessBuilder("sh", "-c", command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .start();
      process.getOutputStream().close();
      try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
        for (@Nullable String line = reader.readLine(); line != null; line = reader.readLine()) {
          output.add(line);
          lines.accept(line);
        }
      }
      int exit = process.waitFor();
      return exit == 0
          ? Optional.empty()
          : Optional.of(
              new Trouble(
                  "`" + command + "` of [build] failed with exit code " + exit, output.toString()));
    } catch (IOException e) {
      return Optional.of(
          new Trouble(
              "`" + command + "` of [build] could not be run", String.valueOf(e.getMessage())));
    }
  }
}
