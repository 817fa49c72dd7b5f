package dev.parigot.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A release shared in the console, opened by people without an account, and taken back. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShareIT {
  private static final String PASSWORD = "correct horse";
  private static final Set<String> GRAVE = Set.of("serious", "critical");
  private static final double PATIENCE = 30_000;
  private static final LocatorAssertions.ContainsTextOptions PATIENTLY =
      new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE);

  private Platform platform;
  private Browsers browsers;
  private Rest ada;

  @BeforeAll
  void open(@TempDir Path data, @TempDir Path work) throws Exception {
    browsers = Browsers.open();
    platform = Platform.up(data);
    ada = Rest.signUp(platform, "ada@example.org", PASSWORD);
    ada.post("apps", Map.of("name", "shop")).mustBe(201);
    Git git = Git.of(Platform.root().resolve("examples/shop"), work.resolve("shop"));
    git.push(
        "http://ada%%40example.org:%s@localhost:%d/git/shop.git"
            .formatted(PASSWORD.replace(" ", "%20"), platform.port()),
        "main");
  }

  @AfterAll
  void close() throws Exception {
    browsers.close();
    platform.close();
  }

  @Test
  void fromTheConsoleToAVisitorAndBack() throws Exception {
    try (BrowserContext owner = browsers.visitor();
        BrowserContext visitor = browsers.visitor();
        BrowserContext phone = browsers.visitor(390, 844, ColorScheme.DARK)) {
      Page console = owner.newPage();
      signIn(console);
      String url = share(console);

      Page page = visitor.newPage();
      buy(page, url);
      lookInside(page);
      page.reload();
      assertThat(shop(page).locator("#cart-lines")).containsText("Street sign", PATIENTLY);
      worksOffline(visitor, page);

      Page second = phone.newPage();
      second.navigate(url);
      assertThat(shop(second).locator("body")).containsText("Béret", PATIENTLY);
      assertThat(second.locator(".state")).containsText("offline too", PATIENTLY);
      assertThat(shop(second).locator("#cart-lines")).not().containsText("Street sign");
      Browsers.screenshot(second, "shared-demo-phone");

      assertThat(console.locator(".opens")).containsText("2 opens", PATIENTLY);
      nothingOfTheConsoleIsInReach(page);
      pauseAndResume(console, page, url);
      revoke(console, page, url);
    }
  }

  /** Answers the address. */
  private String share(Page console) {
    console.navigate(platform.url() + "/apps/shop/demos");
    assertThat(console.locator("#no-demos")).isVisible();
    look(console, "demos-empty");
    console.locator("#share-demo").click();
    assertThat(console.locator("#share-warning")).containsText("private ones too");
    console.locator("#share").click();
    assertThat(console.locator("#share-dialog .problem, .share .problem").first())
        .containsText("can't name a demo", PATIENTLY);
    console.locator("#share-name input").fill("for the fair");
    look(console, "demos-share");
    console.locator("#share").click();
    assertThat(console.locator("#shared-address")).containsText("--demo.localhost", PATIENTLY);
    look(console, "demos-shared");
    String url = console.locator("#shared-address code").textContent();
    console.locator("#share-done").click();
    assertThat(console.locator("#demos")).containsText("for the fair", PATIENTLY);
    assertThat(console.locator("#demos")).containsText("Open");
    return url;
  }

  private void buy(Page page, String url) {
    Response answer = page.navigate(url);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headerValue("content-security-policy")).contains("default-src 'none'");
    assertThat(page.locator(".state")).containsText("offline too", PATIENTLY);
    shop(page)
        .getByRole(AriaRole.BUTTON, new FrameLocator.GetByRoleOptions().setName("Add"))
        .first()
        .click();
    assertThat(shop(page).locator("#cart-lines")).containsText("Street sign", PATIENTLY);
    Browsers.screenshot(page, "shared-demo");
  }

  private static void lookInside(Page page) {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Look inside")).click();
    tab(page, "Requests");
    page.locator("summary")
        .filter(new Locator.FilterOptions().setHasText("cart/add"))
        .first()
        .click();
    assertThat(page.locator(".panel")).containsText("cart");
    Browsers.screenshot(page, "shared-demo-trace");
    tab(page, "Data");
    assertThat(page.locator("tbody")).containsText("cart/", PATIENTLY);
    Browsers.screenshot(page, "shared-demo-data");
  }

  private static void worksOffline(BrowserContext visitor, Page page) {
    visitor.setOffline(true);
    page.reload();
    assertThat(shop(page).locator("#cart-lines")).containsText("Street sign", PATIENTLY);
    visitor.setOffline(false);
  }

  private void nothingOfTheConsoleIsInReach(Page page) {
    assertThat(page.context().cookies()).isEmpty();
    Object reached =
        page.evaluate(
            "url => fetch(url + '/api/v1/apps', {credentials: 'include'}).then(() => 'reached', () => 'refused')",
            platform.url());
    assertThat(reached).isEqualTo("refused");
  }

  private static void pauseAndResume(Page console, Page page, String url) {
    button(console, "Pause for the fair").click();
    assertThat(console.locator("#demos")).containsText("Paused", PATIENTLY);
    look(console, "demos-paused");
    page.navigate(url);
    // The service worker that it has is replaced, and takes itself off.
    assertThat(page.locator("h1")).containsText("This demo is paused", PATIENTLY);
    Browsers.screenshot(page, "shared-demo-paused");
    button(console, "Resume for the fair").click();
    assertThat(button(console, "Pause for the fair")).isVisible();
    page.navigate(url);
    assertThat(shop(page).locator("#cart-lines")).containsText("Street sign", PATIENTLY);
  }

  private static void revoke(Page console, Page page, String url) {
    button(console, "Revoke for the fair").click();
    console
        .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Revoke").setExact(true))
        .last()
        .click();
    assertThat(console.locator("#no-demos")).isVisible();
    page.navigate(url);
    assertThat(page.locator("h1")).containsText("This demo is no more", PATIENTLY);
    Browsers.screenshot(page, "shared-demo-revoked");
    Response gone = page.navigate(url);
    assertThat(gone.status()).isEqualTo(410);
    Object kept =
        page.evaluate(
            "async () => [(await navigator.serviceWorker.getRegistrations()).length, (await caches.keys()).length, (await indexedDB.databases()).length].join()");
    assertThat(kept).isEqualTo("0,0,0");
  }

  @Test
  void aReleaseIsSharedFromTheTimelineOnAPhoneInTheDark() throws Exception {
    JsonNode demo =
        ada.post(
                "apps/shop/demos",
                Map.of("name", "pinned", "release", 1, "data", Map.of("kept", "yes")))
            .mustBe(201)
            .json();
    try (BrowserContext owner = browsers.visitor(390, 844, ColorScheme.DARK)) {
      Page console = owner.newPage();
      signIn(console);
      console.navigate(platform.url() + "/apps/shop/releases");
      console.locator("#share-1").click();
      assertThat(console.locator("#share-release")).containsText("v1");
      console.locator("#share-name input").fill("from the timeline");
      look(console, "demos-share-phone-dark");
      console.keyboard().press("Enter");
      assertThat(console.locator("#shared-address")).containsText("--demo.localhost", PATIENTLY);
      console.keyboard().press("Enter");
      console.navigate(platform.url() + "/apps/shop/demos");
      assertThat(console.locator("#demos")).containsText("from the timeline", PATIENTLY);
      assertThat(console.locator("#demos")).containsText("begins with data of its own");
      look(console, "demos-phone-dark");
      assertThat(
              (Boolean)
                  console.evaluate(
                      "() => document.documentElement.scrollWidth <= window.innerWidth"))
          .as("nothing is wider than the phone")
          .isTrue();
    } finally {
      for (JsonNode each : ada.get("apps/shop/demos").mustBe(200).json().get("items")) {
        if (!each.get("name").asString().equals("for the fair")) {
          ada.delete("apps/shop/demos/" + each.get("id").asString()).mustBe(204);
        }
      }
    }
    assertThat(demo.get("ownData").asBoolean()).isTrue();
  }

  private void signIn(Page page) {
    page.navigate(platform.url() + "/login");
    page.locator("#email input").fill("ada@example.org");
    page.locator("#password input").fill(PASSWORD);
    page.locator("#sign-in").click();
    assertThat(page.locator("#app-shop")).isVisible();
  }

  private static FrameLocator shop(Page page) {
    return page.frameLocator("iframe");
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private static void tab(Page page, String name) {
    page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName(name)).click();
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
