package dev.parigot.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Domains of an app's own, proved by a real name server's records, with certificates from a real
 * ACME server.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DomainsIT {
  private static final String PASSWORD = "correct horse";
  private static final Set<String> GRAVE = Set.of("serious", "critical");
  private static final LocatorAssertions.ContainsTextOptions PATIENTLY =
      new LocatorAssertions.ContainsTextOptions().setTimeout(60_000);

  /** Short enough to see a renewal, which is when a third of it is left. */
  private static final int LIFE_SECONDS = 45;

  private static final String GREETING = "{\"name\":\"Ada\"}";

  private Pebble authority;
  private Platform platform;
  private Browsers browsers;
  private Rest ada;
  private int https;
  private Certificate operators;

  @BeforeAll
  void open(@TempDir Path folder) throws Exception {
    int http = Platform.freePort();
    https = Platform.freePort();
    authority = Pebble.start(folder, http, LIFE_SECONDS);
    operators =
        SelfSigned.write(
            folder,
            "console.test,*.apps.test",
            folder.resolve("operator.pem"),
            folder.resolve("operator.key"));
    Map<String, String> settings = new HashMap<>(authority.settings());
    settings.put("PARIGOT_TLS_PORT", "" + https);
    settings.put("PARIGOT_TLS_HSTS", "1h");
    settings.put("PARIGOT_TLS_CERTIFICATE", folder.resolve("operator.pem").toString());
    settings.put("PARIGOT_TLS_KEY", folder.resolve("operator.key").toString());
    platform = Platform.upCold(folder.resolve("data"), http, settings);
    browsers = Browsers.open();
    ada = Rest.signUp(platform, "ada@example.org", PASSWORD);
    ada.post("apps", Map.of("name", "hello")).mustBe(201);
    Git git = Git.of(Platform.root().resolve("examples/hello"), folder.resolve("hello"));
    git.push(
        "http://ada%%40example.org:%s@localhost:%d/git/hello.git"
            .formatted(PASSWORD.replace(" ", "%20"), platform.port()),
        "main");
  }

  @AfterAll
  void close() throws Exception {
    browsers.close();
    platform.close();
    authority.close();
  }

  @Test
  void aDomainIsAddedProvedAndServedWithACertificateThatIsRenewed() throws Exception {
    String host = "shop.example.org";
    try (BrowserContext context = browsers.visitor();
        BrowserContext phone = browsers.visitor(390, 844, ColorScheme.DARK)) {
      Page console = signIn(context);
      console.navigate(platform.url() + "/apps/hello/domains");
      assertThat(console.locator("#no-domains")).containsText("served over HTTPS");
      look(console, "domains-empty");
      console.locator("#domain-host input").fill("127.0.0.1");
      console.locator("#add-domain").click();
      assertThat(console.locator(".problem")).containsText("is no domain", PATIENTLY);

      console.locator("#domain-host input").fill("Shop.Example.ORG");
      console.locator("#add-domain").click();
      Locator entry = console.locator("[id='domain-" + host + "']");
      assertThat(entry).containsText("Waiting for its record", PATIENTLY);
      assertThat(entry).containsText("_parigot." + host);
      assertThat(entry).containsText("hello.localhost");
      assertThat(visit(host, "/").status()).isEqualTo(421);
      entry.locator("text=Check now").click();
      assertThat(entry).containsText("There is no TXT record", PATIENTLY);
      look(console, "domains-waiting");

      authority.addText("_parigot." + host, domain(host).get("proof").get("content").asString());
      entry.locator("text=Check now").click();
      assertThat(entry).containsText("Served over HTTPS", PATIENTLY);
      look(console, "domains-issued");
      Page small = signIn(phone);
      small.navigate(platform.url() + "/apps/hello/domains");
      assertThat(small.locator("[id='domain-" + host + "']"))
          .containsText("Served over HTTPS", PATIENTLY);
      look(small, "domains-phone");
    }
    X509Certificate first = greeted(host);
    Rest.Answer plain = visit(host, "/greeter/x?a=b");
    assertThat(plain.status()).isEqualTo(308);
    assertThat(plain.location()).isEqualTo("https://" + host + ":" + https + "/greeter/x?a=b");
    assertThat(domain(host).get("url").asString()).isEqualTo("https://" + host + ":" + https + "/");

    X509Certificate second = first;
    for (int i = 0; i < 60 && second.equals(first); i++) {
      Thread.sleep(1_000);
      second = greeted(host);
    }
    assertThat(second.getNotAfter()).isAfter(first.getNotAfter());

    ada.delete("apps/hello/domains/" + host).mustBe(204);
    awaitStatus(host, 421);
  }

  @Test
  void whoeverLeadsElsewhereIsToldSoAndCanTryAgain() throws Exception {
    String host = "astray.example.org";
    authority.leadHere(false);
    JsonNode added = ada.post("apps/hello/domains", Map.of("host", host)).mustBe(201).json();
    authority.addText("_parigot." + host, added.get("proof").get("content").asString());
    assertThat(verify(host).get("state").asString()).isEqualTo("pending");
    assertThat(visit(host, "/").status()).isEqualTo(200);
    JsonNode failed = awaitState(host, "failed");

    assertThat(failed.get("reason").asString())
        .contains("could not see that " + host + " leads here");
    assertThat(failed.get("nextTry").isNull()).isFalse();
    try (BrowserContext context = browsers.visitor()) {
      Page console = signIn(context);
      console.navigate(platform.url() + "/apps/hello/domains");
      Locator entry = console.locator("[id='domain-" + host + "']");
      assertThat(entry).containsText("No certificate", PATIENTLY);
      look(console, "domains-failed");
      authority.leadHere(true);
      entry.locator("text=Try again now").click();
      assertThat(entry).containsText("Served over HTTPS", PATIENTLY);
    }
    var _ = greeted(host);
    ada.delete("apps/hello/domains/" + host).mustBe(204);
  }

  @Test
  void theOperatorsOwnCertificateIsForTheHostsThatItNames() throws Exception {
    SSLContext trust = SelfSigned.trusting(operators);
    for (String host : List.of("console.test", "x.apps.test")) {
      try (SSLSocket socket = connect(trust, host)) {
        assertThat(socket.getSession().getPeerCertificates()).containsExactly(operators);
      }
    }
    assertThat(visit("console.test", "/").status()).isEqualTo(308);
  }

  @Test
  void whatIsNobodysHasNoCertificateThatAClientTakes() throws Exception {
    assertThatThrownBy(() -> connect(authority.clients(), "nobody.example.org"))
        .isInstanceOf(SSLHandshakeException.class);
  }

  private JsonNode domain(String host) throws IOException, InterruptedException {
    return ada.get("apps/hello/domains/" + host).mustBe(200).json();
  }

  private JsonNode verify(String host) throws IOException, InterruptedException {
    return ada.post("apps/hello/domains/" + host + "/verify", Map.of()).mustBe(200).json();
  }

  private JsonNode awaitState(String host, String state) throws IOException, InterruptedException {
    JsonNode domain = domain(host);
    for (int i = 0; i < 120 && !domain.get("state").asString().equals(state); i++) {
      Thread.sleep(500);
      domain = domain(host);
    }
    assertThat(domain.get("state").asString()).as(domain.toString()).isEqualTo(state);
    return domain;
  }

  private void awaitStatus(String host, int status) throws IOException, InterruptedException {
    for (int i = 0; i < 60 && visit(host, "/").status() != status; i++) {
      Thread.sleep(500);
    }
    assertThat(visit(host, "/").status()).isEqualTo(status);
  }

  private Rest.Answer visit(String host, String path) throws IOException, InterruptedException {
    return ada.visitHost(host, path);
  }

  /**
   * Calls the app over HTTPS as a careful client does, and answers the certificate it was shown.
   */
  private X509Certificate greeted(String host) throws Exception {
    try (SSLSocket socket = connect(authority.clients(), host)) {
      String request =
          """
          POST /greeter/greet HTTP/1.1
          Host: %s:%d
          Connection: close
          Content-Length: %d

          """
              .formatted(host, https, GREETING.length())
              .replace("\n", "\r\n");
      socket.getOutputStream().write((request + GREETING).getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer)
          .startsWith("HTTP/1.1 200")
          .contains("Strict-Transport-Security: max-age=3600")
          .contains("Ada");
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }

  private SSLSocket connect(SSLContext trust, String host) throws IOException {
    Socket plain = new Socket(InetAddress.getLoopbackAddress(), https);
    plain.setSoTimeout((int) Duration.ofSeconds(30).toMillis());
    SSLSocket socket = (SSLSocket) trust.getSocketFactory().createSocket(plain, host, https, true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    parameters.setServerNames(List.of(new SNIHostName(host)));
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  private Page signIn(BrowserContext context) {
    Page page = context.newPage();
    page.navigate(platform.url() + "/login");
    page.locator("#email input").fill("ada@example.org");
    page.locator("#password input").fill(PASSWORD);
    page.locator("#sign-in").click();
    assertThat(page.locator("#app-hello")).isVisible();
    return page;
  }

  private static void look(Page page, String name) {
    Browsers.screenshot(page, name);
    List<Rule> grave =
        new AxeBuilder(page)
            .analyze().getViolations().stream()
                .filter(violation -> GRAVE.contains(String.valueOf(violation.getImpact())))
                .toList();
    assertThat(grave).as("accessibility of " + name).isEmpty();
  }
}
