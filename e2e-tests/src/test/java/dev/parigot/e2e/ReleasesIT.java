package dev.parigot.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** An app's releases: pushed, configured, compared, and rolled back to. */
class ReleasesIT {
  private static final String PASSWORD = "correct horse";
  private static final Set<String> GRAVE = Set.of("serious", "critical");
  private static final double PATIENCE = 30_000;
  private static final LocatorAssertions.ContainsTextOptions PATIENTLY =
      new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE);

  /** A custom section without content: another module that does the same. */
  private static final byte[] SECTION = {0, 2, 1, 'n'};

  @TempDir Path data;
  @TempDir Path work;

  private final String remote =
      "http://ada%%40example.org:correct%%20horse@localhost:%d/git/hello.git";

  @Test
  void whatWasReleasedIsComparedAndMadeLiveAgain() throws Exception {
    try (Platform platform = Platform.up(data);
        Browsers browsers = Browsers.open()) {
      Rest ada = Rest.signUp(platform, "ada@example.org", PASSWORD);
      ada.post("apps", Map.of("name", "hello")).mustBe(201);
      Git git = Git.of(Platform.root().resolve("examples/hello"), work.resolve("hello"));
      String to = remote.formatted(platform.port());
      git.push(to, "main");
      Files.write(git.folder().resolve("build/phrases.wasm"), SECTION, StandardOpenOption.APPEND);
      Files.writeString(git.folder().resolve("site/index.html"), "<h1>Another page</h1>");
      git.commit("Another page");
      assertThat(git.push(to, "main")).contains("remote: -----> Changed: phrases");
      ada.patch("apps/hello/config", Map.of("LANGUAGE", "fr")).mustBe(200);
      git.commit("Nothing");
      assertThat(git.run("push", "-o", "all", to, "HEAD:refs/heads/main").mustSucceed().output())
          .contains("remote: -----> All services get new instances, as you asked");

      JsonNode changes = ada.get("apps/hello/releases/2/changes").mustBe(200).json();
      assertThat(changes.get("since").asInt()).isEqualTo(1);
      assertThat(changes.at("/changes/services/0/name").asString()).isEqualTo("phrases");
      assertThat(changes.at("/changes/site/changed/paths").toString())
          .isEqualTo("[\"index.html\"]");

      try (BrowserContext owner = browsers.visitor();
          BrowserContext phone = browsers.visitor(390, 844, ColorScheme.DARK)) {
        Page page = owner.newPage();
        signIn(platform, page);
        page.navigate(platform.url() + "/apps/hello/releases");
        open(page, 2);
        assertThat(page.locator("#changes-2")).containsText("phrases", PATIENTLY);
        assertThat(page.locator("#changes-2")).containsText("Site changed: index.html");
        assertThat(page.locator("#steps-2")).containsText("start");
        look(page, "releases-details");
        compareWith(page, 2, "v3");
        assertThat(page.locator("#changes-2"))
            .containsText("Configuration removed: LANGUAGE", PATIENTLY);

        Page small = phone.newPage();
        signIn(platform, small);
        small.navigate(platform.url() + "/apps/hello/releases");
        open(small, 2);
        assertThat(small.locator("#changes-2")).containsText("phrases", PATIENTLY);
        look(small, "releases-details-phone");

        page.locator("#rollback-1").click();
        page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Roll back").setExact(true))
            .click();
        assertThat(page.locator("#release-5")).containsText("Live", PATIENTLY);
        assertThat(page.locator("#release-5")).containsText("rollback to v1");
        assertThat(page.locator("#changes-2"))
            .containsText("Configuration removed: LANGUAGE", PATIENTLY);
        look(page, "releases-rolled-back");
      }
      assertThat(
              ada.get("apps/hello/releases/5/changes?since=1")
                  .mustBe(200)
                  .json()
                  .at("/changes/unchanged"))
          .hasSize(2);
      assertThat(ada.visit("hello", "/").text()).doesNotContain("Another page");
    }
  }

  /** By the keyboard alone. */
  private static void open(Page page, int release) {
    Locator summary = page.locator("#details-" + release + " summary");
    summary.focus();
    page.keyboard().press("Enter");
  }

  private static void compareWith(Page page, int release, String other) {
    page.locator("#compare-" + release).click();
    page.locator("vaadin-select-item:visible")
        .getByText(other, new Locator.GetByTextOptions().setExact(true))
        .click();
  }

  private static void signIn(Platform platform, Page page) {
    page.navigate(platform.url() + "/login");
    page.locator("#email input").fill("ada@example.org");
    page.locator("#password input").fill(PASSWORD);
    page.locator("#sign-in").click();
    assertThat(page.locator("#create-app, #new-app").first())
        .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE));
  }

  private static void look(Page page, String name) {
    page.locator("#changes-2").scrollIntoViewIfNeeded();
    Browsers.screenshot(page, name);
    List<Rule> grave =
        new AxeBuilder(page)
            .analyze().getViolations().stream()
                .filter(rule -> GRAVE.contains(rule.getImpact()))
                .toList();
    assertThat(grave).as("what axe finds on %s", name).isEmpty();
  }
}
