package dev.parigot.web.security;

import dev.parigot.account.Account;
import dev.parigot.account.Accounts;
import org.springframework.security.web.authentication.rememberme.PersistentTokenRepository;

/** Changes passwords, and with one the logins that the old one had opened for good. */
public final class Passwords {
  private final Accounts accounts;
  private final PersistentTokenRepository rememberedLogins;

  public Passwords(Accounts accounts, PersistentTokenRepository rememberedLogins) {
    this.accounts = accounts;
    this.rememberedLogins = rememberedLogins;
  }

  /**
   * Sets a new password and forgets every remembered login of the account. A {@code Problem} if the
   * old one is wrong or the new one too short.
   */
  public void change(Account account, String old, String wanted, String remoteAddress) {
    accounts.changePassword(account.id(), old, wanted, remoteAddress);
    rememberedLogins.removeUserTokens(account.email());
  }
}
