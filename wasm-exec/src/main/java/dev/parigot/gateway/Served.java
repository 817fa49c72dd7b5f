package dev.parigot.gateway;

import dev.parigot.engine.CallOutcome;
import dev.parigot.situation.User;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a gateway serves: one version of an app, in whichever situation it runs. */
public interface Served {
  /** What of it can be reached; always the same. */
  Routes routes();

  /**
   * Calls a method from outside, and waits. A command is called by {@link Routes#HTTP}.
   *
   * @param user who is signed in, or null for nobody
   */
  CallOutcome call(String service, String method, byte[] request, @Nullable User user);

  /** A file of its site, by its path without a leading slash. */
  Optional<SiteFile> file(String path);

  /** Whether {@link #file} would answer one. */
  boolean hasFile(String path);

  /** Tells its developers what is wrong with what a service answered. */
  void tell(String service, String error);

  /**
   * The answer to a request whose call did not return, instead of the ABI's own; empty for that.
   */
  default Optional<GatewayResponse> failure(
      GatewayRequest request, String service, String method, CallOutcome outcome) {
    return Optional.empty();
  }
}
