package dev.parigot.web.openid;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.parigot.account.AccountId;
import dev.parigot.account.Passwords;
import dev.parigot.app.App;
import dev.parigot.app.AppName;
import dev.parigot.app.Apps;
import dev.parigot.database.Database;
import dev.parigot.database.DatabaseSettings;
import dev.parigot.gateway.GatewayRequest;
import dev.parigot.gateway.GatewayResponse;
import dev.parigot.manifest.Manifest;
import dev.parigot.outbound.AddressRules;
import dev.parigot.outbound.OutboundHttp;
import dev.parigot.signin.SignIn;
import dev.parigot.user.SignIns;
import dev.parigot.user.Users;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The way to a provider over HTTP and back, and whom it is not believed about. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SpringOpenIdTest {
  private static final String ORIGIN = "https://shop.example.org";
  private static final String WAY = "/_parigot/auth/oidc/work";

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private Map<String, String> secrets = Map.of();
  private Database database;
  private Provider provider;
  private Users users;
  private App app;
  private SignIn signIn;

  @BeforeAll
  void open(@TempDir Path folder) {
    database = Database.open(new DatabaseSettings.Embedded(folder));
    Clock clock = Clock.systemUTC();
    database
        .jdbc()
        .sql(
            "INSERT INTO accounts (email, name, password, created_at)"
                + " VALUES ('owner@example.org', 'O', 'x', CURRENT_TIMESTAMP)")
        .update();
    AccountId owner =
        new AccountId(
            database.jdbc().sql("SELECT MAX(id) FROM accounts").query(Long.class).single());
    app =
        new Apps(database.jdbc(), database.transactions(), clock).create(owner, AppName.of("shop"));
    users = new Users(database.jdbc(), Passwords.encoder(), clock, new SecureRandom(), _ -> {});
  }

  @BeforeEach
  void begin() throws Exception {
    provider = new Provider();
    secrets = Map.of("OIDC_WORK_SECRET", Provider.SECRET);
    signIn = signIn(AddressRules.allowing(List.of("localhost")));
    database.jdbc().sql("DELETE FROM app_users").update();
  }

  private SignIn signIn(AddressRules rules) {
    SpringOpenId openId =
        new SpringOpenId(_ -> secrets, new OutboundHttp(rules, threads), new SecureRandom());
    return new SignIns(users, openId)
        .of(
            app,
            new Manifest.SignIn(
                false,
                Map.of("work", new Manifest.Provider(provider.issuer(), Provider.CLIENT, "Work"))));
  }

  @AfterAll
  void close() {
    database.close();
    threads.shutdownNow();
  }

  @Test
  void aProviderVouchesForAUser() throws Exception {
    GatewayResponse away = get(WAY + "?next=%2Forders");
    assertThat(away.status()).isEqualTo(303);
    URI asked = URI.create(header(away, "Location"));
    assertThat(asked.toString()).startsWith(provider.issuer() + "/authorize?");
    assertThat(asked.getQuery())
        .contains("response_type=code", "code_challenge_method=S256", "nonce=", "state=")
        .contains("redirect_uri=" + ORIGIN + WAY + "/callback");
    String journey = cookie(away);
    assertThat(header(away, "Set-Cookie"))
        .startsWith("__Host-parigot-journey=")
        .contains("; Path=/; Max-Age=600; HttpOnly; SameSite=Lax; Secure");

    GatewayResponse back = get(arrival(asked), "Cookie", journey);
    assertThat(back.status()).isEqualTo(303);
    assertThat(header(back, "Location")).isEqualTo("/orders");
    JsonNode me = me(back);
    assertThat(me.path("email").asString()).isEqualTo("ada@example.org");
    assertThat(me.path("email_verified").asBoolean()).isTrue();
    assertThat(me.path("name").asString()).isEqualTo("Ada Lovelace");
    assertThat(me.path("provider").asString()).isEqualTo("work");
    assertThat(me.path("issuer").asString()).isEqualTo(provider.issuer());
    assertThat(me.path("subject").asString()).isEqualTo("ada-12");
    assertThat(me.path("roles").get(0).asString()).isEqualTo("admin");
    assertThat(me.has("nonce")).isFalse();

    assertThat(me(journey()).path("id")).as("the same user again").isEqualTo(me.path("id"));
    assertThat(users.count(app.id())).isEqualTo(1);
  }

  static Stream<Arguments> lies() {
    Date past = Date.from(Instant.now().minusSeconds(3600));
    return Stream.of(
        lie("of another issuer", claims -> claims.issuer("https://evil.example.org")),
        lie("for another client", claims -> claims.audience("another")),
        lie(
            "for two clients, none of them asking",
            claims -> claims.audience(List.of(Provider.CLIENT, "b"))),
        lie("of another sign-in", claims -> claims.claim("nonce", "another")),
        lie("without a nonce", claims -> claims.claim("nonce", null)),
        lie("that is over", claims -> claims.expirationTime(past)),
        lie("of nobody", claims -> claims.subject(null)),
        lie("of another than the user's information", claims -> claims.subject("eve-13")));
  }

  private static Arguments lie(String what, UnaryOperator<JWTClaimsSet.Builder> claims) {
    return Arguments.of(what, claims);
  }

  @ParameterizedTest(name = "a token {0}")
  @MethodSource("lies")
  void aTokenIsNotBelieved(String what, UnaryOperator<JWTClaimsSet.Builder> claims)
      throws Exception {
    provider.claims = claims;
    assertRefused(403, "Work did not sign you in", journey());
  }

  @Test
  void aTokenThatAnotherHasSignedIsNotBelieved() throws Exception {
    provider.forged = true;
    assertRefused(403, "Work did not sign you in", journey());
  }

  @Test
  void nobodyComesBackWhoDidNotGo() throws Exception {
    GatewayResponse first = get(WAY);
    String hers = arrival(URI.create(header(first, "Location")));
    GatewayResponse second = get(WAY);

    assertRefused(400, "begun in another browser", get(hers));
    assertRefused(403, "invalid_state_parameter", get(hers, "Cookie", cookie(second)));
    assertThat(header(get(hers, "Cookie", cookie(first)), "Location")).isEqualTo("/");
    assertRefused(403, "invalid_grant", get(hers, "Cookie", cookie(first)));
  }

  @Test
  void anAnswerOfAnotherProviderIsRefused() throws Exception {
    GatewayResponse away = get(WAY);
    String back = arrival(URI.create(header(away, "Location")));
    assertRefused(
        403,
        "of another provider",
        get(back + "&iss=https%3A%2F%2Fevil.example.org", "Cookie", cookie(away)));
  }

  @Test
  void whatTheProviderRefusesIsTold() throws Exception {
    GatewayResponse away = get(WAY);
    String query = URI.create(header(away, "Location")).getQuery();
    String state = query.replaceAll(".*[?&]?state=([^&]+).*", "$1");
    assertRefused(
        403,
        "access_denied",
        get(WAY + "/callback?error=access_denied&state=" + state, "Cookie", cookie(away)));
  }

  @Test
  void whoIsBlockedStaysOut() throws Exception {
    String id = me(journey()).path("id").asString();
    users.setBlocked(app.id(), id, true);
    assertRefused(403, "This user is blocked.", journey());
  }

  @Test
  void whatIsMissingIsNamed() throws Exception {
    assertRefused(404, "no provider of that name", get("/_parigot/auth/oidc/absent"));
    secrets = Map.of();
    assertRefused(404, "OIDC_WORK_SECRET", get(WAY));
    secrets = Map.of("OIDC_WORK_SECRET", "wrong");
    assertRefused(403, "Work did not sign you in", journey());
  }

  @Test
  void metadataOfAnotherIssuerIsRefused() throws Exception {
    provider.otherIssuer = "https://accounts.google.com";
    assertRefused(503, "Work can't be asked now.", get(WAY));
  }

  @Test
  void aProviderIsAskedWhereAppsMayAskAlone() throws Exception {
    signIn = signIn(AddressRules.publicOnly());
    assertRefused(503, "Work can't be asked now.", get(WAY));
  }

  @Test
  void thePageOffersTheProvider() {
    assertThat(text(get("/_parigot/auth/?next=%2Forders")))
        .contains("href=\"/_parigot/auth/oidc/work?next=%2Forders\">Sign in with Work</a>")
        .doesNotContain("Sign up");
  }

  /** There and back. */
  private GatewayResponse journey() throws Exception {
    GatewayResponse away = get(WAY);
    return get(arrival(URI.create(header(away, "Location"))), "Cookie", cookie(away));
  }

  /** Where the provider sends whoever comes there. */
  private static String arrival(URI provider) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      String back =
          client
              .send(HttpRequest.newBuilder(provider).build(), BodyHandlers.discarding())
              .headers()
              .firstValue("Location")
              .orElseThrow();
      assertThat(back).startsWith(ORIGIN);
      return back.substring(ORIGIN.length());
    }
  }

  private JsonNode me(GatewayResponse signedIn) {
    String session =
        signedIn.headers().all("Set-Cookie").stream()
            .filter(set -> set.startsWith("__Host-parigot-session="))
            .findFirst()
            .map(set -> set.substring(0, set.indexOf(';')))
            .orElseThrow();
    return JsonMapper.shared().readTree(text(get("/_parigot/auth/me", "Cookie", session)));
  }

  private GatewayResponse get(String target, String... headers) {
    int query = target.indexOf('?');
    Map<String, List<String>> sent = new HashMap<>();
    for (int i = 0; i < headers.length; i += 2) {
      sent.put(headers[i].toLowerCase(java.util.Locale.ROOT), List.of(headers[i + 1]));
    }
    return signIn.answer(
        new GatewayRequest(
            "GET",
            query < 0 ? target : target.substring(0, query),
            query < 0 ? "" : target.substring(query + 1),
            sent,
            new byte[0],
            "192.0.2.1",
            ORIGIN,
            null));
  }

  private static String cookie(GatewayResponse response) {
    String set = header(response, "Set-Cookie");
    return set.substring(0, set.indexOf(';'));
  }

  private static String header(GatewayResponse response, String name) {
    return response
        .headers()
        .first(name)
        .orElseThrow(() -> new AssertionError("no " + name + ": " + text(response)));
  }

  private static void assertRefused(int status, String why, GatewayResponse response) {
    assertThat(text(response)).contains("role=\"alert\"", why);
    assertThat(response.status()).isEqualTo(status);
    assertThat(response.headers().all("Set-Cookie"))
        .noneMatch(set -> set.contains("parigot-session="));
  }

  private static String text(GatewayResponse response) {
    return new String(response.body(), UTF_8);
  }
}
