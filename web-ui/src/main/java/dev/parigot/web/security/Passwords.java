package dev.parigot.web.security;

import dev.parigot.account.Account;
import dev.parigot.account.Accounts;
import org.springframework.security.web.authentication.rememberme.PersistentTokenRepository;

/** Changes passwords, and with one whatever the old one had opened. */
public final class Passwords {
  private final Accounts accounts;
  private final PersistentTokenRepository rememberedLogins;
  private final OpenSessions sessions;

  public Passwords(
      Accounts accounts, PersistentTokenRepository rememberedLogins, OpenSessions sessions) {
    this.accounts = accounts;
    this.rememberedLogins = rememberedLogins;
    this.sessions = sessions;
  }

  /**
   * Sets a new password, forgets every remembered login of the account and ends its sessions. A
   * {@code Problem} if the old one is wrong or the new one too short.
   *
   * @param session the id of the session that asks, and stays; empty outside of one
   */
  public void change(
      Account account, String old, String wanted, String remoteAddress, String session) {
    accounts.changePassword(account.id(), old, wanted, remoteAddress);
    rememberedLogins.removeUserTokens(account.email());
    sessions.end(account.id(), session);
  }
}
