package dev.parigot.web.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/** Tells whoever calls the API the version of this build, so that a command of another can warn. */
public final class ApiVersion extends OncePerRequestFilter {
  static final String HEADER = "Parigot-Version";

  private final String version;

  public ApiVersion(String version) {
    this.version = version;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    response.setHeader(HEADER, version);
    chain.doFilter(request, response);
  }
}
