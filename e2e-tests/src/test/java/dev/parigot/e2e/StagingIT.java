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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Branches beside production: pushed with git, compared, promoted and deleted. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StagingIT {
  private static final String PASSWORD = "correct horse";
  private static final Set<String> GRAVE = Set.of("serious", "critical");
  private static final LocatorAssertions.ContainsTextOptions PATIENTLY =
      new LocatorAssertions.ContainsTextOptions().setTimeout(30_000);
  private static final LocatorAssertions.IsVisibleOptions SEEN =
      new LocatorAssertions.IsVisibleOptions().setTimeout(30_000);

  private static final LocatorAssertions.IsHiddenOptions GONE =
      new LocatorAssertions.IsHiddenOptions().setTimeout(30_000);

  /** A custom section: other bytes of a module that does the same. */
  private static final byte[] NOTE = {0, 5, 4, 'n', 'o', 't', 'e'};

  private static final String CHANGED_MANIFEST =
      """
      [services.links]
      wasm = "build/links.wasm"
      public = ["http"]

      [services.greeter]
      wasm = "build/greeter.wasm"
      public = true

      [services.phrases]
      wasm = "build/phrases.wasm"

      [config]
      CURRENCY = "EUR"
      [config.staging]
      CURRENCY = "test money"
      """;

  private Platform platform;
  private Browsers browsers;
  private Rest ada;
  private Git git;
  private String remote;

  @BeforeAll
  void open(@TempDir Path data, @TempDir Path work) throws Exception {
    browsers = Browsers.open();
    platform = Platform.upCold(data);
    ada = Rest.signUp(platform, "ada@example.org", PASSWORD);
    ada.post("apps", Map.of("name", "links")).mustBe(201);
    git = Git.of(Platform.root().resolve("examples/links"), work.resolve("links"));
    remote =
        "http://ada%%40example.org:%s@localhost:%d/git/links.git"
            .formatted(PASSWORD.replace(" ", "%20"), platform.port());
  }

  @AfterAll
  void close() throws Exception {
    browsers.close();
    platform.close();
  }

  @Test
  void fromABranchToProduction() throws Exception {
    try (BrowserContext owner = browsers.visitor();
        BrowserContext phone = browsers.visitor(390, 844, ColorScheme.DARK)) {
      Page console = owner.newPage();
      signIn(console);
      git.push(remote, "main");
      console.navigate(platform.url() + "/apps/links/staging");
      assertThat(console.locator("#no-staging")).isVisible(SEEN);
      look(console, "staging-empty");

      String staged = pushTheBranches();
      assertThat(console.locator("#branches")).containsText("fix/rounding", PATIENTLY);
      dataIsApart(owner, staged);
      compare(console);
      Page small = phone.newPage();
      onAPhoneInTheDark(small);
      insideTheBranch(console, staged);
      promote(console, staged);
      delete(console, staged);
    }
  }

  /** Two branches in one push; answers what the address of one calls the app. */
  private String pushTheBranches() throws Exception {
    git.run("branch", "qa").mustSucceed();
    git.run("checkout", "-q", "-b", "fix/rounding").mustSucceed();
    Path build = git.folder().resolve("build");
    Files.write(build.resolve("links.wasm"), NOTE, StandardOpenOption.APPEND);
    for (String module : List.of("greeter.wasm", "phrases.wasm")) {
      Files.copy(
          Platform.root().resolve("examples/hello/build").resolve(module), build.resolve(module));
    }
    Files.writeString(git.folder().resolve("parigot.toml"), CHANGED_MANIFEST);
    git.commit("Rounding");

    String output = git.run("push", remote, "fix/rounding", "qa").mustSucceed().output();

    assertThat(output)
        .containsSubsequence(
            "Branch fix/rounding: staging",
            "Parigot app detected: 3 services",
            "Launching v1",
            "Branch qa: staging",
            "Launching v1",
            "http://qa--links.localhost:");
    Matcher address =
        Pattern.compile("http://(fix-rounding-[0-9a-f]{6}--links)\\.").matcher(output);
    assertThat(address.find()).isTrue();
    return address.group(1);
  }

  private void dataIsApart(BrowserContext visitors, String staged) throws Exception {
    Page page = visitors.newPage();
    page.navigate(platform.appUrl(staged) + "/links/");
    page.locator("input[name=url]").fill("https://example.org/of-the-branch");
    page.locator("button").click();
    page.navigate(platform.appUrl(staged) + "/links/");
    assertThat(page.locator("ul")).containsText("of-the-branch");
    Browsers.screenshot(page, "staging-app");
    for (String other : List.of("links", "qa--links")) {
      page.navigate(platform.appUrl(other) + "/links/");
      assertThat(page.locator("h1")).containsText("Short links");
      assertThat(page.locator("body")).not().containsText("of-the-branch");
    }
    page.locator("input[name=url]").fill("https://example.org/of-qa");
    page.locator("button").click();
    page.close();
  }

  private static void compare(Page console) {
    Locator fix = console.locator(".staged").filter(having("fix/rounding"));
    assertThat(fix.locator("tr").filter(having("greeter"))).containsText("added", PATIENTLY);
    assertThat(fix.locator("tr").filter(having("greeter"))).containsText("gains greet");
    assertThat(fix.locator("tr").filter(having("greeter"))).containsText("now calls phrases.pick");
    assertThat(fix.locator("tr").filter(having("export"))).containsText("removed");
    assertThat(fix.locator("tr").filter(having("links"))).containsText("changed");
    assertThat(fix).containsText("Configuration: CURRENCY");
    assertThat(console.locator(".staged").filter(having("qa")).last())
        .containsText("Nothing is different from production.");
    look(console, "staging-branches");
  }

  private void onAPhoneInTheDark(Page page) {
    signIn(page);
    page.navigate(platform.url() + "/apps/links/staging");
    assertThat(page.locator("#branches")).containsText("fix/rounding", PATIENTLY);
    look(page, "staging-branches-phone-dark");
    page.locator("#branches").getByText("fix/rounding").first().click();
    assertThat(page.locator("#staging-mark")).isVisible(SEEN);
    look(page, "staging-services-phone-dark");
    page.navigate(platform.url() + "/apps/links/staging");
    assertThat(
            (Boolean)
                page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth"))
        .as("nothing is wider than the phone")
        .isTrue();
  }

  private void insideTheBranch(Page console, String staged) throws Exception {
    console.locator("#branches").getByText("fix/rounding").first().click();
    assertThat(console.locator("#staging-mark")).containsText("Staging: fix/rounding", PATIENTLY);
    assertThat(console.locator("#app-name")).hasText("links");
    assertThat(console.locator("#app-address")).containsText(staged);
    assertThat(console.locator("nav[aria-label='App " + staged + "']")).not().containsText("Demos");
    look(console, "staging-services");
    console.navigate(platform.url() + "/apps/" + staged + "/settings");
    console.locator("#config-key input").fill("ONLY_HERE");
    console.locator("#config-value input").fill("yes");
    console.locator("#config-set").click();
    assertThat(console.locator("#config-said")).containsText("Release v2 runs", PATIENTLY);
    assertThat(ada.get("apps/links/config").text()).isEqualTo("{}");
    assertThat(console.locator("#delete-staging")).isVisible();
    look(console, "staging-settings");
    console.navigate(platform.url() + "/apps/" + staged + "/releases");
    assertThat(console.locator("#release-2")).containsText("new configuration");
    console.locator("#back-to-production").click();
    assertThat(console.locator("#staging-mark")).hasCount(0);
  }

  private void promote(Page console, String staged) throws Exception {
    console.navigate(platform.url() + "/apps/links/staging");
    button(console, "Promote fix/rounding to production").focus();
    console.keyboard().press("Enter");
    Locator changes = console.locator("#promotion-changes");
    assertThat(changes).containsText("greeter", PATIENTLY);
    assertThat(changes).containsText("Configuration: CURRENCY");
    assertThat(changes).not().containsText("ONLY_HERE");
    look(console, "staging-promote");
    button(console, "Promote").click();
    assertThat(console.locator("#promotion-outcome"))
        .containsText("Production runs fix/rounding now, as release v2", PATIENTLY);
    look(console, "staging-promoted");

    assertThat(ada.call("links", "greeter/greet", "{\"name\":\"Ada\"}").mustBe(200).text())
        .contains("Ada");
    assertThat(ada.visit("links", "/links/").mustBe(200).text()).doesNotContain("of-the-branch");
    assertThat(digests("links")).isEqualTo(digests(staged));
    JsonNode release = ada.get("apps/links/releases").json().get("items").get(0);
    assertThat(release.get("commit").asString()).isEqualTo(git.head());
    console.navigate(platform.url() + "/apps/links/releases");
    assertThat(console.locator("#release-2")).containsText("promotion of fix/rounding v2");
    look(console, "staging-promotion-in-releases");
  }

  private void delete(Page console, String staged) throws Exception {
    console.navigate(platform.url() + "/apps/links/staging");
    assertThat(console.locator("#branches")).containsText("qa", PATIENTLY);
    assertThat(git.run("push", remote, "--delete", "qa").mustSucceed().output())
        .contains("Removed the staging of qa with all its data");
    assertThat(console.locator("#staging-qa")).isHidden(GONE);
    assertThat(ada.visit("qa--links", "/links/").mustBe(404).text())
        .contains("staging of a branch");
    git.run("push", remote, "qa").mustSucceed();
    assertThat(ada.visit("qa--links", "/links/").mustBe(200).text()).doesNotContain("of-qa");

    console.navigate(platform.url() + "/apps/" + staged + "/settings");
    console.locator("#delete-staging").click();
    button(console, "Delete").click();
    assertThat(console.locator("#branches")).containsText("qa", PATIENTLY);
    assertThat(console.locator("#branches")).not().containsText("fix/rounding");
    assertThat(git.run("ls-remote", remote).mustSucceed().output())
        .contains("refs/heads/qa")
        .doesNotContain("fix/rounding");
    button(console, "Delete the staging of qa").click();
    button(console, "Delete").last().click();
    assertThat(console.locator("#no-staging")).isVisible(SEEN);
    assertThat(ada.visit("links", "/links/").mustBe(200).text()).contains("Short links");
  }

  private List<String> digests(String app) throws Exception {
    return ada.get("apps/" + app + "/services")
        .mustBe(200)
        .json()
        .get("items")
        .valueStream()
        .map(service -> service.get("name").asString() + " " + service.get("digest").asString())
        .toList();
  }

  private void signIn(Page page) {
    page.navigate(platform.url() + "/login");
    page.locator("#email input").fill("ada@example.org");
    page.locator("#password input").fill(PASSWORD);
    page.locator("#sign-in").click();
    assertThat(page.locator("#app-links")).isVisible(SEEN);
  }

  private static Locator.FilterOptions having(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private static void look(Page page, String name) {
    Browsers.screenshot(page, name);
    List<Rule> grave =
        new AxeBuilder(page)
            .analyze().getViolations().stream()
                .filter(rule -> GRAVE.contains(rule.getImpact()))
                .toList();
    assertThat(grave).as("what axe finds on %s", name).isEmpty();
  }
}
