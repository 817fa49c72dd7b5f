package dev.parigot.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one does with an account over time, in a real browser and with the real git. */
class AccountIT {
  private static final String EMAIL = "grace@example.org";
  private static final String PASSWORD = "correct horse";
  private static final String SESSION = "parigot_session";
  private static final Pattern TOKEN = Pattern.compile("parigot_[A-Za-z0-9_-]+");

  @TempDir Path data;
  @TempDir Path work;

  private Browsers browsers;
  private Platform platform;

  @BeforeEach
  void open() throws Exception {
    browsers = Browsers.open();
    platform = Platform.upCold(data);
    Rest.signUp(platform, EMAIL, PASSWORD).post("apps", Map.of("name", "kept")).mustBe(201);
  }

  @AfterEach
  void close() throws Exception {
    browsers.close();
    platform.close();
  }

  @Test
  void aRememberedBrowserIsSignedInAfterARestartUntilItSignsOut() throws Exception {
    try (BrowserContext visitor = browsers.visitor()) {
      Page page = visitor.newPage();
      page.navigate(platform.url() + "/login");
      page.locator("#remember-me").check();
      signIn(page, PASSWORD);
      assertThat(page.locator("#app-kept")).isVisible();

      platform.close();
      platform = Platform.upCold(data, platform.port());
      endSession(visitor);
      page.navigate(platform.url() + "/account");
      assertThat(page.locator("#create-token")).isVisible();

      page.locator("#account-menu").click();
      page.locator("#menu-sign-out").click();
      assertThat(page.locator("#sign-in")).isVisible();
      endSession(visitor);
      page.navigate(platform.url() + "/account");
      assertThat(page.locator("#sign-in")).isVisible();
    }
  }

  @Test
  void aChangedPasswordIsTheOnlyOneAndSignsOtherBrowsersOut() throws Exception {
    try (BrowserContext other = browsers.visitor();
        BrowserContext visitor = browsers.visitor()) {
      Page remembered = other.newPage();
      remembered.navigate(platform.url() + "/login");
      remembered.locator("#remember-me").check();
      signIn(remembered, PASSWORD);
      assertThat(remembered.locator("#app-kept")).isVisible();

      Page page = visitor.newPage();
      page.navigate(platform.url() + "/login");
      signIn(page, PASSWORD);
      assertThat(page.locator("#app-kept")).isVisible();
      page.navigate(platform.url() + "/account");
      page.locator("#old-password input").fill("wrong horse");
      page.locator("#new-password input").fill("battery staple");
      page.locator("#change-password").click();
      assertThat(page.locator("body")).containsText("The old password is not right");
      page.locator("#old-password input").fill(PASSWORD);
      page.locator("#change-password").click();
      assertThat(page.locator("#password-said")).isVisible();
      Browsers.screenshot(page, "password-changed");
      page.reload();
      assertThat(page.locator("#create-token")).isVisible();

      remembered.navigate(platform.url() + "/account");
      assertThat(remembered.locator("#sign-in")).isVisible();
      signIn(remembered, PASSWORD);
      assertThat(remembered.locator("body")).containsText("The e-mail or the password is wrong");
      signIn(remembered, "battery staple");
      assertThat(remembered.locator("#create-token")).isVisible();
    }
  }

  @Test
  void aTokenIsShownOnceServesGitAndIsRevoked() throws Exception {
    try (BrowserContext visitor = browsers.visitor()) {
      Page page = visitor.newPage();
      page.navigate(platform.url() + "/login");
      signIn(page, PASSWORD);
      assertThat(page.locator("#app-kept")).isVisible();
      page.navigate(platform.url() + "/account");
      page.locator("#token-name input").fill("laptop");
      page.locator("#create-token").click();
      assertThat(page.locator("#token-made")).containsText("not shown again");
      String shown = page.locator("#token-made").innerText();
      String token =
          TOKEN.matcher(shown).results().map(MatchResult::group).findFirst().orElseThrow();
      Browsers.screenshot(page, "token-made");

      Git git = Git.of(Platform.root().resolve("examples/hello"), work.resolve("hello"));
      git.push(remote(token), "main");

      page.reload();
      assertThat(page.locator("#tokens")).containsText("laptop");
      assertThat(page.content()).doesNotContain(token);
      button(page, "Revoke laptop").click();
      button(page, "Revoke").click();
      assertThat(page.locator("#tokens")).not().containsText("laptop");
      assertThat(git.run("ls-remote", remote(token)).exit()).isNotZero();
    }
  }

  private static void signIn(Page page, String password) {
    page.locator("#email input").fill(EMAIL);
    page.locator("#password input").fill(password);
    page.locator("#sign-in").click();
  }

  private static void endSession(BrowserContext visitor) {
    visitor.clearCookies(new BrowserContext.ClearCookiesOptions().setName(SESSION));
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private String remote(String token) {
    return "http://%s:%s@localhost:%d/git/kept.git"
        .formatted(EMAIL.replace("@", "%40"), token, platform.port());
  }
}
