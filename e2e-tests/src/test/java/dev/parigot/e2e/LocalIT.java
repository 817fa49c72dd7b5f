package dev.parigot.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An app on its developer's machine, {@code ./parigot local}, in a browser. */
class LocalIT {
  private static final int KILLS = 5;
  private static final Duration KILL_AFTER = Duration.ofMillis(100);

  @TempDir Path folder;

  @Test
  void anAppIsServedAndFollowsItsFilesAndSaysInTheBrowserWhatIsWrong() throws Exception {
    Path shop = copy(Platform.root().resolve("examples/shop"), folder.resolve("shop"));
    try (Running local = Running.start(shop);
        Browsers browsers = Browsers.open();
        BrowserContext visitor = browsers.visitor()) {
      Page page = visitor.newPage();
      page.navigate(local.url("shop"));
      assertThat(page.getByText("Béret").first()).isVisible();
      Browsers.screenshot(page, "local-shop");
      page.getByText("Sign in", new Page.GetByTextOptions().setExact(true)).click();
      page.getByText("Sign up", new Page.GetByTextOptions().setExact(true)).click();
      page.getByLabel("E-mail").fill("ada@example.org");
      page.getByLabel("Password").fill("correct horse");
      page.locator("button").click();
      assertThat(page.locator("#customer")).hasText("ada");

      Path index = shop.resolve("site/index.html");
      String before = Files.readString(index);
      Files.writeString(index, before.replaceFirst("<title>[^<]*", "<title>Changed"));
      page.reload();
      assertThat(page).hasTitle("Changed");

      Path manifest = shop.resolve("parigot.toml");
      String good = Files.readString(manifest);
      Files.writeString(manifest, good.replaceFirst("public", "pubic"));
      local.await("The app has 1 mistake");
      page.reload();
      Locator title = page.locator("h1");
      assertThat(title).hasText("The app has 1 mistake");
      assertThat(page.getByText("Did you mean `public`?")).isVisible();
      Browsers.screenshot(page, "local-mistake");

      // It comes back by itself.
      Files.writeString(manifest, good);
      assertThat(page).hasTitle("Changed");
    }
  }

  @Test
  void aTrapIsAPageWithTheStackByLineWhichComesBackWhenItIsMended() throws Exception {
    resource("broken.wasm", "web.wasm");
    resource("broken.c", "broken.c");
    Files.writeString(
        folder.resolve("parigot.toml"),
        "[services.web]\nwasm = \"web.wasm\"\npublic = [\"http\"]\n");
    try (Running local = Running.start(folder);
        Browsers browsers = Browsers.open();
        BrowserContext phone = browsers.visitor(390, 844, ColorScheme.DARK)) {
      Page page = phone.newPage();
      page.navigate(local.url("trapped") + "web/");
      assertThat(page.locator("h1")).hasText("web.http trapped");
      assertThat(page.locator("li"))
          .containsText(
              new String[] {
                "web.price broken.c:16", "web.total_of_the_cart broken.c:20", "broken.c:24"
              });
      assertThat(page.locator(".here:visible")).containsText("return 4500 / pieces;");
      page.getByText("web.total_of_the_cart").click();
      assertThat(page.locator(".here:visible").nth(1)).containsText("490 + price(pieces)");
      Browsers.screenshot(page, "local-trap-phone");
      assertThat((int) page.evaluate("document.documentElement.scrollWidth"))
          .isLessThanOrEqualTo(390);

      resource("mended.wasm", "web.wasm");
      assertThat(page).hasTitle("Mended");
    }
  }

  @Test
  void schedulesAndQueuesRunAndWhatWasStoredOutlivesKills() throws Exception {
    Path root = Platform.root();
    Files.copy(
        root.resolve("wasm-exec/src/test/resources/apps/race/counter.wasm"),
        folder.resolve("counter.wasm"));
    Files.copy(
        root.resolve("cli/src/test/resources/modules/busy.wasm"), folder.resolve("busy.wasm"));
    Files.writeString(
        folder.resolve("parigot.toml"),
        """
        [services.counter]
        wasm = "counter.wasm"
        public = ["read", "increment"]
        timeout = "2m"               # the first call comes while all is still being started
        [services.worker]
        wasm = "counter.wasm"
        [services.busy]
        wasm = "busy.wasm"
        public = ["write"]
        [cron.nightly]
        schedule = "0 0 1 1 *"
        call = "worker.increment"
        [queues.letters]
        deliver = "worker.increment"
        """);
    int acknowledged = 0;
    try (Running local = Running.start(folder, "--cron", "nightly")) {
      local.awaitCount(1);
      assertThat(local.post("busy/write")).isNotNull();
      local.awaitCount(2);
      acknowledged = 2 + local.incrementUntilKilled();
    }
    for (int kill = 1; kill < KILLS; kill++) {
      try (Running local = Running.start(folder)) {
        acknowledged = atLeast(acknowledged, local) + local.incrementUntilKilled();
      }
    }
    try (Running local = Running.start(folder)) {
      var _ = atLeast(acknowledged, local);
    }
  }

  @Test
  void aPrivateServiceRunsWhereItsOwnerIsSignedIn() throws Exception {
    Path modules = Platform.root().resolve("platform-core/src/test/resources/modules");
    for (String module : List.of("hello", "front")) {
      Files.copy(modules.resolve(module + ".wasm"), folder.resolve(module + ".wasm"));
    }
    Files.writeString(
        folder.resolve("parigot.toml"),
        """
        name = "shop"
        [services.hello]
        wasm = "hello.wasm"
        [services.front]
        wasm = "front.wasm"
        public = true
        """);
    Path home = folder.resolve("home");
    Map<String, String> signedIn = Map.of("XDG_CONFIG_HOME", home.toString());
    try (Platform platform = Platform.upCold(folder.resolve("data"))) {
      Rest ada = Rest.signUp(platform, "ada@example.org", "correct horse");
      ada.post("apps", Map.of("name", "shop")).mustBe(201);
      parigot(signedIn, "ada@example.org\ncorrect horse\n", "login", platform.url());
      parigot(signedIn, "", "deploy", folder.toString());
      String remote = "hello=" + platform.appUrl("shop");

      assertThat(
              parigot(
                  Map.of("XDG_CONFIG_HOME", folder.toString()),
                  "",
                  "local",
                  folder.toString(),
                  "--port",
                  "0",
                  "--remote",
                  remote))
          .contains("nothing of it is public there");
      try (Running local = Running.start(folder, signedIn, "--remote", remote)) {
        assertThat(local.post("front/relay", "far"))
            .isEqualTo("far".getBytes(StandardCharsets.UTF_8));
      }
      assertThat(ada.get("apps/shop/logs?service=parigot").mustBe(200).text())
          .contains("ada@example.org called hello.echo from elsewhere: 3 bytes");
      try (Browsers browsers = Browsers.open();
          BrowserContext owner = browsers.visitor()) {
        Page console = owner.newPage();
        console.navigate(platform.url() + "/login");
        console.locator("#email input").fill("ada@example.org");
        console.locator("#password input").fill("correct horse");
        console.locator("#sign-in").click();
        assertThat(console.locator("#app-shop")).isVisible();
        console.navigate(platform.url() + "/apps/shop?service=hello");
        assertThat(console.locator("#service-panel"))
            .containsText("parigot local --remote " + remote);
        console.getByText("From your machine").scrollIntoViewIfNeeded();
        Browsers.screenshot(console, "service-from-your-machine");
        console.navigate(platform.url() + "/apps/shop/logs");
        assertThat(console.locator("body")).containsText("called hello.echo from elsewhere");
        Browsers.screenshot(console, "logs-remote-call");
      }
    }
  }

  /** What the command printed until it ended. */
  private static String parigot(Map<String, String> environment, String input, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("./parigot"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(Platform.root().toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    try (var to = process.outputWriter()) {
      to.write(input);
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said;
  }

  /** What has been counted: what was acknowledged, and perhaps what was under way at the kill. */
  private static int atLeast(int acknowledged, Running local) throws InterruptedException {
    int more = local.count() - acknowledged & 0xff;
    assertThat(more).as("counted above %d", acknowledged).isLessThanOrEqualTo(1);
    return acknowledged + more;
  }

  private void resource(String name, String path) throws IOException {
    try (InputStream content = LocalIT.class.getResourceAsStream("/" + name)) {
      Files.copy(
          Objects.requireNonNull(content),
          folder.resolve(path),
          StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static Path copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(each -> !each.toString().contains(".parigot")).toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
    return to;
  }

  /** The command in a process of its own. */
  private static final class Running implements AutoCloseable {
    private final Process process;
    private final int port;
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> output = new ArrayList<>();
    private final CountDownLatch ready = new CountDownLatch(1);

    private Running(Process process, int port) {
      this.process = process;
      this.port = port;
      Thread.ofVirtual().start(this::read);
    }

    static Running start(Path app, String... options) throws IOException, InterruptedException {
      return start(app, Map.of(), options);
    }

    static Running start(Path app, Map<String, String> environment, String... options)
        throws IOException, InterruptedException {
      int port = Platform.freePort();
      List<String> command =
          new ArrayList<>(List.of("./parigot", "local", app.toString(), "--port", "" + port));
      command.addAll(List.of(options));
      ProcessBuilder builder =
          new ProcessBuilder(command).directory(Platform.root().toFile()).redirectErrorStream(true);
      builder.environment().putAll(environment);
      Running running = new Running(builder.start(), port);
      if (!running.ready.await(3, TimeUnit.MINUTES)) {
        throw new AssertionError("it did not start:\n" + running.output());
      }
      return running;
    }

    String url(String app) {
      return "http://" + app + ".localhost:" + port + "/";
    }

    /** The body of the answer; null if there is none. */
    byte @Nullable [] post(String method) throws InterruptedException {
      return post(method, "");
    }

    byte @Nullable [] post(String method, String body) throws InterruptedException {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/" + method))
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build();
      try {
        HttpResponse<byte[]> response =
            client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
      } catch (IOException e) {
        return null;
      }
    }

    /** What the app has counted, modulo 256. */
    int count() throws InterruptedException {
      return Objects.requireNonNull(post("counter/read"))[0] & 0xff;
    }

    void awaitCount(int expected) throws InterruptedException {
      for (int i = 0; i < 200 && count() != expected; i++) {
        Thread.sleep(50);
      }
      assertThat(count()).isEqualTo(expected);
    }

    /** Counts until {@code kill -9} puts an end to it; answers how often that was acknowledged. */
    int incrementUntilKilled() throws InterruptedException {
      Thread killer =
          Thread.ofVirtual()
              .start(() -> {
                LockSupport.parkNanos(KILL_AFTER.toNanos());
                process.destroyForcibly();
              });
      int acknowledged = 0;
      while (post("counter/increment") != null) {
        acknowledged++;
      }
      killer.join();
      return acknowledged;
    }

    private void read() {
      try (BufferedReader lines = process.inputReader()) {
        for (@Nullable String line = lines.readLine(); line != null; line = lines.readLine()) {
          synchronized (output) {
            output.add(line);
          }
          if (line.startsWith("Parigot runs it at")) {
            ready.countDown();
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    String output() {
      synchronized (output) {
        return String.join("\n", output);
      }
    }

    void await(String text) throws InterruptedException {
      for (int i = 0; i < 200 && !output().contains(text); i++) {
        Thread.sleep(50);
      }
      assertThat(output()).contains(text);
    }

    @Override
    public void close() throws InterruptedException {
      client.close();
      process.destroy();
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    }
  }
}
