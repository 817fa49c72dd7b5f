package dev.parigot.web;

import dev.parigot.app.AppName;
import dev.parigot.domain.Domain;
import java.net.URI;
import java.time.Instant;
import java.util.function.UnaryOperator;

/** What this platform does for domains of apps. */
public final class DomainOffer {
  private final boolean certifies;
  private final Addresses addresses;
  private final UnaryOperator<String> httpsOrigin;

  /**
   * @param certifies whether it has certificates issued
   * @param httpsOrigin where a host answers over HTTPS; asked only if it has a certificate
   */
  public DomainOffer(boolean certifies, Addresses addresses, UnaryOperator<String> httpsOrigin) {
    this.certifies = certifies;
    this.addresses = addresses;
    this.httpsOrigin = httpsOrigin;
  }

  /** Whether it has certificates issued. */
  public boolean certifies() {
    return certifies;
  }

  /** The host that a domain of the app has to lead to. */
  public String target(AppName app) {
    return URI.create(addresses.of(app)).getHost();
  }

  public Domain.State state(Domain domain, Instant now) {
    return domain.state(certifies, now);
  }

  /** Where the app answers under the domain, with a slash at its end. */
  public String address(Domain domain, Instant now) {
    if (state(domain, now) == Domain.State.ISSUED) {
      return httpsOrigin.apply(domain.host().value()) + "/";
    }
    URI console = URI.create(addresses.console());
    String port = console.getPort() < 0 ? "" : ":" + console.getPort();
    return "http://" + domain.host() + port + "/";
  }
}
