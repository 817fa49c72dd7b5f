package dev.parigot.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parigot.database.Database;
import dev.parigot.database.SettableClock;
import dev.parigot.database.TestDatabase;
import dev.parigot.problem.Problem;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class AccountsTest {
  private static final String PASSWORD = "correct horse";
  private static final int SIGN_UPS = 5;
  private static final String HERE = "192.0.2.1";

  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T12:00:00Z"));
  private final CountingEncoder encoder = new CountingEncoder();
  private final Database database;
  private final AccessTokens tokens;
  private final Accounts accounts;

  AccountsTest(TestDatabase vendor) {
    database = vendor.empty();
    tokens = new AccessTokens(database.jdbc(), new SecureRandom(), clock);
    accounts = accounts(true);
  }

  @Test
  void signUpsFromOneAddressAreThrottled() {
    for (int i = 0; i < SIGN_UPS; i++) {
      accounts.signUp("ada" + i + "@example.org", PASSWORD, "Ada", HERE);
    }
    assertProblem(
        429, "too-many-sign-ups", () -> accounts.signUp("eve@example.org", PASSWORD, "Eve", HERE));
    assertThat(accounts.byEmail("eve@example.org")).isEmpty();
    accounts.signUp("bob@example.org", PASSWORD, "Bob", "192.0.2.2");
    clock.advance(Duration.ofHours(1).dividedBy(SIGN_UPS));
    accounts.signUp("eve@example.org", PASSWORD, "Eve", HERE);
  }

  @Test
  void whoSignedUpIsFound() {
    Account ada = accounts.signUp("Ada@Example.org ", PASSWORD, " Ada Lovelace ", HERE);

    assertThat(ada.email()).isEqualTo("ada@example.org");
    assertThat(ada.name()).isEqualTo("Ada Lovelace");
    assertThat(ada.createdAt()).isEqualTo(clock.instant());
    assertThat(accounts.byId(ada.id())).contains(ada);
    assertThat(accounts.byEmail("ADA@example.ORG")).contains(ada);
    assertThat(accounts.byEmail("bob@example.org")).isEmpty();
  }

  @Test
  void withoutANameTheEMailGivesOne() {
    assertThat(accounts.signUp("ada@example.org", PASSWORD, " ", HERE).name()).isEqualTo("ada");
  }

  @Test
  void anEMailIsTakenInWhateverCase() {
    accounts.signUp("ada@example.org", PASSWORD, "Ada", HERE);
    assertProblem(
        409,
        "email-taken",
        () -> accounts.signUp("ADA@example.org", PASSWORD, "Another Ada", HERE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ada",
        "@",
        "ada@",
        "@example.org",
        "a b@example.org",
        "a@b@c",
        "a..b@c.org",
        "a@-c.org",
        "a@c..org",
        "a\u0000@c.org",
        "a@c.org\nBcc: x"
      })
  void refusesWhatIsNoEMail(String email) {
    assertProblem(400, "email-invalid", () -> accounts.signUp(email, PASSWORD, "Ada", HERE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a@localhost", "first.last+tag@sub.example.org", "jürgen@bücher.example"})
  void takesWhatIsAnEMail(String email) {
    assertThat(accounts.signUp(email, PASSWORD, "A", HERE).email()).isEqualTo(email);
  }

  @Test
  void aPasswordHas8To256Characters() {
    assertProblem(
        400, "password-invalid", () -> accounts.signUp("a@example.org", "1234567", "A", HERE));
    assertProblem(
        400,
        "password-invalid",
        () -> accounts.signUp("a@example.org", "x".repeat(257), "A", HERE));
    accounts.signUp("a@example.org", "12345678", "A", HERE);
    accounts.signUp("b@example.org", "x".repeat(256), "B", HERE);
  }

  @Test
  void namesAreOneLine() {
    assertProblem(
        400, "name-invalid", () -> accounts.signUp("a@example.org", PASSWORD, "A\u0000B", HERE));
    assertProblem(
        400,
        "name-invalid",
        () -> accounts.signUp("a@example.org", PASSWORD, "x".repeat(101), HERE));
  }

  @Test
  void closedSignUpMakesNoAccount() {
    assertProblem(
        403, "sign-up-closed", () -> accounts(false).signUp("a@example.org", PASSWORD, "A", HERE));
    assertThat(accounts.byEmail("a@example.org")).isEmpty();
  }

  @Test
  void thePasswordProvesWhoSomeoneIs() {
    Account ada = accounts.signUp("ada@example.org", PASSWORD, "Ada", HERE);
    assertThat(login("ADA@example.org", PASSWORD)).isEqualTo(ada);
    assertThat(login("ada@example.org", "wrong password")).isNull();
    assertThat(login("bob@example.org", PASSWORD)).isNull();
  }

  @Test
  void anUnknownAccountCostsAsMuchAsAKnownOne() {
    accounts.signUp("ada@example.org", PASSWORD, "Ada", HERE);
    encoder.matches.set(0);
    login("ada@example.org", "wrong password");
    assertThat(encoder.matches.getAndSet(0)).isEqualTo(1);
    login("nobody@example.org", "wrong password");
    assertThat(encoder.matches.get()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ada", "a\u0000@example.org", "@@"})
  void whatIsNoEMailIsNobodys(String text) {
    assertThat(accounts.byEmail(text)).isEmpty();
    assertThat(login(text, PASSWORD)).isNull();
  }

  @Test
  void nobodysPasswordOpensNothing() {
    assertThat(login("nobody@example.org", "the password of no account")).isNull();
  }

  @Test
  void anAccessTokenStandsForThePasswordOnlyWhereItMay() {
    Account ada = accounts.signUp("ada@example.org", PASSWORD, "Ada", HERE);
    accounts.signUp("bob@example.org", PASSWORD, "Bob", HERE);
    String token = tokens.create(ada.id(), "laptop").token();

    assertThat(accounts.authenticate("ada@example.org", token, HERE, true)).contains(ada);
    assertThat(accounts.authenticate("ada@example.org", token, HERE, false)).isEmpty();
    assertThat(accounts.authenticate("bob@example.org", token, HERE, true)).isEmpty();
  }

  @Test
  void tooManyFailuresForAnEMailAreRefusedForAWhile() {
    Account ada = accounts.signUp("ada@example.org", PASSWORD, "Ada", HERE);
    for (int i = 0; i < LoginThrottle.EMAIL_FAILURES; i++) {
      assertThat(accounts.authenticate("ada@example.org", "wrong", "192.0.2." + i, true)).isEmpty();
    }

    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> login("Ada@example.org", PASSWORD))
        .returns(429, Problem::status)
        .returns("Try again in 30 seconds.", Problem::next);

    clock.advance(LoginThrottle.EMAIL_REFILL);
    assertThat(login("ada@example.org", PASSWORD)).isEqualTo(ada);
  }

  @Test
  void tooManyFailuresFromAnAddressAreRefusedForAWhile() {
    Account ada = accounts.signUp("ada@example.org", PASSWORD, "Ada", HERE);
    for (int i = 0; i < LoginThrottle.ADDRESS_FAILURES; i++) {
      login("guess" + i + "@example.org", "wrong");
    }

    assertProblem(429, "too-many-failed-logins", () -> login("ada@example.org", PASSWORD));
    assertThat(accounts.authenticate("ada@example.org", PASSWORD, "192.0.2.2", true)).contains(ada);

    clock.advance(LoginThrottle.ADDRESS_REFILL);
    assertThat(login("ada@example.org", PASSWORD)).isEqualTo(ada);
  }

  @Test
  void theAddressesOfOneIpv6NetworkCountAsOne() {
    for (int i = 0; i < LoginThrottle.ADDRESS_FAILURES; i++) {
      accounts.authenticate("guess" + i + "@example.org", "wrong", "2001:db8::" + i, true);
    }
    assertProblem(
        429,
        "too-many-failed-logins",
        () -> accounts.authenticate("x@example.org", "wrong", "2001:db8::ffff", true));
    assertThat(accounts.authenticate("x@example.org", "wrong", "2001:db8:0:1::1", true)).isEmpty();
  }

  @Test
  void successfulLoginsAreNotCounted() {
    accounts.signUp("ada@example.org", PASSWORD, "Ada", HERE);
    for (int i = 0; i < 2 * LoginThrottle.ADDRESS_FAILURES; i++) {
      assertThat(login("ada@example.org", PASSWORD)).isNotNull();
    }
  }

  @Test
  void aTokenStillOpensAnAccountWhosePasswordIsBeingGuessed() {
    Account ada = accounts.signUp("ada@example.org", PASSWORD, "Ada", HERE);
    String token = tokens.create(ada.id(), "laptop").token();
    for (int i = 0; i < LoginThrottle.EMAIL_FAILURES; i++) {
      login("ada@example.org", "wrong");
    }
    assertThat(accounts.authenticate("ada@example.org", token, HERE, true)).contains(ada);
  }

  @Test
  void aChangedPasswordIsTheOnlyOne() {
    Account ada = accounts.signUp("ada@example.org", PASSWORD, "Ada", HERE);
    accounts.changePassword(ada.id(), PASSWORD, "battery staple", HERE);
    assertThat(login("ada@example.org", PASSWORD)).isNull();
    assertThat(login("ada@example.org", "battery staple")).isEqualTo(ada);
  }

  @Test
  void aPasswordChangeEndsRememberedLoginsOfThatAccountAndKeepsItsTokens() {
    Account ada = accounts.signUp("ada@example.org", PASSWORD, "Ada", HERE);
    String token = tokens.create(ada.id(), "laptop").token();
    remember("ada@example.org", "series of Ada");
    remember("bob@example.org", "series of Bob");

    accounts.changePassword(ada.id(), PASSWORD, "battery staple", HERE);

    assertThat(
            database.jdbc().sql("SELECT series FROM persistent_logins").query(String.class).list())
        .containsExactly("series of Bob");
    assertThat(tokens.authenticate(token)).contains(ada);
  }

  @Test
  void aPasswordIsChangedOnlyByWhoKnowsIt() {
    Account ada = accounts.signUp("ada@example.org", PASSWORD, "Ada", HERE);
    assertProblem(
        403,
        "password-wrong",
        () -> accounts.changePassword(ada.id(), "wrong one", "battery staple", HERE));
    assertProblem(
        400, "password-invalid", () -> accounts.changePassword(ada.id(), PASSWORD, "short", HERE));
    assertThat(login("ada@example.org", PASSWORD)).isEqualTo(ada);
  }

  @Test
  void guessingTheOldPasswordIsThrottled() {
    Account ada = accounts.signUp("ada@example.org", PASSWORD, "Ada", HERE);
    for (int i = 0; i < LoginThrottle.EMAIL_FAILURES; i++) {
      assertProblem(
          403,
          "password-wrong",
          () -> accounts.changePassword(ada.id(), "wrong one", "battery staple", HERE));
    }
    assertProblem(
        429,
        "too-many-failed-logins",
        () -> accounts.changePassword(ada.id(), PASSWORD, "battery staple", HERE));
  }

  @Test
  void tokensAreListedUntilTheyAreRevoked() {
    Account ada = accounts.signUp("ada@example.org", PASSWORD, "Ada", HERE);
    AccessToken.Created laptop = tokens.create(ada.id(), "laptop");
    AccessToken.Created ci = tokens.create(ada.id(), " ci ");

    assertThat(tokens.of(ada.id(), 0, 10))
        .containsExactly(
            new AccessToken(laptop.id(), "laptop", clock.instant(), null),
            new AccessToken(ci.id(), "ci", clock.instant(), null));
    assertThat(tokens.of(ada.id(), laptop.id(), 10)).hasSize(1);
    assertThat(tokens.of(ada.id(), 0, 1)).hasSize(1);

    tokens.revoke(ada.id(), laptop.id());
    assertThat(tokens.authenticate(laptop.token())).isEmpty();
    assertThat(tokens.authenticate(ci.token())).contains(ada);
  }

  @Test
  void onlyTheHashOfATokenIsKept() {
    Account ada = accounts.signUp("ada@example.org", PASSWORD, "Ada", HERE);
    String token = tokens.create(ada.id(), "laptop").token();
    assertThat(token).matches("parigot_[0-9a-f]{64}");
    assertThat(
            database
                .jdbc()
                .sql("SELECT secret_sha256 FROM access_tokens")
                .query(String.class)
                .single())
        .hasSize(64)
        .isNotEqualTo(token.substring("parigot_".length()));
  }

  @Test
  void anothersTokenIsNotThere() {
    Account ada = accounts.signUp("ada@example.org", PASSWORD, "Ada", HERE);
    Account bob = accounts.signUp("bob@example.org", PASSWORD, "Bob", HERE);
    AccessToken.Created laptop = tokens.create(ada.id(), "laptop");

    assertThat(tokens.of(bob.id(), 0, 10)).isEmpty();
    assertProblem(404, "not-found", () -> tokens.revoke(bob.id(), laptop.id()));
    assertThat(tokens.authenticate(laptop.token())).contains(ada);
  }

  @Test
  void theUseOfATokenIsNotedOnceAMinute() {
    Account ada = accounts.signUp("ada@example.org", PASSWORD, "Ada", HERE);
    String token = tokens.create(ada.id(), "laptop").token();
    Instant first = clock.instant();

    tokens.authenticate(token);
    clock.advance(Duration.ofSeconds(59));
    tokens.authenticate(token);
    assertThat(tokens.of(ada.id(), 0, 1).getFirst().lastUsedAt()).isEqualTo(first);

    clock.advance(Duration.ofSeconds(1));
    tokens.authenticate(token);
    assertThat(tokens.of(ada.id(), 0, 1).getFirst().lastUsedAt()).isEqualTo(first.plusSeconds(60));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "parigot_", "parigot_00", "correct horse", "parigot_\u0000"})
  void whatIsNoTokenOpensNothing(String token) {
    assertThat(tokens.authenticate(token)).isEmpty();
  }

  private Accounts accounts(boolean signUpOpen) {
    return new Accounts(
        database.jdbc(),
        database.transactions(),
        encoder,
        tokens,
        clock,
        new Accounts.SignUps(signUpOpen, SIGN_UPS));
  }

  private @Nullable Account login(String email, String password) {
    return accounts.authenticate(email, password, HERE, true).orElse(null);
  }

  private void remember(String email, String series) {
    database
        .jdbc()
        .sql(
            "INSERT INTO persistent_logins (username, series, token, last_used) VALUES (?, ?, 't', ?)")
        .params(email, series, Timestamp.from(clock.instant()))
        .update();
  }

  private static void assertProblem(int status, String type, Runnable call) {
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(call::run)
        .returns(status, Problem::status)
        .returns(type, Problem::type);
  }

  /** BCrypt at its cheapest. */
  private static final class CountingEncoder implements PasswordEncoder {
    final AtomicInteger matches = new AtomicInteger();
    private final BCryptPasswordEncoder bcrypt = new BCryptPasswordEncoder(4);

    @Override
    public @Nullable String encode(@Nullable CharSequence password) {
      return bcrypt.encode(password == null ? null : cut(password));
    }

    @Override
    public boolean matches(@Nullable CharSequence password, @Nullable String encoded) {
      matches.incrementAndGet();
      return bcrypt.matches(password == null ? null : cut(password), encoded);
    }

    private static String cut(CharSequence password) {
      return password.subSequence(0, Math.min(72, password.length())).toString();
    }
  }
}
