package dev.parigot.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a newcomer does in the console, with a real browser and the real git. */
class ConsoleIT {
  private static final String PASSWORD = "correct horse";
  private static final double SOON = 20_000;
  private static final Set<String> GRAVE = Set.of("serious", "critical");

  @TempDir static Path data;
  private static Platform platform;
  private static Browsers browsers;

  @TempDir Path work;

  @BeforeAll
  static void open() throws Exception {
    browsers = Browsers.open();
    platform = Platform.upCold(data);
  }

  @AfterAll
  static void close() throws Exception {
    browsers.close();
    platform.close();
  }

  @Test
  void fromSignUpToALiveServiceAndItsLogLine() throws Exception {
    try (BrowserContext visitor = browsers.visitor()) {
      Page page = visitor.newPage();
      signUp(page, "grace@example.org");
      look(page, "first-way-in");

      createApp(page, "hello-grace");
      assertThat(page.locator("#first-push"))
          .containsText("git remote add parigot " + remote("hello-grace"));
      assertThat(page.locator("#first-push")).containsText("git push parigot main");
      look(page, "waiting-for-the-first-push");

      Git git = Git.of(Platform.root().resolve("examples/hello"), work.resolve("hello"));
      String said = git.push(remoteAs("grace", "hello-grace"), "main");
      assertThat(said)
          .contains("remote: -----> Parigot app detected: 2 services")
          .contains("remote: -----> Launching v1")
          .contains(platform.appUrl("hello-grace") + "/  live in");

      // The page becomes the app by itself.
      assertThat(page.locator("#app-state")).containsText("Live", soon());
      assertThat(page.locator("#app-release")).containsText("v1");
      assertThat(page.locator("#app-release")).containsText(git.head().substring(0, 7));
      assertThat(page.locator("#service-canvas")).containsText("greeter");
      assertThat(page.locator("#service-canvas")).containsText("phrases");
      look(page, "live");

      Page site = visitor.newPage();
      site.navigate(platform.appUrl("hello-grace") + "/");
      Browsers.screenshot(site, "hello-site");
      site.close();
      String answer =
          Rest.anonymous(platform)
              .call("hello-grace", "greeter/greet", "{\"name\":\"Ada\"}")
              .mustBe(200)
              .text();
      assertThat(answer).contains("Ada");

      page.navigate(platform.url() + "/apps/hello-grace/logs");
      assertThat(page.locator("#log-stream")).containsText("greeter", soon());
      look(page, "logs");
    }
  }

  @Test
  void aRefusedPushTellsEveryMistakeAndLeavesTheLiveReleaseAlone() throws Exception {
    Rest rest = Rest.signUp(platform, "alan@example.org", PASSWORD);
    rest.post("apps", Map.of("name", "hello-alan")).mustBe(201);
    Git git = Git.of(Platform.root().resolve("examples/hello"), work.resolve("hello"));
    git.push(remoteAs("alan", "hello-alan"), "main");
    String live = git.head();

    Files.writeString(
        git.folder().resolve("parigot.toml"),
        Files.readString(git.folder().resolve("parigot.toml"))
            .replace("public = true", "publik = true\nmax = 0"));
    Files.write(
        git.folder().resolve("build/phrases.wasm"), new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0, 99});
    git.commit("Broken in three places");
    Git.Result refused = git.run("push", remoteAs("alan", "hello-alan"), "HEAD:refs/heads/main");
    assertThat(refused.exit()).isNotZero();
    assertThat(refused.output())
        .contains("publik")
        .contains("public")
        .contains("max")
        .contains("build/phrases.wasm");
    assertThat(
            rest.get("apps/hello-alan/releases")
                .mustBe(200)
                .json()
                .get("items")
                .get(0)
                .get("commit")
                .asString())
        .isEqualTo(live);
    rest.call("hello-alan", "greeter/greet", "{\"name\":\"Alan\"}").mustBe(200);
    assertThat(
            git.run("ls-remote", remoteAs("alan", "hello-alan"), "refs/heads/main")
                .mustSucceed()
                .output())
        .startsWith(live);
  }

  @Test
  void theShopSellsAndTheConsoleShowsIt() throws Exception {
    Rest rest = Rest.signUp(platform, "barbara@example.org", PASSWORD);
    rest.post("apps", Map.of("name", "shop")).mustBe(201);
    Git git = Git.of(Platform.root().resolve("examples/shop"), work.resolve("shop"));
    git.push(remoteAs("barbara", "shop"), "main");
    try (BrowserContext visitor = browsers.visitor()) {
      Page shop = visitor.newPage();
      shop.navigate(platform.appUrl("shop") + "/");
      shop.getByRole(AriaRole.BUTTON, named("Add")).first().click();
      Browsers.screenshot(shop, "shop");
    }
    try (BrowserContext visitor = browsers.visitor()) {
      Page page = visitor.newPage();
      signIn(page, "barbara@example.org");
      assertThat(page.locator("#app-shop")).containsText("Live", soon());
      look(page, "apps");
      page.navigate(platform.url() + "/apps/shop");
      assertThat(page.locator("#service-canvas")).containsText("catalog", soon());
      look(page, "shop-services");
      for (String tab : List.of("releases", "logs", "settings")) {
        page.navigate(platform.url() + "/apps/shop/" + tab);
        assertThat(page.locator("#app-state")).containsText("Live", soon());
        look(page, "shop-" + tab);
      }
      page.navigate(platform.url() + "/account");
      assertThat(page.locator("#create-token")).isVisible();
      look(page, "account");
    }
    lookAround("dark", 1280, 800, ColorScheme.DARK);
    lookAround("phone", 390, 844, ColorScheme.LIGHT);
  }

  @Test
  void customersOfTheShopSignUpKeepTheirOrdersAndCanBeBlocked() throws Exception {
    Rest rest = Rest.signUp(platform, "margaret@example.org", PASSWORD);
    rest.post("apps", Map.of("name", "boutique")).mustBe(201);
    Git git = Git.of(Platform.root().resolve("examples/shop"), work.resolve("boutique"));
    git.push(remoteAs("margaret", "boutique"), "main");
    try (BrowserContext customer = browsers.visitor();
        BrowserContext phone = browsers.visitor(390, 844, ColorScheme.DARK);
        BrowserContext owner = browsers.visitor()) {
      Page shop = customer.newPage();
      shop.navigate(platform.appUrl("boutique") + "/");
      shop.getByRole(AriaRole.LINK, exactly("Sign in")).click();
      look(shop, "user-sign-in");
      shop.getByRole(AriaRole.LINK, exactly("Sign up")).click();
      shop.getByLabel("E-mail").fill("ada@example.org");
      shop.getByLabel("Name").fill("Ada");
      shop.getByLabel("Password").fill(PASSWORD);
      look(shop, "user-sign-up");
      shop.getByRole(AriaRole.BUTTON, exactly("Sign up")).click();
      assertThat(shop.locator("#customer")).hasText("Ada");
      shop.getByRole(AriaRole.BUTTON, named("Add")).first().click();
      shop.getByRole(AriaRole.BUTTON, exactly("Place the order")).click();
      assertThat(shop.locator("#own-orders li")).hasCount(1);
      look(shop, "user-orders");

      Page small = phone.newPage();
      small.navigate(platform.appUrl("boutique") + "/_parigot/auth/?next=/");
      look(small, "user-sign-in-phone-dark");
      enterShop(small, "wrong horse");
      assertThat(small.getByRole(AriaRole.ALERT)).containsText("is not right");
      look(small, "user-sign-in-wrong");
      enterShop(small, PASSWORD);
      assertThat(small.locator("#own-orders li")).hasCount(1);

      Page console = owner.newPage();
      signIn(console, "margaret@example.org");
      console.navigate(platform.url() + "/apps/boutique/users");
      assertThat(console.locator(".facts-table")).containsText("ada@example.org", soon());
      look(console, "users");
      console.getByRole(AriaRole.BUTTON, exactly("Block ada@example.org")).click();
      assertThat(console.locator(".facts-table")).containsText("Blocked", soon());
      small.reload();
      assertThat(small.locator("#signed-out")).isVisible();
      small.navigate(platform.appUrl("boutique") + "/_parigot/auth/");
      enterShop(small, PASSWORD);
      assertThat(small.getByRole(AriaRole.ALERT)).containsText("This user is blocked.");

      console.setViewportSize(390, 844);
      look(console, "users-phone");
      console.locator("#find-user input").fill("eve");
      assertThat(console.locator("body")).containsText("Nobody's e-mail or name", soon());
      console.locator("#find-user input").fill("");
      console.getByRole(AriaRole.BUTTON, exactly("Remove ada@example.org")).click();
      console.getByRole(AriaRole.BUTTON, exactly("Remove")).click();
      assertThat(console.locator("#no-users")).isVisible();
      look(console, "users-none");
    }
  }

  private static void enterShop(Page page, String password) {
    page.getByLabel("E-mail").fill("ada@example.org");
    page.getByLabel("Password").fill(password);
    page.getByRole(AriaRole.BUTTON, exactly("Sign in")).click();
  }

  private static Page.GetByRoleOptions exactly(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  @Test
  void anotherAccountsAppIsNotThere() throws Exception {
    Rest.signUp(platform, "ida@example.org", PASSWORD)
        .post("apps", Map.of("name", "secret"))
        .mustBe(201);
    Rest.signUp(platform, "eve@example.org", PASSWORD);
    try (BrowserContext visitor = browsers.visitor()) {
      Page page = visitor.newPage();
      signIn(page, "eve@example.org");
      for (String path : List.of("", "/releases", "/logs", "/settings")) {
        page.navigate(platform.url() + "/apps/secret" + path);
        assertThat(page.locator("#app-state")).hasCount(0);
        assertThat(page.locator("body")).containsText("no app", noCase());
      }
      look(page, "not-there");
    }
  }

  @Test
  void aWrongPasswordIsToldAndSignOutEndsTheSession() throws Exception {
    Rest.signUp(platform, "edsger@example.org", PASSWORD);
    try (BrowserContext visitor = browsers.visitor()) {
      Page page = visitor.newPage();
      enter(page, "edsger@example.org", "wrong horse");
      assertThat(page.locator("body")).containsText("The e-mail or the password is wrong");
      look(page, "wrong-password");
      signIn(page, "edsger@example.org");
      page.locator("#account-menu").click();
      page.locator("#menu-sign-out").click();
      assertThat(page.locator("#sign-in")).isVisible();
      page.navigate(platform.url() + "/account");
      assertThat(page.locator("#sign-in")).isVisible();
    }
  }

  private void lookAround(String name, int width, int height, ColorScheme scheme) {
    try (BrowserContext visitor = browsers.visitor(width, height, scheme)) {
      Page page = visitor.newPage();
      signIn(page, "barbara@example.org");
      look(page, "apps-" + name);
      page.navigate(platform.url() + "/apps/shop");
      assertThat(page.locator("#service-canvas")).containsText("catalog", soon());
      look(page, "shop-services-" + name);
      page.navigate(platform.url() + "/apps/shop/logs");
      assertThat(page.locator("#log-stream")).isVisible();
      look(page, "shop-logs-" + name);
    }
  }

  private static void signUp(Page page, String email) {
    page.navigate(platform.url() + "/sign-up");
    page.locator("#name input").fill(email.substring(0, email.indexOf('@')));
    page.locator("#email input").fill(email);
    page.locator("#password input").fill(PASSWORD);
    page.locator("#sign-up").click();
    assertThat(page.locator("#create-app, #new-app").first()).isVisible();
  }

  private static void signIn(Page page, String email) {
    enter(page, email, PASSWORD);
    assertThat(page.locator("#create-app, #new-app").first()).isVisible();
  }

  private static void enter(Page page, String email, String password) {
    page.navigate(platform.url() + "/login");
    page.locator("#email input").fill(email);
    page.locator("#password input").fill(password);
    page.locator("#sign-in").click();
  }

  private static void createApp(Page page, String name) {
    page.locator("#app-name input").fill(name);
    page.locator("#create-app").click();
    assertThat(page.locator("#first-push")).isVisible();
  }

  /** Keeps a picture of the screen, and lets axe look at it. */
  private static void look(Page page, String name) {
    Browsers.screenshot(page, name);
    List<Rule> grave =
        new AxeBuilder(page)
            .analyze().getViolations().stream()
                .filter(rule -> GRAVE.contains(rule.getImpact()))
                .toList();
    assertThat(grave).as("what axe finds on %s", name).isEmpty();
  }

  private static String remote(String app) {
    return platform.url() + "/git/" + app + ".git";
  }

  private static String remoteAs(String user, String app) {
    return "http://%s%%40example.org:%s@localhost:%d/git/%s.git"
        .formatted(user, PASSWORD.replace(" ", "%20"), platform.port(), app);
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(Pattern.compile(name));
  }

  private static LocatorAssertions.ContainsTextOptions soon() {
    return new LocatorAssertions.ContainsTextOptions().setTimeout(SOON);
  }

  private static LocatorAssertions.ContainsTextOptions noCase() {
    return soon().setIgnoreCase(true);
  }
}
