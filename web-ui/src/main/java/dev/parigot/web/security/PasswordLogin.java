package dev.parigot.web.security;

import dev.parigot.account.Accounts;
import dev.parigot.problem.Problem;
import org.springframework.security.authentication.AccountStatusException;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/** Signs in by e-mail and password at the console's form. */
final class PasswordLogin implements AuthenticationProvider {
  /**
   * Too many failed logins; try again later. Of a kind that ends the login: no one else is asked.
   */
  static final class Throttled extends AccountStatusException {
    private static final long serialVersionUID = 1;

    Throttled(Problem problem) {
      super(problem.what(), problem);
    }
  }

  private final Accounts accounts;

  PasswordLogin(Accounts accounts) {
    this.accounts = accounts;
  }

  @Override
  public Authentication authenticate(Authentication attempt) {
    String address =
        attempt.getDetails() instanceof WebAuthenticationDetails details
            ? details.getRemoteAddress()
            : "";
    try {
      SignedIn signedIn =
          accounts
              .authenticate(
                  attempt.getName(), String.valueOf(attempt.getCredentials()), address, false)
              .map(SignedIn::new)
              .orElseThrow(() -> new BadCredentialsException("Wrong e-mail or password."));
      return UsernamePasswordAuthenticationToken.authenticated(
          signedIn, null, signedIn.getAuthorities());
    } catch (Problem problem) {
      if (problem.status() == 429) {
        throw new Throttled(problem);
      }
      throw new BadCredentialsException(problem.what(), problem);
    }
  }

  @Override
  public boolean supports(Class<?> authentication) {
    return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
  }
}
