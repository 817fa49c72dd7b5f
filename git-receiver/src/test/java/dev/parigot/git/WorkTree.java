package dev.parigot.git;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A developer's clone, driven by the git command itself. */
record WorkTree(Path folder) {
  /** What a git command printed, and how it ended. */
  record Result(int exit, String output) {}

  static WorkTree init(Path folder, String remote) throws Exception {
    Files.createDirectories(folder);
    WorkTree tree = new WorkTree(folder);
    tree.ok("init", "-q", "-b", "main");
    tree.ok("remote", "add", "parigot", remote);
    return tree;
  }

  WorkTree write(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, text);
    return this;
  }

  String commit(String message) throws Exception {
    ok("add", "-A");
    ok("commit", "-q", "--allow-empty", "-m", message);
    return ok("rev-parse", "HEAD").strip();
  }

  String ok(String... arguments) throws Exception {
    Result result = git(arguments);
    if (result.exit != 0) {
      throw new AssertionError("git " + String.join(" ", arguments) + ": " + result.output);
    }
    return result.output;
  }

  Result git(String... arguments) throws Exception {
    return ended(start(arguments));
  }

  /** Runs a command that reads {@code input} and must succeed. */
  void fed(String input, String... arguments) throws Exception {
    Process process = start(arguments);
    try (Writer writer = process.outputWriter(StandardCharsets.UTF_8)) {
      writer.write(input);
    }
    Result result = ended(process);
    if (result.exit != 0) {
      throw new AssertionError("git " + String.join(" ", arguments) + ": " + result.output);
    }
  }

  private static Result ended(Process process) throws Exception {
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("git hangs: " + output);
    }
    return new Result(process.exitValue(), output);
  }

  Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder
        .environment()
        .putAll(
            Map.of(
                "GIT_CONFIG_GLOBAL", "/dev/null",
                "GIT_CONFIG_NOSYSTEM", "1",
                "GIT_TERMINAL_PROMPT", "0",
                "GIT_AUTHOR_NAME", "Ada",
                "GIT_AUTHOR_EMAIL", "ada@example.org",
                "GIT_COMMITTER_NAME", "Ada",
                "GIT_COMMITTER_EMAIL", "ada@example.org",
                "LC_ALL", "C"));
    return builder.start();
  }
}
