package dev.parigot.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.fleet.TestPlatform;
import dev.parigot.gateway.GatewayRequest;
import dev.parigot.gateway.GatewayResponse;
import dev.parigot.release.ReleasedService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the users of an app sign in, and what is theirs alone. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignedInTest {
  private static final String ORIGIN = "http://shop.localhost:8080";
  private static final String JSON = "application/json";
  private static final String PASSWORD = "correct horse";

  private TestPlatform platform;
  private String ada = "";
  private int address;

  @BeforeAll
  void deploy(@TempDir Path folder) throws IOException {
    platform = new TestPlatform(folder);
    Path modules = Path.of("../sdk/abi/conformance/modules");
    ReleasedService call =
        platform.service("call", Files.readAllBytes(modules.resolve("call.wasm")));
    ReleasedService front =
        platform.service("front", Files.readAllBytes(modules.resolve("front.wasm")));
    ReleasedService back =
        TestPlatform.exposing(
            platform.service("back", Files.readAllBytes(modules.resolve("back.wasm"))), null);
    platform.fleet.activate(
        platform.fleet.start(
            platform.release(
                List.of(
                    call,
                    signedIn(front),
                    back,
                    signedIn(platform.service("web", "site")),
                    platform.service("open", "site")),
                Map.of("_parigot/auth/index.html", "the app's own".getBytes(UTF_8)))));
    ada =
        cookie(
            json(
                "sign-up",
                "{\"email\":\"ada@example.org\",\"password\":\"correct horse\",\"name\":\"Ada\"}"));
  }

  private static ReleasedService signedIn(ReleasedService service) {
    return new ReleasedService(
        service.name(),
        service.kind(),
        service.digest(),
        service.size(),
        service.allPublic(),
        service.publicMethods(),
        service.min(),
        service.max(),
        service.memoryBytes(),
        service.timeoutNanos(),
        service.methods(),
        service.dependsOn(),
        null,
        true);
  }

  @AfterAll
  void close() {
    platform.close();
  }

  @Test
  void aServiceKnowsWhoIsSignedIn() {
    assertThat(text(post("/call/echo", "user", "Cookie", ada))).isEqualTo(id(ada));
    assertThat(text(post("/call/echo", "claims", "Cookie", ada)))
        .isEqualTo(text(get("/_parigot/auth/me", "Cookie", ada)))
        .contains("\"email\":\"ada@example.org\",\"email_verified\":false,\"name\":\"Ada\"");
    assertThat(post("/call/echo", "user").status()).isEqualTo(404);
  }

  @Test
  void theServicesThatItCallsKnowHimToo() {
    assertThat(text(post("/front/call_get", "user", "Cookie", ada))).isEqualTo(id(ada));
  }

  @Test
  void aServiceForThoseWhoAreSignedInRefusesOthers() {
    GatewayResponse refused = post("/front/call_get", "user");
    assertThat(refused.status()).isEqualTo(401);
    assertHeader(refused, "Content-Type", "application/problem+json");
    assertThat(text(refused)).contains("urn:parigot:problem:sign-in-needed", "/_parigot/auth/");
    assertThat(get("/web/page").status()).isEqualTo(401);
  }

  @Test
  void aBrowserThatAsksForAPageIsShownTheWay() {
    GatewayResponse sent = get("/web/a%20page?b=c&d", "Accept", "text/html,*/*");
    assertThat(sent.status()).isEqualTo(303);
    assertHeader(sent, "Location", "/_parigot/auth/?next=%2Fweb%2Fa%2520page%3Fb%3Dc%26d");
    assertThat(get("/web/page", "Accept", "text/html", "Cookie", ada).status()).isNotEqualTo(303);
    assertThat(send("POST", "/web/page", "", "x", "Accept", "text/html").status()).isEqualTo(401);
  }

  @Test
  void theCookieGoesNoFurther() {
    String seen = text(get("/open/echo", "Cookie", "a=b; " + ada + "; c=d"));
    assertThat(seen).contains("a=b; c=d").doesNotContain("parigot-session");
    assertThat(text(get("/open/echo", "Cookie", ada))).doesNotContainIgnoringCase("cookie");
    assertThat(text(get("/open/echo", "Cookie", "__Host-parigot-session=x; parigot-journey=y")))
        .doesNotContainIgnoringCase("cookie");
  }

  /** SameSite alone lets pages act that lie under the same domain. */
  @ParameterizedTest
  @CsvSource({
    "Sec-Fetch-Site, cross-site, 404",
    "Sec-Fetch-Site, same-site, 404",
    "Sec-Fetch-Site, same-origin, 200",
    "Sec-Fetch-Site, none, 200",
    "Origin, https://evil.example.org, 404",
    "Origin, http://evil.localhost:8080, 404",
    "Origin, null, 404",
    "Origin, http://shop.localhost:8080, 200"
  })
  void noOtherSiteActsInHisName(String header, String value, int status) {
    assertThat(post("/call/echo", "user", "Cookie", ada, header, value).status()).isEqualTo(status);
  }

  @Test
  void aLinkOnAnotherSiteLeadsIn() {
    String[] link = {"Cookie", ada, "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate"};
    assertThat(get("/_parigot/auth/me", link).status()).isEqualTo(200);
    assertThat(post("/call/echo", "user", link).status()).isEqualTo(404);
    assertThat(
            get(
                    "/_parigot/auth/me",
                    "Cookie",
                    ada,
                    "Sec-Fetch-Site",
                    "same-site",
                    "Sec-Fetch-Mode",
                    "no-cors")
                .status())
        .isEqualTo(401);
  }

  @Test
  void aCookieIsForThisHostAloneAndForNoScript() {
    GatewayResponse signedIn =
        json("sign-in", "{\"email\":\"ada@example.org\",\"password\":\"correct horse\"}");
    assertThat(signedIn.status()).isEqualTo(200);
    assertThat(signedIn.headers().first("Set-Cookie").orElseThrow())
        .matches(
            "parigot-session=[A-Za-z0-9_-]{43}; Path=/; Max-Age=34560000; HttpOnly; SameSite=Lax");
    assertHeader(signedIn, "Cache-Control", "no-store");
    GatewayResponse secure =
        platform.edge.handle(
            platform.app,
            request(
                "https://shop.example.org",
                "POST",
                "/_parigot/auth/sign-in",
                "",
                "{\"email\":\"ada@example.org\",\"password\":\"correct horse\"}",
                "Content-Type",
                JSON));
    assertThat(secure.headers().first("Set-Cookie").orElseThrow())
        .startsWith("__Host-parigot-session=")
        .endsWith("; HttpOnly; SameSite=Lax; Secure");
  }

  @Test
  void signingInAnewEndsTheSessionBefore() {
    String before = cookie(json("sign-in", credentials("ada@example.org", PASSWORD)));
    String after =
        cookie(json("sign-in", credentials("ada@example.org", PASSWORD), "Cookie", before));

    assertThat(get("/_parigot/auth/me", "Cookie", before).status()).isEqualTo(401);
    assertThat(get("/_parigot/auth/me", "Cookie", after).status()).isEqualTo(200);
    GatewayResponse out = json("sign-out", "", "Cookie", after);
    assertThat(out.status()).isEqualTo(204);
    assertThat(out.headers().first("Set-Cookie").orElseThrow())
        .startsWith("parigot-session=; Path=/; Max-Age=0;");
    assertThat(get("/_parigot/auth/me", "Cookie", after).status()).isEqualTo(401);
  }

  @Test
  void mistakesAreProblems() {
    assertProblem(401, "credentials-wrong", json("sign-in", credentials("ada@example.org", "x")));
    assertProblem(409, "email-taken", json("sign-up", credentials("ada@example.org", PASSWORD)));
    assertProblem(400, "email-invalid", json("sign-up", credentials("ada", PASSWORD)));
    assertProblem(
        400, "password-invalid", json("sign-up", credentials("bob@example.org", "short")));
    assertProblem(400, "invalid-request", json("sign-in", "[]"));
    assertProblem(400, "invalid-request", json("sign-in", "{"));
    assertProblem(401, "sign-in-needed", get("/_parigot/auth/me"));
    assertProblem(404, "not-found", get("/_parigot/auth/absent"));
    assertProblem(405, "method-not-allowed", send("DELETE", "/_parigot/auth/me", "", ""));
  }

  @Test
  void anotherSiteSignsNobodyInOrOut() {
    String credentials = credentials("ada@example.org", PASSWORD);
    assertProblem(
        403, "foreign-request", json("sign-in", credentials, "Sec-Fetch-Site", "cross-site"));
    assertProblem(
        403,
        "foreign-request",
        send("POST", "/_parigot/auth/sign-in", "", credentials, "Content-Type", "text/plain"));
    assertProblem(403, "foreign-request", form("sign-in", "email=ada%40example.org&password=x"));
    assertProblem(
        403,
        "foreign-request",
        form("sign-out", "", "Cookie", ada, "Origin", "http://evil.localhost:8080"));
    assertThat(get("/_parigot/auth/me", "Cookie", ada).status()).isEqualTo(200);
  }

  @Test
  void thePageNeedsNoScript() {
    GatewayResponse page = get("/_parigot/auth/", "Accept", "text/html");
    assertThat(page.status()).isEqualTo(200);
    assertThat(text(page))
        .contains("<title>Sign in · shop</title>", "action=\"/_parigot/auth/sign-in\"")
        .doesNotContain("<script", "the app's own");
    assertThat(page.headers().first("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'", "frame-ancestors 'none'", "form-action 'self'");
    assertThat(text(get("/_parigot/auth/", "Cookie", ada)))
        .contains("You are signed in as <strong>Ada</strong> (ada@example.org)");
    assertHeader(get("/_parigot/auth"), "Location", "/_parigot/auth/");
  }

  @Test
  void aFormSignsUpAndGoesOn() {
    GatewayResponse mistaken =
        form(
            "sign-up",
            "email=%22%3Ebob&password=correct+horse&next=%2Fweb%2Fpage",
            "Origin",
            ORIGIN);
    assertThat(mistaken.status()).isEqualTo(400);
    assertThat(text(mistaken))
        .contains("role=\"alert\"", "That is not an e-mail address.", "value=\"&quot;&gt;bob\"")
        .contains("name=\"next\" value=\"/web/page\"");
    GatewayResponse done =
        form(
            "sign-up",
            "email=bob%40example.org&password=correct+horse&next=%2Fweb%2Fpage",
            "Sec-Fetch-Site",
            "same-origin");
    assertThat(done.status()).isEqualTo(303);
    assertHeader(done, "Location", "/web/page");
    assertThat(get("/_parigot/auth/me", "Cookie", cookie(done)).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//evil.example.org",
        "https://evil.example.org",
        "/\\evil.example.org",
        "/%09/evil",
        "evil",
        ""
      })
  void nobodyIsSentElsewhere(String next) {
    GatewayResponse done =
        form(
            "sign-in",
            "email=ada%40example.org&password=correct+horse&next="
                + next.replace("/", "%2F").replace("\\", "%5C"),
            "Origin",
            ORIGIN);
    assertHeader(done, "Location", "/");
  }

  @Test
  void whoIsBlockedIsOutAtOnce() {
    String eve = cookie(json("sign-up", credentials("eve@example.org", PASSWORD)));
    assertThat(post("/front/call_get", "user", "Cookie", eve).status()).isEqualTo(200);
    platform.users.setBlocked(platform.app.id(), id(eve), true);
    assertThat(post("/front/call_get", "user", "Cookie", eve).status()).isEqualTo(401);
    assertProblem(403, "user-blocked", json("sign-in", credentials("eve@example.org", PASSWORD)));
  }

  @Test
  void whatIsThePlatformsIsNobodyElses() {
    assertThat(get("/_parigot/else").status()).isEqualTo(404);
    assertThat(text(get("/_parigot/else"))).contains("There is nothing at");
  }

  private static String credentials(String email, String password) {
    return "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, password);
  }

  private String id(String cookie) {
    String me = text(get("/_parigot/auth/me", "Cookie", cookie));
    return me.substring("{\"id\":\"".length(), me.indexOf("\",\"email"));
  }

  private static String cookie(GatewayResponse response) {
    String set = response.headers().first("Set-Cookie").orElseThrow();
    return set.substring(0, set.indexOf(';'));
  }

  private GatewayResponse json(String what, String body, String... headers) {
    return sendAs(JSON, what, body, headers);
  }

  private GatewayResponse form(String what, String body, String... headers) {
    return sendAs("application/x-www-form-urlencoded", what, body, headers);
  }

  private GatewayResponse sendAs(String type, String what, String body, String... headers) {
    String[] all = java.util.Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "Content-Type";
    all[headers.length + 1] = type;
    return send("POST", "/_parigot/auth/" + what, "", body, all);
  }

  private GatewayResponse get(String target, String... headers) {
    int query = target.indexOf('?');
    return send(
        "GET",
        query < 0 ? target : target.substring(0, query),
        query < 0 ? "" : target.substring(query + 1),
        "",
        headers);
  }

  private GatewayResponse post(String path, String body, String... headers) {
    return send("POST", path, "", body, headers);
  }

  private GatewayResponse send(
      String method, String path, String query, String body, String... headers) {
    return platform.edge.handle(platform.app, request(ORIGIN, method, path, query, body, headers));
  }

  /** Each from another address: how many may come from one is tested elsewhere. */
  private GatewayRequest request(
      String origin, String method, String path, String query, String body, String... headers) {
    Map<String, List<String>> map = new HashMap<>();
    for (int i = 0; i < headers.length; i += 2) {
      map.put(headers[i].toLowerCase(Locale.ROOT), List.of(headers[i + 1]));
    }
    return new GatewayRequest(
        method, path, query, map, body.getBytes(UTF_8), "192.0.2." + address++ % 250, origin, null);
  }

  private static void assertProblem(int status, String type, GatewayResponse response) {
    assertThat(response.status()).isEqualTo(status);
    assertHeader(response, "Content-Type", "application/problem+json");
    assertThat(text(response)).contains("\"urn:parigot:problem:" + type + "\"");
  }

  private static void assertHeader(GatewayResponse response, String name, String value) {
    assertThat(response.headers().first(name)).contains(value);
  }

  private static String text(GatewayResponse response) {
    return new String(response.body(), UTF_8);
  }
}
