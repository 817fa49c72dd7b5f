package dev.parigot.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkbenchTest {
  private static final Path TRACED = Path.of("../wasm-exec/src/test/resources/traced");
  private static final String[] HTML = {"Accept", "text/html"};
  private static final String MANIFEST =
      """
      [services.hello]
      wasm = "hello.wasm"
      public = true
      timeout = "500ms"

      [services.front]
      wasm = "front.wasm"
      public = true

      [services.counter]
      wasm = "counter.wasm"
      public = true

      [services.busy]
      wasm = "busy.wasm"
      public = true

      [services.hidden]
      wasm = "hello.wasm"

      [site]
      dir = "site"
      """;

  @TempDir Path folder;

  private LocalRun run() throws IOException, InterruptedException {
    return run(MANIFEST);
  }

  private LocalRun run(String manifest) throws IOException, InterruptedException {
    write(manifest);
    return LocalRun.of(folder);
  }

  private void write(String manifest) throws IOException {
    Files.createDirectories(folder.resolve("site"));
    Files.writeString(folder.resolve("site/index.html"), "<h1>first</h1>");
    LocalRun.write(folder, manifest, "hello", "front", "counter", "busy");
  }

  @Test
  void theAddressesAreThoseOfProduction() throws Exception {
    try (LocalRun run = run()) {
      assertThat(run.get("/").body()).isEqualTo("<h1>first</h1>");
      assertThat(run.get("/").headers().firstValue("Content-Type"))
          .contains("text/html; charset=utf-8");
      assertThat(run.post("/hello/echo", "{\"a\":1}").body()).isEqualTo("{\"a\":1}");
      assertThat(run.post("/front/relay", "over").body()).isEqualTo("over");
      HttpResponse<String> own = run.post("/hello/sold_out", "");
      assertThat(own.statusCode()).isEqualTo(422);
      assertThat(own.headers().firstValue("Parigot-Error")).contains("1234");
      assertThat(run.post("/hidden/echo", "x").statusCode()).isEqualTo(404);
      assertThat(run.get("/hello/echo").statusCode()).isEqualTo(405);
      assertThat(run.get("/index.html", "Range", "bytes=1-2").body()).isEqualTo("h1");
      assertThat(run.told("POST /hello/echo 200")).isTrue();
    }
  }

  /** As bytes: clients hide what is to be seen here. */
  @Test
  void connectionsGoOnAndForeignNamesAreRefused() throws Exception {
    try (LocalRun run = run();
        Socket socket = new Socket("127.0.0.1", run.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(head("HEAD / HTTP/1.1", "shop.localhost:" + run.port(), "X: 1"));
      out.write(head("GET / HTTP/1.1", "evil.example", "X: 1"));
      out.write(head("OPTIONS /hello/echo HTTP/1.1", "localhost", "Connection: close"));
      String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(answers.lines().filter(line -> line.startsWith("HTTP/1.1")))
          .extracting(line -> line.substring(9, 12))
          .containsExactly("200", "421", "204");
      assertThat(answers).contains("Content-length: 14\r\n").doesNotContain("<h1>");
      assertThat(answers).contains("Allow: POST, OPTIONS");
    }
  }

  private static byte[] head(String line, String host, String header) {
    return (line + "\r\nHost: " + host + "\r\n" + header + "\r\n\r\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void tooLargeABodyIsRefused() throws Exception {
    try (LocalRun run = run()) {
      assertThat(run.post("/hello/echo", "x".repeat((10 << 20) + 1)).statusCode()).isEqualTo(413);
      assertThat(run.post("/hello/echo", "x".repeat(50_000)).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aTrapIsTextForProgramsAndAPageForPeopleWithTheStack() throws Exception {
    try (LocalRun run = run()) {
      HttpResponse<String> text = run.post("/front/relay_trap", "");
      assertThat(text.statusCode()).isEqualTo(500);
      assertThat(text.body())
          .startsWith("front.relay_trap trapped: unreachable\n  at hello.trap\n")
          .contains("\n  at front.relay_trap");
      assertThat(run.told("front 4 front.relay_trap trapped")).isTrue();

      HttpResponse<String> page = run.post("/hello/trap", "<x>", HTML);
      assertThat(page.statusCode()).isEqualTo(500);
      assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
      assertThat(page.body())
          .contains("<h1>hello.trap trapped</h1>", "unreachable", "<code>hello.trap</code>");
    }
  }

  @Test
  void thePageShowsTheSourceAroundTheLine() throws Exception {
    for (String file : List.of("price-ts.wasm", "price-ts.wasm.map", "price.ts")) {
      Files.copy(TRACED.resolve(file), folder.resolve(file));
    }
    Files.writeString(
        folder.resolve("parigot.toml"),
        "[services.price]\nwasm = \"price-ts.wasm\"\npublic = true\n");
    try (LocalRun run = LocalRun.of(folder)) {
      assertThat(run.post("/price/total", "[0]").body())
          .contains("at price.price/price (price.ts:5)", " (price.ts:10)");
      String page = run.post("/price/total", "[0]", HTML).body();
      assertThat(page)
          .containsOnlyOnce("<details open>")
          .contains("<code>price.price/price</code> <span class=\"where\">price.ts:5</span>")
          .contains("<span class=\"here\">5    return 9900 / pieces;</span>")
          .contains("<span class=\"here\">10    sum += pieces * price(pieces);</span>")
          .contains("if (pieces &gt; 1000)");
    }
  }

  @Test
  void unwoundATrapIsAnErrorForTheCallerAndBothAreTold() throws Exception {
    write(MANIFEST);
    try (LocalRun run = new LocalRun(folder, Map.of(), false)) {
      assertThat(run.post("/front/relay", "over").body()).isEqualTo("over");
      assertThat(run.post("/front/relay_trap", "", HTML).body())
          .contains("<h1>front.relay_trap failed with 500</h1>")
          .contains("<h2>Before that: hello.trap trapped</h2>", "<code>trap</code>");
    }
  }

  @Test
  void aCallWithoutEndIsEndedByItsTimeout() throws Exception {
    try (LocalRun run = run()) {
      HttpResponse<String> response = run.post("/hello/spin", "");
      assertThat(response.statusCode()).isEqualTo(408);
      assertThat(response.body()).startsWith("hello.spin took too long");
    }
  }

  @Test
  void aChangedModuleAndAChangedSiteAreServedAndWhatWasStoredIsKept() throws Exception {
    try (LocalRun run = run()) {
      assertThat(run.post("/counter/increment", "").statusCode()).isEqualTo(200);
      String count = run.post("/counter/read", "").body();
      int state = run.workbench().state();

      LocalRun.copy(folder, "counter", "busy");
      LocalRun.until("the new module", () -> status(run, "/busy/read") == 200);
      assertThat(run.post("/busy/read", "").body()).isEqualTo(count);
      assertThat(run.get("/.parigot/state").body()).isNotEqualTo("" + state);

      LocalRun.replace(folder.resolve("site/index.html"), "second".getBytes());
      assertThat(run.get("/").body()).isEqualTo("second");
    }
  }

  private static int status(LocalRun run, String path) {
    try {
      return run.post(path, "").statusCode();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aCallInProgressEndsInTheVersionThatItBeganIn() throws Exception {
    try (LocalRun run = run()) {
      CompletableFuture<HttpResponse<String>> slow = CompletableFuture.supplyAsync(() -> slow(run));
      Thread.sleep(300);
      LocalRun.copy(folder, "counter", "busy");
      LocalRun.until("the new module", () -> status(run, "/busy/read") == 200);

      assertThat(slow.join().body()).isEqualTo("rested");
    }
  }

  private static HttpResponse<String> slow(LocalRun run) {
    try {
      return run.post("/busy/nap", "");
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatIsBrokenIsShownInTheBrowserWhileTheVersionBeforeGoesOn() throws Exception {
    try (LocalRun run = run()) {
      Files.writeString(
          folder.resolve("parigot.toml"), MANIFEST.replace("public = true", "pubic = true"));
      LocalRun.until("the mistake", () -> run.told("The app has 4 mistakes"));

      HttpResponse<String> page = run.get("/", HTML);
      assertThat(page.statusCode()).isEqualTo(503);
      assertThat(page.body()).contains("parigot.toml:3:1", "Did you mean `public`?");
      assertThat(run.post("/hello/echo", "still").body()).isEqualTo("still");
      assertThat(run.get("/").body()).isEqualTo("<h1>first</h1>");

      Files.writeString(folder.resolve("parigot.toml"), MANIFEST);
      LocalRun.until("the cure", () -> body(run, "/").equals("<h1>first</h1>"));
    }
  }

  private static String body(LocalRun run, String path) {
    try {
      return run.get(path, HTML).body();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void anAppThatIsBrokenFromTheStartIsServedOnceItIsMended() throws Exception {
    Files.writeString(folder.resolve("parigot.toml"), "[services.hello]\nwasm = \"hello.wasm\"\n");
    try (LocalRun run = LocalRun.of(folder)) {
      HttpResponse<String> broken = run.post("/hello/echo", "x");
      assertThat(broken.statusCode()).isEqualTo(503);
      assertThat(broken.body()).contains("The app has 1 mistake", "there is no file hello.wasm");

      LocalRun.write(folder, "[services.hello]\nwasm = \"hello.wasm\"\npublic = true\n", "hello");
      LocalRun.until("the cure", () -> status(run, "/hello/echo") == 200);
    }
  }

  @Test
  void aChangedSourceIsBuiltAndAFailedBuildIsShown() throws Exception {
    Files.createDirectories(folder.resolve("out"));
    LocalRun.copy(folder, "hello", "a");
    LocalRun.copy(folder, "counter", "b");
    Files.writeString(folder.resolve("source.txt"), "a");
    Files.writeString(
        folder.resolve("parigot.toml"),
        """
        [services.hello]
        wasm = "out/hello.wasm"
        public = true
        [build]
        command = "date +%N >log.txt; cp $(cat source.txt).wasm out/hello.wasm"
        """);
    try (LocalRun run = LocalRun.of(folder)) {
      assertThat(run.post("/hello/echo", "built").body()).isEqualTo("built");

      Files.writeString(folder.resolve("source.txt"), "b");
      LocalRun.until("the next build", () -> status(run, "/hello/read") == 200);
      Files.writeString(folder.resolve("source.txt"), "missing");
      LocalRun.until("the failure", () -> run.told("failed with exit code 1\n"));
      assertThat(run.get("/", HTML).body()).contains("of [build] failed", "missing.wasm");
      assertThat(status(run, "/hello/read")).isEqualTo(200);

      long builds = builds(run);
      Thread.sleep(1_000);
      assertThat(builds(run)).as("what the build writes is built no more").isEqualTo(builds);
    }
  }

  private static long builds(LocalRun run) {
    return run.journal.stream().filter(line -> line.startsWith("building: ")).count();
  }

  @Test
  void messagesAreDeliveredAgainUntilTheirAttemptsAreOver() throws Exception {
    String queue = "[queues.letters]\ndeliver = \"counter.refuse\"\nattempts = 2\n";
    try (LocalRun run = run(MANIFEST + queue)) {
      assertThat(run.post("/busy/write", "tea").statusCode()).isEqualTo(200);
      LocalRun.until("both attempts", () -> run.told("is given up after 2 attempts"));
      assertThat(run.post("/counter/refuse", "").statusCode())
          .as("what a queue calls is called by nobody else")
          .isEqualTo(404);
    }
  }

  @Test
  void aScheduleIsRunWhenAskedFor() throws Exception {
    String cron =
        "[cron.hourly]\nschedule = \"30 3 * * *\"\ntimezone = \"UTC\"\ncall ="
            + " \"counter.increment\"\n";
    try (LocalRun run = run(MANIFEST + cron)) {
      String before = run.post("/counter/read", "").body();
      assertThat(run.workbench().runCron("hourly")).isPresent();
      assertThat(run.post("/counter/read", "").body()).isNotEqualTo(before);
      assertThat(run.workbench().runCron("absent")).isEmpty();
    }
  }

  @Test
  void aServiceCanBeCalledWhereItRunsElsewhere() throws Exception {
    Path other = Files.createDirectory(folder.resolve("other"));
    Files.createDirectories(other.resolve("site"));
    Files.writeString(other.resolve("site/index.html"), "");
    LocalRun.write(other, MANIFEST, "hello", "front", "counter", "busy");
    try (LocalRun elsewhere = LocalRun.of(other)) {
      Files.createDirectories(folder.resolve("site"));
      Files.writeString(folder.resolve("site/index.html"), "");
      LocalRun.write(folder, MANIFEST, "hello", "front", "counter", "busy");
      String url = "http://shop.localhost:" + elsewhere.port();
      try (LocalRun run = new LocalRun(folder, Map.of("hello", new Elsewhere.Open(url)), true)) {
        assertThat(run.post("/front/relay", "far").body()).isEqualTo("far");
        assertThat(elsewhere.told("POST /hello/echo 200")).isTrue();
        HttpResponse<String> own = run.post("/hello/sold_out", "");
        assertThat(own.statusCode()).isEqualTo(422);
        assertThat(own.headers().firstValue("Parigot-Error")).contains("1234");
        assertThat(own.body()).isEqualTo("sold out");
        elsewhere.close();
        assertThat(run.post("/hello/echo", "").statusCode()).isEqualTo(503);
      }
    }
  }
}
