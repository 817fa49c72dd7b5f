package dev.parigot.git;

import dev.parigot.account.Account;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** Tells who sent a request; whoever authenticates requests knows. */
@FunctionalInterface
public interface AccountOfRequest {
  /** The account that the request's credentials proved, or empty if it had none. */
  Optional<Account> of(HttpServletRequest request);
}
