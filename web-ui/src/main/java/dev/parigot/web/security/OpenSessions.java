package dev.parigot.web.security;

import dev.parigot.account.AccountId;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;

/** The sessions of all browsers, so that those of one account can be ended. Thread-safe. */
public final class OpenSessions implements HttpSessionListener {
  private final Set<HttpSession> sessions = ConcurrentHashMap.newKeySet();

  @Override
  public void sessionCreated(HttpSessionEvent event) {
    sessions.add(event.getSession());
  }

  @Override
  public void sessionDestroyed(HttpSessionEvent event) {
    sessions.remove(event.getSession());
  }

  /**
   * Ends every session that the account is signed in with, but for one.
   *
   * @param kept the id of the session that stays; empty if none does
   */
  void end(AccountId account, String kept) {
    for (HttpSession session : sessions) {
      try {
        if (!session.getId().equals(kept) && belongs(session, account)) {
          session.invalidate();
        }
      } catch (IllegalStateException e) {
        sessions.remove(session); // It ended by itself meanwhile.
      }
    }
  }

  private static boolean belongs(HttpSession session, AccountId account) {
    return session.getAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY)
            instanceof SecurityContext context
        && context.getAuthentication() instanceof Authentication authentication
        && authentication.getPrincipal() instanceof SignedIn who
        && who.account().id().equals(account);
  }
}
