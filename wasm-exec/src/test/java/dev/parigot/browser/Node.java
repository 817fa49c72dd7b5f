package dev.parigot.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The Node and the type checker that npm installs for the tests of the runtime, once a build
 * folder.
 */
final class Node {
  static final Path RUNTIME = Path.of("src/main/resources/dev/parigot/browser/runtime");
  static final Path SCRIPTS = Path.of("src/test/js");
  static final Path FOLDER = Path.of("target/js");

  private Node() {}

  /** Writes the modules of the runtime, each by itself; answers their folder. */
  static Path exported(Path folder) throws IOException {
    return exported(folder, Runtime.bundles());
  }

  static Path exported(Path folder, Map<String, Bundle> bundles) throws IOException {
    Path runtime = folder.resolve("runtime");
    for (Bundle bundle : bundles.values()) {
      for (String module : bundle.modules()) {
        Path file = runtime.resolve(module);
        Files.createDirectories(file.getParent());
        Files.writeString(file, Runtime.text(module));
      }
    }
    Files.writeString(runtime.resolve("package.json"), "{\"type\":\"module\"}");
    return runtime;
  }

  /** What came of cases of the conformance suite, a line of JSON for each. */
  static List<String> runCases(Path runtime, Path cases) throws IOException, InterruptedException {
    return run("run-conformance.mjs", runtime.toString(), cases.toString());
  }

  /** What one of the scripts prints; it must end well. */
  static List<String> run(String script, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(installed("node"));
    command.add(SCRIPTS.resolve(script).toString());
    command.addAll(List.of(arguments));
    return output(command);
  }

  /** The type checker's complaints. */
  static List<String> typeCheck(Path project) throws IOException, InterruptedException {
    return execute(List.of(installed("tsc"), "-p", project.toString())).lines();
  }

  private static synchronized String installed(String program)
      throws IOException, InterruptedException {
    Path binary = FOLDER.resolve("node_modules/.bin").resolve(program);
    if (!Files.exists(binary)) {
      if (!hasNpm()) {
        String missing = "the runtime's tests need npm, which is not on the path";
        if (System.getenv("CI") != null) {
          throw new AssertionError(missing);
        }
        System.err.println("SKIPPED: " + missing);
        abort(missing);
      }
      Files.createDirectories(FOLDER);
      for (String file : List.of("package.json", "package-lock.json")) {
        Files.copy(
            SCRIPTS.resolve(file), FOLDER.resolve(file), StandardCopyOption.REPLACE_EXISTING);
      }
      output(List.of("npm", "ci", "--no-audit", "--no-fund", "--prefix", FOLDER.toString()));
    }
    return binary.toString();
  }

  private static boolean hasNpm() throws InterruptedException {
    try {
      return new ProcessBuilder("npm", "--version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static List<String> output(List<String> command)
      throws IOException, InterruptedException {
    Ran ran = execute(command);
    assertThat(ran.exit()).as("%s printed %s", command, ran.lines()).isZero();
    return ran.lines();
  }

  private record Ran(int exit, List<String> lines) {}

  private static Ran execute(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    List<String> lines = process.inputReader().lines().toList();
    return new Ran(process.waitFor(), lines);
  }
}
