package dev.parigot.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What a benchmark runs with: the repository, a folder of its own that ends with it, the peers, and
 * where figures are printed.
 */
final class Surroundings implements AutoCloseable {
  private final Path root;
  private final Path scratch;
  private final int seeds;
  private final PrintStream out;

  private Surroundings(Path root, Path scratch, int seeds, PrintStream out) {
    this.root = root;
    this.scratch = scratch;
    this.seeds = seeds;
    this.out = out;
  }

  /**
   * @param seeds see {@link #seeds}
   */
  static Surroundings of(Path root, int seeds, PrintStream out) throws IOException {
    return new Surroundings(
        root.toAbsolutePath().normalize(), Files.createTempDirectory("parigot-bench"), seeds, out);
  }

  /** How often what depends on chance is measured. */
  int seeds() {
    return seeds;
  }

  Path root() {
    return root;
  }

  Path file(String path) {
    return root.resolve("bench").resolve(path);
  }

  /** A new folder that is removed in the end. */
  Path folder(String name) throws IOException {
    return Files.createTempDirectory(scratch, name);
  }

  void print(String format, Object... arguments) {
    out.printf(format + "%n", arguments);
  }

  /** A program of the peers' packages; they are installed when first asked for. */
  Path peer(String program) throws IOException, InterruptedException {
    Path peers = file("peers");
    if (!Files.isDirectory(peers.resolve("node_modules"))) {
      print("Installing the peers with npm ...");
      run(peers, List.of("npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"));
    }
    return peers.resolve("node_modules").resolve(program);
  }

  /** What the command printed; an {@link IllegalStateException} with it if the command failed. */
  static String run(Path folder, List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (!process.waitFor(5, TimeUnit.MINUTES) || process.exitValue() != 0) {
      throw new IllegalStateException(String.join(" ", command) + " failed:\n" + output);
    }
    return output;
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.walk(scratch)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
