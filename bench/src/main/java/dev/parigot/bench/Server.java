package dev.parigot.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A server under test, in a process of its own on the loopback. */
final class Server implements AutoCloseable {
  private final String name;
  private final Process process;
  private final int port;
  private final StringBuffer output = new StringBuffer();
  private final CountDownLatch readyOrEnded = new CountDownLatch(1);

  private Server(String name, Process process, int port) {
    this.name = name;
    this.process = process;
    this.port = port;
  }

  /** Starts a command that prints {@code ready} once it serves, and waits for that. */
  static Server start(
      String name,
      Path folder,
      int port,
      String ready,
      List<String> command,
      Map<String, String> environment)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().putAll(environment);
    Process process = builder.redirectErrorStream(true).start();
    Server server = new Server(name, process, port);
    Thread.ofVirtual().start(() -> server.read(ready));
    if (!server.readyOrEnded.await(5, TimeUnit.MINUTES) || !process.isAlive()) {
      server.close();
      throw new IllegalStateException(name + " did not start:\n" + server.output);
    }
    return server;
  }

  private void read(String ready) {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (@Nullable String line = lines.readLine(); line != null; line = lines.readLine()) {
        output.append(line).append('\n');
        if (line.contains(ready)) {
          readyOrEnded.countDown();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      readyOrEnded.countDown();
    }
  }

  String name() {
    return name;
  }

  int port() {
    return port;
  }

  long pid() {
    return process.pid();
  }

  /** The time that it has kept processors busy. */
  Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Its resident memory in MiB, as Linux counts it. */
  long residentMebibytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
            .filter(line -> line.startsWith("VmRSS:"))
            .map(line -> line.replaceAll("[^0-9]", ""))
            .mapToLong(Long::parseLong)
            .findFirst()
            .orElse(0)
        / 1024;
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }
}
