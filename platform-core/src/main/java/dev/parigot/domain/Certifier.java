package dev.parigot.domain;

import dev.parigot.domain.CertificateAuthority.NotIssued;
import dev.parigot.domain.Certificates.Due;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has certificates issued for proved domains, and renewed well before their end. */
public final class Certifier {
  private static final Logger log = LoggerFactory.getLogger(Certifier.class);

  /** Longer than any attempt takes. */
  private static final Duration LEASE = Duration.ofMinutes(15);

  private static final int ATTEMPTS_A_ROUND = 10;

  /**
   * Authorities bear few failures an hour for a host; yet whoever has just put a domain right wants
   * to see it work.
   */
  private static final List<Duration> PAUSES =
      List.of(
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(20),
          Duration.ofHours(1),
          Duration.ofHours(6),
          Duration.ofHours(24));

  private final Certificates certificates;
  private final CertificateAuthority authority;
  private final Runnable tried;
  private final Clock clock;

  /**
   * @param tried what is done after each attempt, so that a certificate is shown at once
   */
  public Certifier(
      Certificates certificates, CertificateAuthority authority, Runnable tried, Clock clock) {
    this.certificates = certificates;
    this.authority = authority;
    this.tried = tried;
    this.clock = clock;
  }

  /** Tries each domain that is due once; one after the other, minutes each at worst. */
  public void look() throws InterruptedException {
    for (Due due : certificates.due(ATTEMPTS_A_ROUND)) {
      if (certificates.begin(due, LEASE)) {
        attempt(due);
        tried.run();
      }
    }
  }

  private void attempt(Due due) throws InterruptedException {
    try {
      certificates.issued(
          due,
          authority.issue(
              due.host(), (token, answer) -> certificates.challenge(due, token, answer)));
      log.info("There is a certificate for {}", due.host());
    } catch (NotIssued e) {
      log.warn("No certificate for {}: {}", due.host(), e.getMessage());
      certificates.failed(due, String.valueOf(e.getMessage()), next(due, e));
    } catch (RuntimeException e) {
      log.error("No certificate for {}", due.host(), e);
      certificates.failed(
          due,
          "The platform failed while it asked for the certificate; its log says why.",
          clock.instant().plus(pause(due)));
    }
  }

  private Instant next(Due due, NotIssued reason) {
    Instant own = clock.instant().plus(pause(due));
    Instant wanted = reason.notBefore();
    return wanted != null && wanted.isAfter(own) ? wanted : own;
  }

  private static Duration pause(Due due) {
    return PAUSES.get(Math.min(due.failures(), PAUSES.size() - 1));
  }
}
