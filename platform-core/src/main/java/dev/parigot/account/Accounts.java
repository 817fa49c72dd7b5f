package dev.parigot.account;

import java.time.Clock;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.transaction.support.TransactionTemplate;

/** The accounts, and the proof of who someone is. */
public final class Accounts {
  /**
   * @param signUpOpen whether {@link #signUp} makes accounts; if not, it is a 403 {@code Problem}
   */
  public Accounts(
      JdbcClient jdbc,
      TransactionTemplate transactions,
      PasswordEncoder passwords,
      AccessTokens tokens,
      Clock clock,
      boolean signUpOpen) {}

  /**
   * Makes an account; a {@code Problem} if the e-mail is taken or not one, or the password is too
   * short (under 8 characters).
   */
  public Account signUp(String email, String password, String name) {
    throw new AssertionError("skeleton");
  }

  public Optional<Account> byId(AccountId id) {
    throw new AssertionError("skeleton");
  }

  public Optional<Account> byEmail(String email) {
    throw new AssertionError("skeleton");
  }

  /**
   * The account whose e-mail and password (or access token, in the password's place, if {@code
   * tokenAllowed}) these are. Failures are counted by e-mail and by remote address; too many are a
   * 429 {@code Problem} that says when to try again.
   */
  public Optional<Account> authenticate(
      String email, String secret, String remoteAddress, boolean tokenAllowed) {
    throw new AssertionError("skeleton");
  }

  /**
   * Sets a new password; a {@code Problem} if the old one is wrong (throttled as a login is) or the
   * new one too short.
   */
  public void changePassword(
      AccountId account, String oldPassword, String newPassword, String remoteAddress) {
    throw new AssertionError("skeleton");
  }
}
