package dev.parigot.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An app that sleeps, is called by many at once, and sleeps again; the console says why. */
class ScalingIT {
  private static final String PASSWORD = "correct horse";
  private static final String EMAIL = "katherine@example.org";
  private static final int MAX = 3;

  @TempDir Path data;
  @TempDir Path work;

  @Test
  void fromZeroToMaxAndBackAndTheConsoleSaysWhy() throws Exception {
    try (Platform platform =
            Platform.upCold(data, Platform.freePort(), Map.of("PARIGOT_IDLE", "3s"));
        Browsers browsers = Browsers.open();
        BrowserContext visitor = browsers.visitor()) {
      Rest rest = Rest.signUp(platform, EMAIL, PASSWORD);
      rest.post("apps", Map.of("name", "busy")).mustBe(201);
      rest.deploy("busy", archive()).mustBe(201);
      Page page = visitor.newPage();
      open(page, platform);
      assertThat(page.locator("#decisions")).containsText("1 → 0no call for 3 s", soon());
      assertThat(instances(rest)).isZero();

      try (Load load = Load.on(platform, "busy", "burner/some", "")) {
        assertThat(page.locator("#decisions")).containsText("0 → ", soon());
        assertThat(page.locator("#decisions")).containsText("its max is reached", soon());
        assertThat(instances(rest)).isEqualTo(MAX);
        assertThat(page.locator("parigot-load-chart figure").first())
            .hasAttribute(
                "aria-label",
                Pattern.compile(".*instances at most 3, now 3"),
                new LocatorAssertions.HasAttributeOptions().setTimeout(30_000));
        look(page, "scaled-to-max");
        assertThat(load.stop().failures()).isEmpty();
      }

      assertThat(page.locator("#decisions li").first())
          .containsText(MAX + " → 0no call for 3 s", soon());
      assertThat(instances(rest)).isZero();
      look(page, "scaled-to-zero");
      for (boolean narrow : new boolean[] {false, true}) {
        try (BrowserContext other =
            narrow
                ? browsers.visitor(390, 844, ColorScheme.LIGHT)
                : browsers.visitor(1280, 800, ColorScheme.DARK)) {
          Page same = other.newPage();
          open(same, platform);
          look(same, narrow ? "scaled-narrow" : "scaled-dark");
        }
      }
    }
  }

  private static void open(Page page, Platform platform) {
    page.navigate(platform.url() + "/login");
    page.locator("#email input").fill(EMAIL);
    page.locator("#password input").fill(PASSWORD);
    page.locator("#sign-in").click();
    assertThat(page.locator("#create-app, #new-app").first()).isVisible();
    page.navigate(platform.url() + "/apps/busy?service=burner");
    assertThat(page.locator("parigot-load-chart canvas")).hasCount(3);
  }

  private static void look(Page page, String name) {
    Browsers.screenshot(page, name);
    assertThat(
            new AxeBuilder(page)
                .analyze().getViolations().stream()
                    .filter(rule -> rule.getImpact().matches("serious|critical")))
        .as("what axe finds on %s", name)
        .isEmpty();
  }

  private static int instances(Rest rest) throws IOException, InterruptedException {
    return rest.get("apps/busy/services")
        .mustBe(200)
        .json()
        .get("items")
        .get(0)
        .get("instances")
        .asInt();
  }

  private static LocatorAssertions.ContainsTextOptions soon() {
    return new LocatorAssertions.ContainsTextOptions().setTimeout(TimeUnit.SECONDS.toMillis(30));
  }

  private byte[] archive() throws IOException, InterruptedException {
    Path app = Files.createDirectory(work.resolve("busy"));
    Files.writeString(
        app.resolve("parigot.toml"),
        """
        [services.burner]
        wasm = "burner.wasm"
        public = true
        max = %d
        """
            .formatted(MAX));
    Files.copy(
        Platform.root().resolve("bench/modules/build/burner.wasm"), app.resolve("burner.wasm"));
    Path archive = work.resolve("busy.tar.gz");
    Process tar =
        new ProcessBuilder("tar", "czf", archive.toString(), "-C", app.toString(), ".")
            .inheritIO()
            .start();
    assertThat(tar.waitFor()).isZero();
    return Files.readAllBytes(archive);
  }
}
