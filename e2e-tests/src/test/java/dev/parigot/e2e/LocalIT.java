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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An app on its developer's machine, {@code ./parigot local}, in a browser. */
class LocalIT {
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
  void aTrapIsAPageWithTheStack() throws Exception {
    try (InputStream module = LocalIT.class.getResourceAsStream("/broken.wasm")) {
      Files.copy(Objects.requireNonNull(module), folder.resolve("web.wasm"));
    }
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
          .containsText(new String[] {"web.price", "web.total_of_the_cart", "web.http"});
      Browsers.screenshot(page, "local-trap-phone");
      assertThat((int) page.evaluate("document.documentElement.scrollWidth"))
          .isLessThanOrEqualTo(390);
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
    private final List<String> output = new ArrayList<>();
    private final CountDownLatch ready = new CountDownLatch(1);

    private Running(Process process, int port) {
      this.process = process;
      this.port = port;
      Thread.ofVirtual().start(this::read);
    }

    static Running start(Path app) throws IOException, InterruptedException {
      int port = Platform.freePort();
      Process process =
          new ProcessBuilder("./parigot", "local", app.toString(), "--port", "" + port)
              .directory(Platform.root().toFile())
              .redirectErrorStream(true)
              .start();
      Running running = new Running(process, port);
      if (!running.ready.await(3, TimeUnit.MINUTES)) {
        throw new AssertionError("it did not start:\n" + running.output());
      }
      return running;
    }

    String url(String app) {
      return "http://" + app + ".localhost:" + port + "/";
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
      process.destroy();
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    }
  }
}
