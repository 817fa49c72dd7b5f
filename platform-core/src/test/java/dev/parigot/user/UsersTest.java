package dev.parigot.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parigot.account.AccountId;
import dev.parigot.app.AppId;
import dev.parigot.app.AppName;
import dev.parigot.app.Apps;
import dev.parigot.database.Database;
import dev.parigot.database.SettableClock;
import dev.parigot.database.TestDatabase;
import dev.parigot.problem.Problem;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class UsersTest {
  private static final String PASSWORD = "correct horse";
  private static final PasswordEncoder QUICK = new BCryptPasswordEncoder(4);
  private static final String HERE = "192.0.2.1";

  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T12:00:00Z"));
  private final Database database;

  /** The apps in which sessions were ended. */
  private final List<AppId> ended = new ArrayList<>();

  private final Users users;
  private final AppId shop;
  private final AppId poll;

  UsersTest(TestDatabase vendor) {
    database = vendor.empty();
    Apps apps = new Apps(database.jdbc(), database.transactions(), clock);
    database
        .jdbc()
        .sql(
            "INSERT INTO accounts (email, name, password, created_at)"
                + " VALUES ('owner@example.org', 'O', 'x', CURRENT_TIMESTAMP)")
        .update();
    AccountId owner =
        new AccountId(
            database.jdbc().sql("SELECT MAX(id) FROM accounts").query(Long.class).single());
    shop = apps.create(owner, AppName.of("shop")).id();
    poll = apps.create(owner, AppName.of("poll")).id();
    users = node();
  }

  /** The platform on another node, which remembers for itself. */
  private Users node() {
    return new Users(database.jdbc(), QUICK, clock, new SecureRandom(), ended::add);
  }

  private Users.SignedIn ada() {
    return users.signUp(shop, " Ada@Example.org", PASSWORD, "Ada", HERE);
  }

  private static JsonNode claims(Users.SignedIn signedIn) {
    return JsonMapper.shared().readTree(signedIn.user().claims());
  }

  @Test
  void whoSignsUpIsSignedIn() {
    Users.SignedIn ada = ada();

    assertThat(users.user(shop, ada.token())).contains(ada.user());
    JsonNode claims = claims(ada);
    assertThat(claims.path("id").asString()).isEqualTo(ada.user().id());
    assertThat(claims.path("email").asString()).isEqualTo("ada@example.org");
    assertThat(claims.path("email_verified").asBoolean(true)).isFalse();
    assertThat(claims.path("name").asString()).isEqualTo("Ada");
    assertThat(claims.path("provider").asString()).isEqualTo("password");
  }

  @Test
  void neitherPasswordNorTokenIsKept() {
    String token = ada().token();

    assertThat(database.jdbc().sql("SELECT password FROM app_users").query(String.class).single())
        .doesNotContain(PASSWORD);
    assertThat(
            database
                .jdbc()
                .sql("SELECT token_sha256 FROM user_sessions")
                .query(String.class)
                .single())
        .hasSize(64)
        .doesNotContain(token);
  }

  @Test
  void aPasswordSignsIn() {
    Users.SignedIn first = ada();
    Users.SignedIn second = users.signIn(shop, "ADA@example.org", PASSWORD, HERE);

    assertThat(second.user().id()).isEqualTo(first.user().id());
    assertThat(second.token()).isNotEqualTo(first.token());
    refused(401, () -> users.signIn(shop, "ada@example.org", "wrong horse", HERE));
    refused(401, () -> users.signIn(shop, "eve@example.org", PASSWORD, HERE));
  }

  @Test
  void anEMailIsTakenOncePerApp() {
    ada();
    refused(409, this::ada);

    Users.SignedIn other = users.signUp(poll, "ada@example.org", "another horse", "", HERE);
    assertThat(claims(other).path("name").asString()).isEqualTo("ada");
  }

  @Test
  void aSessionIsOneAppsAlone() {
    String token = ada().token();

    assertThat(users.user(poll, token)).isEmpty();
    refused(401, () -> users.signIn(poll, "ada@example.org", PASSWORD, HERE));
  }

  @Test
  void wrongPasswordsAreThrottledByUser() {
    ada();
    for (int i = 0; i < 10; i++) {
      refused(401, () -> users.signIn(shop, "ada@example.org", "wrong horse", HERE));
    }
    refused(429, () -> users.signIn(shop, "ada@example.org", PASSWORD, "192.0.2.9"));
    clock.advance(Duration.ofSeconds(31));
    users.signIn(shop, "ada@example.org", PASSWORD, HERE);
  }

  @Test
  void whoIsBlockedIsOutAtOnceAndStaysOut() {
    Users.SignedIn ada = ada();
    assertThat(users.user(shop, ada.token())).isPresent();

    assertThat(users.setBlocked(shop, ada.user().id(), true).blocked()).isTrue();
    assertThat(users.user(shop, ada.token())).isEmpty();
    assertThat(ended).containsExactly(shop);
    refused(403, () -> users.signIn(shop, "ada@example.org", PASSWORD, HERE));

    users.setBlocked(shop, ada.user().id(), false);
    assertThat(users.user(shop, ada.token())).as("a session does not come back").isEmpty();
    users.signIn(shop, "ada@example.org", PASSWORD, HERE);
  }

  @Test
  void whoIsRemovedIsOutAtOnceAndComesBackAsAnother() {
    Users.SignedIn ada = ada();
    users.remove(shop, ada.user().id());

    assertThat(users.user(shop, ada.token())).isEmpty();
    assertThat(ended).containsExactly(shop);
    refused(404, () -> users.remove(shop, ada.user().id()));
    assertThat(ada().user().id()).isNotEqualTo(ada.user().id());
  }

  @Test
  void aUserOfAnotherAppIsNotThere() {
    String id = ada().user().id();

    refused(404, () -> users.setBlocked(poll, id, true));
    refused(404, () -> users.remove(poll, id));
    refused(404, () -> users.require(poll, id));
  }

  @Test
  void aSessionEndsAMonthAfterItWasLastUsed() {
    Users.SignedIn ada = ada();
    clock.advance(Duration.ofDays(29));
    assertThat(node().user(shop, ada.token())).isPresent();
    clock.advance(Duration.ofDays(29));
    assertThat(node().user(shop, ada.token())).as("prolonged").isPresent();
    clock.advance(Duration.ofDays(30));
    assertThat(node().user(shop, ada.token())).isEmpty();
    assertThat(users.sweep()).isZero();
    clock.advance(Duration.ofSeconds(1));
    assertThat(users.sweep()).isEqualTo(1);
  }

  @Test
  void signingOutEndsOneSession() {
    Users.SignedIn here = ada();
    Users.SignedIn there = users.signIn(shop, "ada@example.org", PASSWORD, HERE);
    users.signOut(shop, here.token());

    assertThat(users.user(shop, here.token())).isEmpty();
    assertThat(ended).containsExactly(shop);
    assertThat(users.user(shop, there.token())).isPresent();
  }

  @Test
  void whomAProviderVouchesForIsOneUserHoweverHeIsNamed() {
    Users.SignedIn first = users.vouchedFor(shop, google("12", "ada@example.org", "Ada"));
    Users.SignedIn again = users.vouchedFor(shop, google("12", "countess@example.org", "Countess"));

    assertThat(again.user().id()).isEqualTo(first.user().id());
    JsonNode claims = claims(again);
    assertThat(claims.path("email").asString()).isEqualTo("countess@example.org");
    assertThat(claims.path("email_verified").asBoolean()).isTrue();
    assertThat(claims.path("name").asString()).isEqualTo("Countess");
    assertThat(claims.path("provider").asString()).isEqualTo("google");
    assertThat(claims.path("subject").asString()).isEqualTo("12");
    assertThat(claims.path("roles").get(0).asString()).isEqualTo("admin");
    assertThat(claims.has("nonce")).as("what is about the token").isFalse();
  }

  @Test
  void nobodyIsTakenForAnotherWithHisEMail() {
    String byPassword = ada().user().id();
    String byProvider = users.vouchedFor(shop, google("12", "ada@example.org", "Ada")).user().id();

    assertThat(byProvider).isNotEqualTo(byPassword);
    assertThat(users.byEmail(shop, "ADA@example.org"))
        .extracting(AppUser::id)
        .containsExactlyInAnyOrder(byPassword, byProvider);
    refused(401, () -> users.signIn(shop, "12", "", HERE));
  }

  @Test
  void aProviderCantSayWhatIsThePlatformsWord() {
    Users.SignedIn eve =
        users.vouchedFor(
            shop,
            new Identity(
                "google",
                "https://accounts.google.com",
                "13",
                null,
                false,
                "Eve",
                Map.of("id", "ada", "provider", "password", "email_verified", true)));

    assertThat(claims(eve).path("id").asString()).isEqualTo(eve.user().id());
    assertThat(claims(eve).path("provider").asString()).isEqualTo("google");
    assertThat(claims(eve).path("email_verified").asBoolean(true)).isFalse();
  }

  private static Identity google(String subject, @Nullable String email, String name) {
    return new Identity(
        "google",
        "https://accounts.google.com",
        subject,
        email,
        true,
        name,
        Map.of("roles", List.of("admin"), "nonce", "x"));
  }

  @Test
  void usersAreListedNewestFirstAndFound() {
    for (String name : List.of("ada", "bob", "eve_1", "eve%2")) {
      clock.advance(Duration.ofMillis(1));
      users.signUp(shop, name.replace("%", "x") + "@example.org", PASSWORD, name, HERE);
    }
    assertThat(users.count(shop)).isEqualTo(4);
    assertThat(users.count(poll)).isZero();
    List<AppUser> two = users.of(shop, "", "", 2);
    assertThat(two).extracting(AppUser::name).containsExactly("eve%2", "eve_1");
    assertThat(users.of(shop, "", two.getLast().id(), 2))
        .extracting(AppUser::name)
        .containsExactly("bob", "ada");
    assertThat(users.of(shop, "BOB@", "", 9)).extracting(AppUser::name).containsExactly("bob");
    assertThat(users.of(shop, "e_", "", 9)).extracting(AppUser::name).containsExactly("eve_1");
    assertThat(users.of(shop, "e%2", "", 9)).extracting(AppUser::name).containsExactly("eve%2");
  }

  @Test
  void whenAUserWasSeenIsNoted() {
    Users.SignedIn ada = ada();
    assertThat(users.require(shop, ada.user().id()).lastSeenAt()).isEqualTo(clock.instant());
    Instant before = clock.instant();
    clock.advance(Duration.ofMinutes(1));
    node().user(shop, ada.token());
    assertThat(users.require(shop, ada.user().id()).lastSeenAt()).isEqualTo(before);
    clock.advance(Duration.ofMinutes(5));
    node().user(shop, ada.token());
    assertThat(users.require(shop, ada.user().id()).lastSeenAt()).isEqualTo(clock.instant());
  }

  @Test
  void whatIsNoSessionIsNobodys() {
    for (String token : List.of("", "x", "A".repeat(43), "'; DROP TABLE app_users; --")) {
      assertThat(users.user(shop, token)).isEmpty();
    }
  }

  private static void refused(int status, Runnable attempt) {
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(attempt::run)
        .satisfies(problem -> assertThat(problem.status()).isEqualTo(status));
  }
}
