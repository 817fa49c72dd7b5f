package dev.parigot.web.security;

import dev.parigot.account.Account;
import java.util.Optional;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/** The account on whose behalf the current thread handles a request. */
public final class CurrentAccount {
  private CurrentAccount() {}

  /** The account, or empty if nobody has signed in. */
  public static Optional<Account> find() {
    Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
    return authentication != null && authentication.getPrincipal() instanceof SignedIn signedIn
        ? Optional.of(signedIn.account())
        : Optional.empty();
  }
}
