package dev.parigot.e2e;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.CLI;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A real browser: Chromium as installed, installed by apt where that may be done, Playwright's own
 * elsewhere.
 */
final class Browsers implements AutoCloseable {
  private static final List<String> FLAGS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--disable-dev-shm-usage");
  private static final double PATIENCE_MILLIS = 30_000;
  private static final Path SCREENSHOTS =
      Path.of(System.getProperty("parigot.build", "target"), "screenshots");

  private final Playwright playwright;
  private final Browser browser;

  private Browsers(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  static Browsers open() throws IOException, InterruptedException {
    BrowserType.LaunchOptions options = new BrowserType.LaunchOptions().setArgs(FLAGS);
    Optional<Path> chromium = installed().or(Browsers::installByApt);
    if (chromium.isEmpty()) {
      installPlaywrightsOwn();
    }
    chromium.ifPresent(options::setExecutablePath);
    Playwright playwright = Playwright.create();
    // A machine that is busy with something else is no reason to fail.
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    return new Browsers(playwright, playwright.chromium().launch(options));
  }

  /** A visitor with no cookies, on a desktop in light mode. */
  BrowserContext visitor() {
    return visitor(1280, 800, ColorScheme.LIGHT);
  }

  BrowserContext visitor(int width, int height, ColorScheme scheme) {
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions().setViewportSize(width, height).setColorScheme(scheme));
    context.setDefaultTimeout(PATIENCE_MILLIS);
    return context;
  }

  /** Keeps a picture of the page as build output. */
  static void screenshot(Page page, String name) {
    page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }

  private static Optional<Path> installed() {
    return Stream.of("chromium", "chromium-browser", "google-chrome")
        .map(name -> Path.of("/usr/bin", name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static Optional<Path> installByApt() {
    Apt.install("chromium", "fonts-liberation");
    return installed();
  }

  private static void installPlaywrightsOwn() throws IOException, InterruptedException {
    // The command ends its JVM, so it gets one of its own; the skip variable would make it do
    // nothing.
    ProcessBuilder install =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                CLI.class.getName(),
                "install",
                "chromium")
            .inheritIO();
    install.environment().remove("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD");
    if (install.start().waitFor() != 0) {
      throw new AssertionError(
          "no Chromium, and none could be installed: install Chromium and try again");
    }
  }
}
