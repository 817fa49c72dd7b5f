package dev.parigot.account;

import dev.parigot.database.GeneratedId;
import dev.parigot.problem.Problem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.transaction.support.TransactionTemplate;

/** The accounts, and the proof of who someone is. */
public final class Accounts {
  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private final PasswordEncoder passwords;
  private final AccessTokens tokens;
  private final Clock clock;
  private final SignUps signUps;
  private final Throttle signUpThrottle;
  private final LoginThrottle throttle;
  private final String nobodysPassword;

  /**
   * Who may make accounts.
   *
   * @param open whether strangers may
   * @param perHour how many at most, in an hour and from one network address
   */
  public record SignUps(boolean open, int perHour) {
    public SignUps {
      if (perHour < 1) {
        throw new IllegalArgumentException("at least 1 sign-up an hour, not " + perHour);
      }
    }
  }

  public Accounts(
      JdbcClient jdbc,
      TransactionTemplate transactions,
      PasswordEncoder passwords,
      AccessTokens tokens,
      Clock clock,
      SignUps signUps) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.passwords = passwords;
    this.tokens = tokens;
    this.clock = clock;
    this.signUps = signUps;
    this.signUpThrottle =
        new Throttle(clock, signUps.perHour(), Duration.ofHours(1).dividedBy(signUps.perHour()));
    this.throttle = new LoginThrottle(clock);
    this.nobodysPassword = encode("the password of no account");
  }

  /**
   * Makes an account; a {@code Problem} if the e-mail is taken (409) or not one, the password has
   * under 8 or over 256 characters, or sign-up is closed (403). E-mails are kept in lower case. A
   * blank name becomes what is before the @. Too many from one address, those with an e-mail that
   * is taken included, are a 429 that says when to try again.
   */
  public Account signUp(String email, String password, String name, String remoteAddress) {
    if (!signUps.open()) {
      throw Problem.user(
          403,
          "sign-up-closed",
          "This platform takes no new accounts.",
          "Ask its operator for one.");
    }
    Email checked = Email.of(email);
    Passwords.check(password);
    String shown =
        Names.check(
            name.isBlank() ? checked.localPart() : name, "name-invalid", "An account's name");
    throttleSignUp(remoteAddress);
    Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return new Account(insert(checked, shown, password, at), checked.value(), shown, at);
  }

  public Optional<Account> byId(AccountId id) {
    return jdbc.sql("SELECT id, email, name, created_at FROM accounts WHERE id = :id")
        .param("id", id.value())
        .query((row, _) -> account(row))
        .optional();
  }

  /** The account of that e-mail, in whatever case it is written. */
  public Optional<Account> byEmail(String email) {
    return Email.find(email).flatMap(this::login).map(Login::account);
  }

  /**
   * The account whose e-mail and password (or access token, in the password's place, if {@code
   * tokenAllowed}) these are. Failures are counted by e-mail and by remote address; too many are a
   * 429 {@code Problem} that says when to try again.
   */
  public Optional<Account> authenticate(
      String email, String secret, String remoteAddress, boolean tokenAllowed) {
    Optional<Email> address = Email.find(email);
    if (tokenAllowed && address.isPresent()) {
      Optional<Account> byToken =
          tokens
              .authenticate(secret)
              .filter(account -> account.email().equals(address.get().value()));
      if (byToken.isPresent()) {
        return byToken;
      }
    }
    LoginThrottle.Attempt attempt =
        throttle.begin(address.map(Email::value).orElse(""), remoteAddress);
    Optional<Login> login = address.flatMap(this::login);
    if (!matches(secret, login)) {
      return Optional.empty();
    }
    attempt.succeeded();
    return login.map(Login::account);
  }

  /**
   * Sets a new password; a {@code Problem} if the old one is wrong (403, throttled as a login is)
   * or the new one is none. Remembered logins of the account end; access tokens stay, each to be
   * revoked by itself.
   */
  public void changePassword(
      AccountId account, String oldPassword, String newPassword, String remoteAddress) {
    Passwords.check(newPassword);
    String email =
        byId(account).orElseThrow(() -> Problem.notFound("There is no such account.")).email();
    LoginThrottle.Attempt attempt = throttle.begin(email, remoteAddress);
    if (!matches(oldPassword, login(new Email(email)))) {
      throw Problem.user(
          403,
          "password-wrong",
          "The old password is not right.",
          "Type the password that you sign in with today.");
    }
    attempt.succeeded();
    String encoded = encode(newPassword);
    transactions.executeWithoutResult(_ -> {
      jdbc.sql("UPDATE accounts SET password = :password WHERE id = :id")
          .param("password", encoded)
          .param("id", account.value())
          .update();
      jdbc.sql("DELETE FROM persistent_logins WHERE username = :email")
          .param("email", email)
          .update();
    });
  }

  /** The account in a row that has its columns. */
  static Account account(ResultSet row) throws SQLException {
    return new Account(
        new AccountId(row.getLong("id")),
        row.getString("email"),
        row.getString("name"),
        row.getObject("created_at", OffsetDateTime.class).toInstant());
  }

  private record Login(Account account, String password) {}

  private Optional<Login> login(Email email) {
    return jdbc.sql(
            "SELECT id, email, name, created_at, password FROM accounts WHERE email = :email")
        .param("email", email.value())
        .query((row, _) -> new Login(account(row), row.getString("password")))
        .optional();
  }

  /** Takes as long for an unknown account, so that time does not tell who has one. */
  private boolean matches(String password, Optional<Login> login) {
    boolean matches =
        passwords.matches(password, login.map(Login::password).orElse(nobodysPassword));
    return matches && login.isPresent();
  }

  private AccountId insert(Email email, String name, String password, Instant at) {
    try {
      return new AccountId(
          GeneratedId.of(
              jdbc.sql(
                      """
                      INSERT INTO accounts (email, name, password, created_at)
                      VALUES (:email, :name, :password, :at)
                      """)
                  .param("email", email.value())
                  .param("name", name)
                  .param("password", encode(password))
                  .param("at", at.atOffset(ZoneOffset.UTC))));
    } catch (DuplicateKeyException e) {
      throw Problem.user(
          409,
          "email-taken",
          "There is an account with that e-mail already.",
          "Sign in with it, or use another e-mail.");
    }
  }

  private String encode(String password) {
    return Objects.requireNonNull(passwords.encode(password));
  }

  private void throttleSignUp(String remoteAddress) {
    OptionalLong wait = signUpThrottle.take(Throttle.network(remoteAddress));
    if (wait.isPresent()) {
      throw Problem.user(
          429,
          "too-many-sign-ups",
          "Too many accounts were made from this address.",
          "Try again in " + wait.getAsLong() + " seconds.");
    }
  }
}
