package dev.parigot.account;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The access tokens of all accounts; only their hashes are kept. */
public final class AccessTokens {
  public AccessTokens(JdbcClient jdbc, SecureRandom random, Clock clock) {}

  public AccessToken.Created create(AccountId account, String name) {
    throw new AssertionError("skeleton");
  }

  /**
   * The account's tokens in order of id, those after {@code after} (0: from the start), at most
   * {@code limit}.
   */
  public List<AccessToken> of(AccountId account, long after, int limit) {
    throw new AssertionError("skeleton");
  }

  /** Revokes a token at once; a 404 {@code Problem} if the account has none of that id. */
  public void revoke(AccountId account, long id) {
    throw new AssertionError("skeleton");
  }

  public Optional<Account> authenticate(String token) {
    throw new AssertionError("skeleton");
  }
}
