package dev.parigot.web.security;

import dev.parigot.account.Account;
import java.util.Collection;
import java.util.List;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;

/** The account behind a request or a session. */
public record SignedIn(Account account) implements UserDetails {
  private static final List<GrantedAuthority> USER =
      List.of(new SimpleGrantedAuthority("ROLE_USER"));

  @Override
  public Collection<? extends GrantedAuthority> getAuthorities() {
    return USER;
  }

  /** Never known here: only {@code Accounts} compares passwords. */
  @Override
  public String getPassword() {
    return "";
  }

  @Override
  public String getUsername() {
    return account.email();
  }
}
