package dev.parigot.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A working copy, handled with the real git client. */
final class Git {
  /** What a git command printed on both streams, and how it ended. */
  record Result(int exit, String output) {
    Result mustSucceed() {
      if (exit != 0) {
        throw new AssertionError("git ended with " + exit + ":\n" + output);
      }
      return this;
    }
  }

  private final Path folder;

  private Git(Path folder) {
    this.folder = folder;
  }

  /** A new repository on branch main that holds a copy of the files. */
  static Git of(Path files, Path folder) throws IOException, InterruptedException {
    copy(files, folder);
    Git git = new Git(folder);
    git.run("init", "-q", "-b", "main").mustSucceed();
    git.commit("First");
    return git;
  }

  static Git clone(String remote, Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Git git = new Git(folder);
    git.run("clone", "-q", remote, ".").mustSucceed();
    return git;
  }

  Path folder() {
    return folder;
  }

  Git commit(String message) throws IOException, InterruptedException {
    run("add", "-A").mustSucceed();
    run("commit", "-q", "--allow-empty", "-m", message).mustSucceed();
    return this;
  }

  String head() throws IOException, InterruptedException {
    return run("rev-parse", "HEAD").mustSucceed().output().strip();
  }

  /** Pushes a branch; fails if the push is refused. */
  String push(String remote, String branch) throws IOException, InterruptedException {
    return run("push", remote, "HEAD:refs/heads/" + branch).mustSucceed().output();
  }

  Result run(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("git", "-c", "user.name=Ada", "-c", "user.email=ada@example.org"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("GIT_TERMINAL_PROMPT", "0");
    builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }
}
