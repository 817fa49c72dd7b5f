package dev.parigot.web.security;

import dev.parigot.account.Account;
import dev.parigot.problem.Problem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Finds the account behind a request that carries its credentials with it. A request without any,
 * or with wrong ones, goes on as anonymous; what needs an account refuses it further on.
 */
final class CredentialsFilter extends OncePerRequestFilter {
  /** Decides which credentials count. */
  interface Proof {
    Optional<Account> of(HttpServletRequest request, Credentials credentials);
  }

  /** Tells a problem in the words of the protocol at hand. */
  interface Telling {
    void tell(HttpServletResponse response, Problem problem) throws IOException;
  }

  private final Proof proof;
  private final Telling telling;

  CredentialsFilter(Proof proof, Telling telling) {
    this.proof = proof;
    this.telling = telling;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    try {
      proof.of(request, Credentials.of(request)).ifPresent(CredentialsFilter::enter);
    } catch (Problem problem) {
      telling.tell(response, problem);
      return;
    }
    chain.doFilter(request, response);
  }

  /** Also when an asynchronous answer (a stream of log lines) is dispatched again. */
  @Override
  protected boolean shouldNotFilterAsyncDispatch() {
    return false;
  }

  private static void enter(Account account) {
    SignedIn signedIn = new SignedIn(account);
    SecurityContext context = SecurityContextHolder.createEmptyContext();
    context.setAuthentication(
        UsernamePasswordAuthenticationToken.authenticated(
            signedIn, null, signedIn.getAuthorities()));
    SecurityContextHolder.setContext(context);
  }
}
