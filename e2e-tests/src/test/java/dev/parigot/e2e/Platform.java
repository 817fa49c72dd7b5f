package dev.parigot.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The platform as its user starts it: {@code ./parigot up} in a process of its own. */
final class Platform implements AutoCloseable {
  private static final Path ROOT =
      Path.of(System.getProperty("parigot.root", "..")).toAbsolutePath().normalize();

  private final Process process;
  private final int port;
  private final Path data;
  private final List<String> output = new ArrayList<>();
  private final CountDownLatch readyOrEnded = new CountDownLatch(1);
  private volatile boolean ready;

  private Platform(Process process, int port, Path data) {
    this.process = process;
    this.port = port;
    this.data = data;
    Thread.ofVirtual().start(this::readOutput);
  }

  /** Starts it and waits until it says that it is ready. */
  static Platform up(Path data) throws IOException, InterruptedException {
    return up(data, freePort());
  }

  static Platform up(Path data, int port) throws IOException, InterruptedException {
    return up(launch(data, port));
  }

  /** The same without the calls that warm it up: for journeys that start it often. */
  static Platform upCold(Path data) throws IOException, InterruptedException {
    return upCold(data, freePort());
  }

  static Platform upCold(Path data, int port) throws IOException, InterruptedException {
    return up(launch(data, port, Map.of("PARIGOT_REHEARSAL", "0s")));
  }

  /** The same with settings of the operator's, as variables of the environment. */
  static Platform upCold(Path data, int port, Map<String, String> settings)
      throws IOException, InterruptedException {
    Map<String, String> environment = new HashMap<>(settings);
    environment.put("PARIGOT_REHEARSAL", "0s");
    return up(launch(data, port, environment));
  }

  private static Platform up(Platform platform) throws InterruptedException {
    if (!platform.awaitReady()) {
      platform.kill();
      throw new AssertionError("the platform did not become ready:\n" + platform.output());
    }
    return platform;
  }

  /**
   * Starts it without waiting. {@code env} lets Ctrl-C reach it where tests run in the background.
   */
  static Platform launch(Path data, int port) throws IOException {
    return launch(data, port, Map.of());
  }

  private static Platform launch(Path data, int port, Map<String, String> environment)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                "env",
                "--default-signal=INT",
                "./parigot",
                "up",
                "--port",
                String.valueOf(port),
                "--data",
                data.toString())
            .directory(ROOT.toFile())
            .redirectErrorStream(true);
    builder.environment().putAll(environment);
    return new Platform(builder.start(), port, data);
  }

  static Path root() {
    return ROOT;
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  boolean awaitReady() throws InterruptedException {
    boolean told = readyOrEnded.await(3, TimeUnit.MINUTES);
    return told && ready;
  }

  /** Waits for its end and answers its exit code. */
  int awaitExit() throws InterruptedException {
    if (!process.waitFor(1, TimeUnit.MINUTES)) {
      throw new AssertionError("the platform did not end:\n" + output());
    }
    return process.exitValue();
  }

  int port() {
    return port;
  }

  Path data() {
    return data;
  }

  /** The console's address. */
  String url() {
    return "http://localhost:" + port;
  }

  /** The address of an app, for clients that resolve {@code *.localhost}. */
  String appUrl(String app) {
    return "http://" + app + ".localhost:" + port;
  }

  /** What it has printed. */
  String output() {
    synchronized (output) {
      return String.join("\n", output);
    }
  }

  /** As Ctrl-C does. */
  void interrupt() throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
  }

  /** As {@code kill -9} does: it gets no chance to tidy up. */
  void kill() throws InterruptedException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws IOException, InterruptedException {
    if (process.isAlive()) {
      interrupt();
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        kill();
      }
    }
  }

  private void readOutput() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (@Nullable String line = lines.readLine(); line != null; line = lines.readLine()) {
        synchronized (output) {
          output.add(line);
        }
        if (line.contains("Parigot is ready at")) {
          ready = true;
          readyOrEnded.countDown();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      readyOrEnded.countDown();
    }
  }
}
