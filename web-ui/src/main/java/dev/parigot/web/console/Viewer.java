package dev.parigot.web.console;

import com.vaadin.flow.server.VaadinRequest;
import com.vaadin.flow.spring.security.AuthenticationContext;
import dev.parigot.account.Account;
import dev.parigot.web.security.SignedIn;

/** Who looks at the console. */
public final class Viewer {
  private final AuthenticationContext authentication;

  public Viewer(AuthenticationContext authentication) {
    this.authentication = authentication;
  }

  /** The account that is signed in; views that ask are closed to all others. */
  public Account account() {
    return authentication.getAuthenticatedUser(SignedIn.class).orElseThrow().account();
  }

  /** The network address that the current request comes from, or empty outside of one. */
  public static String address() {
    VaadinRequest request = VaadinRequest.getCurrent();
    return request == null ? "" : request.getRemoteAddr();
  }

  /** The id of the session that the current request belongs to, or empty outside of one. */
  public static String session() {
    VaadinRequest request = VaadinRequest.getCurrent();
    return request == null ? "" : request.getWrappedSession().getId();
  }

  public void signOut() {
    authentication.logout();
  }
}
