package dev.parigot.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.web.testing.Client;
import dev.parigot.web.testing.Running;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Who gets in where, and with what. */
class SecurityChainsTest {
  private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" content=\"([^\"]+)\"");

  private final Running platform = Running.shared();
  private final Client ada = platform.account();
  private final CookieManager cookies = new CookieManager();
  private final HttpClient browser = HttpClient.newBuilder().cookieHandler(cookies).build();

  @Test
  void gitAsksForPasswordOrTokenAndNeverSendsToTheLoginPage() {
    String path = "/git/x.git/info/refs?service=git-upload-pack";

    Client.Answer refused = platform.stranger().visit("localhost", path).mustBe(401);

    assertThat(refused.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Basic");
    assertThat(refused.headers().firstValue("Set-Cookie")).isEmpty();
    ada.basic(ada.email(), "wrong password").visit("localhost", path).mustBe(401);
    ada.basic(ada.email(), Client.PASSWORD).visit("localhost", path).mustBe(404);
  }

  @Test
  void gitTakesAnAccessTokenAsPassword() {
    String token =
        ada.basic(ada.email(), Client.PASSWORD)
            .post("tokens", "{\"name\": \"git\"}")
            .mustBe(201)
            .json()
            .get("token")
            .stringValue();
    ada.create("by-token");

    ada.basic(ada.email(), token)
        .visit("localhost", "/git/by-token.git/info/refs?service=git-upload-pack")
        .mustBe(200);
  }

  @Test
  void healthIsToldToEverybody() {
    assertThat(platform.stranger().visit("localhost", "/health").mustBe(200).text())
        .isEqualTo("{\"status\":\"up\"}");
  }

  @Test
  void theConsoleLeadsStrangersToTheLogin() throws Exception {
    HttpResponse<String> answer = page("/");

    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(answer.headers().firstValue("Location").orElse("")).endsWith("/login");
  }

  @Test
  void theConsolesPagesCarrySecurityHeaders() throws Exception {
    HttpResponse<String> login = page("/login");

    assertThat(login.statusCode()).isEqualTo(200);
    assertThat(login.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("frame-ancestors 'none'")
        .contains("object-src 'none'");
    assertThat(login.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(login.headers().firstValue("Referrer-Policy")).hasValue("same-origin");
  }

  @Test
  void signingInWithoutTheCsrfTokenIsRefused() throws Exception {
    page("/login");

    HttpResponse<String> answer = signIn(Client.PASSWORD, "", false);

    assertThat(answer.headers().firstValue("Location").orElse("")).endsWith("/login?expired");
    assertThat(page("/").statusCode()).isEqualTo(302);
  }

  @Test
  void signingInChangesTheSessionsIdentity() throws Exception {
    String token = csrf();
    String before = cookie("parigot_session");

    HttpResponse<String> answer = signIn(Client.PASSWORD, token, false);

    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(answer.headers().firstValue("Location").orElse("")).doesNotContain("login");
    assertThat(cookie("parigot_session")).isNotEqualTo(before);
    assertThat(page("/").statusCode()).isEqualTo(200);
  }

  @Test
  void aWrongPasswordLeadsBackToTheLogin() throws Exception {
    HttpResponse<String> answer = signIn("a wrong one", csrf(), false);

    assertThat(answer.headers().firstValue("Location").orElse("")).endsWith("/login?error");
    assertThat(page("/").statusCode()).isEqualTo(302);
  }

  @Test
  void aRememberedLoginOutlivesItsSessionAndBothEndWithThePassword() throws Exception {
    signIn(Client.PASSWORD, csrf(), true);
    forget("parigot_session");
    assertThat(page("/").statusCode()).isEqualTo(200);

    ada.put(
            "accounts/me/password",
            "{\"old\": \"" + Client.PASSWORD + "\", \"new\": \"battery staple\"}")
        .mustBe(204);

    assertThat(page("/").statusCode()).isEqualTo(302);
  }

  private String csrf() throws Exception {
    Matcher matcher = CSRF.matcher(page("/login").body());
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  private HttpResponse<String> signIn(String password, String csrf, boolean remember)
      throws Exception {
    String form =
        "username="
            + URLEncoder.encode(ada.email(), StandardCharsets.UTF_8)
            + "&password="
            + URLEncoder.encode(password, StandardCharsets.UTF_8)
            + "&_csrf="
            + csrf
            + (remember ? "&remember-me=on" : "");
    return browser.send(
        HttpRequest.newBuilder(uri("/login"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build(),
        BodyHandlers.ofString());
  }

  private HttpResponse<String> page(String path) throws Exception {
    return browser.send(
        HttpRequest.newBuilder(uri(path)).header("Accept", "text/html").build(),
        BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://localhost:" + platform.port() + path);
  }

  private String cookie(String name) {
    return cookies.getCookieStore().getCookies().stream()
        .filter(cookie -> cookie.getName().equals(name))
        .findFirst()
        .orElseThrow()
        .getValue();
  }

  private void forget(String name) {
    cookies.getCookieStore().getCookies().stream()
        .filter(cookie -> cookie.getName().equals(name))
        .toList()
        .forEach(cookie -> cookies.getCookieStore().remove(uri("/"), cookie));
  }
}
