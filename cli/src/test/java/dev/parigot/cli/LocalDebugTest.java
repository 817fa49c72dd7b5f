package dev.parigot.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code parigot local --debug}, with a debugger that follows a script. */
class LocalDebugTest {
  private static final Path APP =
      Path.of("../wasm-exec/src/test/resources/apps/debugged").toAbsolutePath().normalize();

  /** Of basket.c, where it calls tax. */
  private static final int CALL = 16;

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient http = HttpClient.newHttpClient();
  private final StringWriter out = new StringWriter();
  private Thread command = new Thread();

  @TempDir private Path folder;

  @AfterEach
  void stop() throws InterruptedException {
    command.interrupt();
    command.join();
    http.close();
  }

  @Test
  void aDebuggerStopsAtALineReadsALocalAndStepsIntoAnotherService() throws Exception {
    run(APP);
    assertThat(told("(.*) can be debugged: basket.c")).isNotEmpty();
    try (DapClient client = attach()) {
      CompletableFuture<Byte> total = total();
      DapClient.Stop stop = client.stopped();
      assertThat(stop.at()).isEqualTo(APP.resolve("basket.c") + ":" + CALL);
      assertThat(client.local(stop, "net")).isEqualTo("50");

      client.go("stepIn", stop);
      stop = client.stopped();
      assertThat(stop.at()).isEqualTo(APP.resolve("tax.c") + ":6");
      client.go("next", stop);
      stop = client.stopped();
      assertThat(stop.at()).isEqualTo(APP.resolve("tax.c") + ":7");
      assertThat(client.local(stop, "net")).isEqualTo("50");

      client.go("continue", stop);
      assertThat(total.get()).isEqualTo((byte) 60);
    }
  }

  @Test
  void aDebuggerThatHangsUpLetsAPausedCallGoOnAndTheNextOneFindsTheAppAgain() throws Exception {
    run(APP);
    DapClient client = attach();
    CompletableFuture<Byte> total = total();
    client.stopped();
    client.close();
    assertThat(total.get()).isEqualTo((byte) 60);

    try (DapClient next = attach()) {
      total = total();
      next.go("continue", next.stopped());
      assertThat(total.get()).isEqualTo((byte) 60);
    }
  }

  @Test
  void aDebuggerOfAnAppThatChangesIsToldToBeginAgain() throws Exception {
    for (String file : List.of("parigot.toml", "basket.wasm", "tax.wasm", "basket.c")) {
      Files.copy(APP.resolve(file), folder.resolve(file));
    }
    run(folder);
    String basket = folder.resolve("basket.c").toString();
    try (DapClient client = DapClient.attached(debugPort(), basket, CALL)) {
      CompletableFuture<Byte> total = total();
      client.stopped();
      Files.copy(APP.resolve("added-dwarf-4.wasm"), folder.resolve("added.wasm"));
      Files.writeString(
          folder.resolve("parigot.toml"),
          "[services.added]\nwasm = \"added.wasm\"\n",
          StandardOpenOption.APPEND);

      assertThat(client.event("terminated").path("restart").asBoolean()).isTrue();
      assertThat(total.get()).as("of the call that was paused").isEqualTo((byte) 60);
    }
    try (DapClient client = DapClient.attached(debugPort(), basket, CALL)) {
      CompletableFuture<Byte> total = total();
      client.go("continue", client.stopped());
      assertThat(total.get()).isEqualTo((byte) 60);
    }
  }

  @Test
  void aSecondDebuggerIsToldThatThereIsOneAlready() throws Exception {
    run(APP);
    try (DapClient first = attach();
        DapClient second = new DapClient(debugPort())) {
      assertThat(second.event("output").path("output").asString())
          .isEqualTo("Another debugger is attached to this app.\n");
      second.event("terminated");
      assertThat(first.request("threads", "{}").path("threads").isArray()).isTrue();
    }
  }

  @Test
  void whenTheCommandEndsSoDoAPausedCallAndTheDebugger() throws Exception {
    run(APP);
    try (DapClient client = attach()) {
      CompletableFuture<Byte> total = total();
      client.stopped();
      command.interrupt();
      client.event("terminated");
      assertThatThrownBy(() -> client.event("stopped")).isInstanceOf(IOException.class);
      command.join();
      assertThat(total.handle((_, _) -> "ended").get()).isEqualTo("ended");
    }
  }

  @Test
  void dwarf5AndNoDebuggingInformationAreToldWithTheFlagsThatMendThem() throws Exception {
    Files.copy(APP.resolve("added-dwarf-5.wasm"), folder.resolve("five.wasm"));
    Files.copy(APP.resolve("added-bare.wasm"), folder.resolve("bare.wasm"));
    Files.writeString(
        folder.resolve("parigot.toml"),
        """
        [services.five]
        wasm = "five.wasm"
        [services.bare]
        wasm = "bare.wasm"
        """);
    run(folder);

    assertThat(told("five +warn (.*)"))
        .isEqualTo(
            "can't be debugged: it has debugging information of DWARF 5, and the debugger reads"
                + " DWARF 4; compile it with -gdwarf-4");
    assertThat(told("bare +warn (.*)"))
        .isEqualTo(
            "can't be debugged: it has no debugging information; compile it with it (C and C++:"
                + " -g -O0 -gdwarf-4, and no --strip-all)");
  }

  @Test
  void aPortThatIsInUseIsToldWithItsOption() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Ran ran =
          Ran.parigot("local", APP.toString(), "--fresh", "--debug", "" + taken.getLocalPort());

      assertThat(ran.exit()).isEqualTo(1);
      assertThat(ran.errors())
          .contains("port " + taken.getLocalPort() + " is in use; choose another one with --debug");
    }
    assertThat(Ran.parigot("local", APP.toString(), "--debug", "70000").exit()).isEqualTo(2);
  }

  private void run(Path app) {
    CommandLine line = new Parigot(Path.of(""), Map.of(), Reader.nullReader()).commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(new StringWriter()));
    command =
        new Thread(
            () -> line.execute("local", app.toString(), "--fresh", "--port", "0", "--debug", "0"));
    command.start();
    told("Parigot runs it at (.*)/ until");
  }

  /** What the group of a pattern is in what the command prints, which is waited for. */
  private String told(String pattern) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end && command.isAlive()) {
      Matcher line = Pattern.compile(pattern).matcher(out.toString());
      if (line.find()) {
        return line.group(1);
      }
      Thread.onSpinWait();
    }
    throw new AssertionError("not told: " + pattern + "\n" + out);
  }

  private int debugPort() {
    return Integer.parseInt(told("Debuggers come to localhost:(\\d+)"));
  }

  private DapClient attach() throws IOException {
    return DapClient.attached(debugPort(), APP.resolve("basket.c").toString(), CALL);
  }

  /** What the basket says of two prices, 20 and 30, with a fifth for the tax. */
  private CompletableFuture<Byte> total() {
    URI basket = URI.create(told("Parigot runs it at (.*)/ until") + "/basket/total");
    HttpRequest request =
        HttpRequest.newBuilder(basket)
            .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[] {20, 30}))
            .build();
    return http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray())
        .thenApply(response -> response.body()[0]);
  }
}
