package dev.parigot.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What is pushed goes live only if its tests pass, in every order that was tried. */
class GateIT {
  private static final String PASSWORD = "correct horse";
  private static final Set<String> GRAVE = Set.of("serious", "critical");

  /**
   * An image may be stored after its account was deleted with all images; a twin is without that.
   */
  private static final Path GALLERY =
      Platform.root().resolve("wasm-exec/src/test/resources/apps/evil/h1");

  private static final String TEST = "evil.test_no_image_outlives_its_account";

  @TempDir Path data;
  @TempDir Path work;

  @Test
  void aBugOfTimingIsRefusedAndExplained() throws Exception {
    try (Platform platform = Platform.upCold(data);
        Browsers browsers = Browsers.open();
        BrowserContext owner = browsers.visitor();
        BrowserContext phone = browsers.visitor(390, 844, ColorScheme.DARK)) {
      Rest ada = Rest.signUp(platform, "ada@example.org", PASSWORD);
      ada.post("apps", Map.of("name", "gallery")).mustBe(201);
      Page page = owner.newPage();
      signIn(page, platform);
      page.navigate(platform.url() + "/apps/gallery/tests");
      assertThat(page.locator("#no-tests")).isVisible();
      look(page, "tests-empty");

      Git git = gallery("buggy");
      String remote = remote(platform);
      Git.Result refused = git.run("push", remote, "main");
      assertThat(refused.exit()).isNotZero();
      assertThat(refused.output())
          .contains("Integration tests: 1 passed", "A timing test failed", "why: ")
          .contains("parigot timing . --filter evil.test_no_image_outlives_its_account");
      assertThat(ada.get("apps/gallery/releases").mustBe(200).json().get("items").isEmpty())
          .isTrue();

      assertThat(page.locator(".test-run")).containsText("it did not go live");
      look(page, "tests-failed");
      page.locator(".test-run .see").click();
      page.waitForURL("**/apps/gallery/tests/*/" + TEST);
      assertThat(refused.output()).contains(page.url());
      thePictureTellsWhatWentWrong(page);
      look(page, "failure");
      Page small = phone.newPage();
      signIn(small, platform);
      small.navigate(page.url());
      assertThat(small.locator("parigot-failure .sentence")).isVisible();
      look(small, "failure-phone-dark");
      traceIsAtHand(ada);
      aLinkShowsItToStrangersUntilItIsRevoked(page, browsers);
      page.navigate(platform.url() + "/apps/gallery/tests");

      put(git, "fixed");
      git.commit("Look for the account afterwards");
      assertThat(git.push(remote, "main"))
          .contains("Timing tests: 200 schedules of gallery, account: 0 failures", "live in");
      assertThat(page.locator(".test-run").first()).containsText("Passed");

      itsTimingIsTriedStoppedAndGoesOn(page);

      put(git, "buggy");
      git.commit("Whatever the tests say");
      assertThat(git.run("push", "-o", "skip-gate", remote, "main").mustSucceed().output())
          .contains("passed by, as you asked", "live in");
      assertThat(page.locator(".test-run").first()).containsText("ada@example.org wanted");
      look(page, "tests-passed-by");
    }
  }

  private static void thePictureTellsWhatWentWrong(Page page) {
    Locator failure = page.locator("parigot-failure");
    assertThat(failure.locator(".sentence")).containsText(" before ");
    assertThat(failure.locator(".side")).hasCount(2);
    assertThat(failure.locator(".side.failing .card")).hasCount(2);
    assertThat(failure.locator(".side.passing .card")).hasCount(2);
    int folded = failure.locator(".fold").count();
    assertThat(folded).isPositive();
    failure.locator(".fold").first().click();
    assertThat(failure.locator(".fold")).hasCount(folded - 1);
    String before = failure.locator(".states").textContent();
    failure.locator("input[type=range]").focus();
    page.keyboard().press("ArrowLeft");
    page.keyboard().press("ArrowLeft");
    assertThat(failure.locator(".states")).not().hasText(before);
    assertThat(failure.locator(".later").first()).isAttached();
    failure.locator("input[type=range]").press("End");
    assertThat(failure.locator(".later")).hasCount(0);
    failure.locator("summary").click();
    assertThat(failure.locator(".decisive")).hasCount(4);
    failure.locator("summary").click();
    assertThat(page.locator("#trace")).isVisible();
    page.evaluate("scrollTo(0, 0)");
  }

  private static void aLinkShowsItToStrangersUntilItIsRevoked(Page page, Browsers browsers) {
    page.locator("#share").click();
    String link = page.locator("#shared-failure").getAttribute("href");
    try (BrowserContext stranger = browsers.visitor()) {
      Page shared = stranger.newPage();
      shared.navigate(link);
      assertThat(shared.locator("parigot-failure .sentence")).containsText(" before ");
      assertThat(shared.locator("parigot-failure .card")).hasCount(4);
      look(shared, "failure-shared");
      aStrangerRunsItAgainWithoutTheNetwork(stranger, shared);
      page.locator("#revoke").click();
      assertThat(page.locator("#share")).isVisible();
      stranger.setOffline(false);
      assertThat(shared.navigate(link).status()).isEqualTo(404);
      assertThat(shared.navigate(link + "run/record.json").status()).isEqualTo(404);
    }
  }

  private static void aStrangerRunsItAgainWithoutTheNetwork(BrowserContext stranger, Page shared) {
    Locator run = shared.locator("parigot-rerun");
    run.getByText("Run it here").click();
    assertThat(run.locator("progress")).isVisible();
    stranger.setOffline(true);
    Locator step = run.getByLabel("Take the next step");
    for (int i = 0; i < 3; i++) {
      step.click();
      assertThat(run.locator(".now")).containsText("Step " + (i + 1) + " of ");
    }
    run.getByLabel("Take all steps up to 1 of").click();
    assertThat(run.getByLabel("Store and queues now")).isVisible();
    look(shared, "failure-runs");
    run.getByLabel("To the end").click();
    assertThat(run.locator(".result.bad")).containsText("It failed the same way");
    run.getByLabel("the one that passes").check();
    run.getByLabel("To the end").click();
    assertThat(run.locator(".result.good")).containsText("It passed again");
    run.getByLabel("the order that fails").check();
    run.getByLabel("To the end").click();
    assertThat(run.locator(".result.bad")).isVisible();
    shared.evaluate("scrollTo(0, 0)");
    look(shared, "failure-ran");
    shared.setViewportSize(390, 844);
    shared.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
    look(shared, "failure-ran-phone-dark");
  }

  private static void itsTimingIsTriedStoppedAndGoesOn(Page page) {
    page.locator("#try-timing").click();
    Locator dialog = page.locator("#timing-dialog");
    dialog.getByLabel("gallery", new Locator.GetByLabelOptions().setExact(true)).check();
    look(page, "timing-dialog");
    dialog.locator("#schedules input").fill("100000");
    page.locator("#begin").click();
    Locator run = page.locator(".test-run").first();
    assertThat(run).containsText("a second, about");
    look(page, "timing-underway");
    run.getByText("Stop", new Locator.GetByTextOptions().setExact(true)).click();
    assertThat(run).containsText("Stopped");
    run.getByText("Continue", new Locator.GetByTextOptions().setExact(true)).click();
    assertThat(run).containsText("Under way");
    run.getByText("Stop", new Locator.GetByTextOptions().setExact(true)).click();
    assertThat(run).containsText("Stopped");
    assertThat(page.locator("#history .run-mark[data-outcome=failed]").first()).isVisible();
    look(page, "tests-history");
  }

  private static void traceIsAtHand(Rest ada) throws Exception {
    JsonNode run = ada.get("apps/gallery/timing").mustBe(200).json().get("items").get(0);
    assertThat(run.get("outcome").asString()).isEqualTo("failed");
    String test = run.get("tests").get(0).get("name").asString();
    JsonNode traces = ada.get("apps/gallery/traces").mustBe(200).json().get("items");
    assertThat(traces.size()).isEqualTo(1);
    assertThat(traces.get(0).get("run").asLong()).isEqualTo(run.get("id").asLong());
    assertThat(traces.get(0).get("why").asString()).contains(" before ");
    JsonNode trace = ada.get(traces.get(0).get("file").asString()).mustBe(200).json();
    assertThat(trace.get("test").asString()).isEqualTo(test);
    assertThat(trace.get("choices").isEmpty()).isFalse();
  }

  private Git gallery(String twin) throws Exception {
    Path files = Files.createDirectory(work.resolve("files"));
    Files.copy(GALLERY.resolve(twin + ".wasm"), files.resolve("program.wasm"));
    Files.copy(GALLERY.resolve("tests.wasm"), files.resolve("tests.wasm"));
    Files.writeString(
        files.resolve("parigot.toml"),
        Files.readString(GALLERY.resolve("parigot.toml"))
            + "timing = { services = [\"gallery\", \"account\"], schedules = 200 }\n");
    return Git.of(files, work.resolve("gallery"));
  }

  private static void put(Git git, String twin) throws Exception {
    Files.copy(
        GALLERY.resolve(twin + ".wasm"),
        git.folder().resolve("program.wasm"),
        StandardCopyOption.REPLACE_EXISTING);
  }

  private static String remote(Platform platform) {
    return "http://ada%%40example.org:%s@localhost:%d/git/gallery.git"
        .formatted(PASSWORD.replace(" ", "%20"), platform.port());
  }

  private static void signIn(Page page, Platform platform) {
    page.navigate(platform.url() + "/login");
    page.locator("#email input").fill("ada@example.org");
    page.locator("#password input").fill(PASSWORD);
    page.locator("#sign-in").click();
    assertThat(page.locator("#app-gallery")).isVisible();
  }

  private static void look(Page page, String name) {
    Browsers.screenshot(page, name);
    List<Rule> grave =
        new AxeBuilder(page)
            .analyze().getViolations().stream()
                .filter(rule -> GRAVE.contains(rule.getImpact()))
                .toList();
    assertThat(grave).isEmpty();
  }
}
