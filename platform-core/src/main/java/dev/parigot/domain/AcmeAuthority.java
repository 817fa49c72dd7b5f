package dev.parigot.domain;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.shredzone.acme4j.AccountBuilder;
import org.shredzone.acme4j.Authorization;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.Order;
import org.shredzone.acme4j.Problem;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.Status;
import org.shredzone.acme4j.challenge.Http01Challenge;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.exception.AcmeNetworkException;
import org.shredzone.acme4j.exception.AcmeRateLimitedException;

/** An authority that speaks ACME (RFC 8555), and is shown a host by HTTP-01. */
public final class AcmeAuthority implements CertificateAuthority {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final AcmeSettings settings;
  private final AcmeServer server;
  private final Supplier<KeyPair> accountKey;
  private @Nullable Login login;

  /**
   * An {@link IllegalArgumentException} if the file with certificates can't be used.
   *
   * @param accountKey the key of the platform's account there: the same one each time
   */
  public AcmeAuthority(AcmeSettings settings, Supplier<KeyPair> accountKey) {
    this.settings = settings;
    this.server = AcmeServer.trusting(settings.trust());
    this.accountKey = accountKey;
  }

  @Override
  public Issued issue(HostName host, Challenges challenges) throws NotIssued, InterruptedException {
    try {
      Order order = login().newOrder().domain(host.value()).create();
      for (Authorization authorization : order.getAuthorizations()) {
        if (authorization.getStatus() != Status.VALID) {
          show(host, authorization, challenges);
        }
      }
      if (order.waitUntilReady(PATIENCE) != Status.READY) {
        throw refused("does not take the order", order.getError());
      }
      KeyPair key = newKey();
      order.execute(key);
      if (order.waitForCompletion(PATIENCE) != Status.VALID) {
        throw refused("did not issue the certificate", order.getError());
      }
      return new Issued(order.getCertificate().getCertificateChain(), key.getPrivate());
    } catch (AcmeRateLimitedException e) {
      throw new NotIssued(
          "The certificate authority has had too many requests: " + e.getMessage(),
          e.getRetryAfter().orElse(null),
          e);
    } catch (AcmeNetworkException e) {
      throw new NotIssued(
          "The certificate authority " + settings.directory().getHost() + " can't be reached.",
          null,
          e);
    } catch (AcmeException e) {
      throw new NotIssued("The certificate authority refuses: " + e.getMessage(), null, e);
    }
  }

  private static void show(HostName host, Authorization authorization, Challenges challenges)
      throws AcmeException, NotIssued, InterruptedException {
    Http01Challenge challenge =
        authorization
            .findChallenge(Http01Challenge.class)
            .orElseThrow(() ->
                new NotIssued(
                    "The certificate authority does not take a proof over HTTP of " + host + ".",
                    null,
                    null));
    challenges.answer(challenge.getToken(), challenge.getAuthorization());
    challenge.trigger();
    if (authorization.waitForCompletion(PATIENCE) != Status.VALID) {
      var _ = challenge.fetch();
      throw refused("could not see that " + host + " leads here", challenge.getError());
    }
  }

  private static NotIssued refused(String what, Optional<Problem> problem) {
    String why = problem.flatMap(Problem::getDetail).map(detail -> ": " + detail).orElse(".");
    return new NotIssued("The certificate authority " + what + why, null, null);
  }

  private synchronized Login login() throws AcmeException {
    if (login == null) {
      Session session = new Session(settings.directory(), server);
      session.networkSettings().setTimeout(Duration.ofSeconds(20));
      AccountBuilder account =
          new AccountBuilder().agreeToTermsOfService().useKeyPair(accountKey.get());
      if (!settings.contact().isEmpty()) {
        account.addEmail(settings.contact());
      }
      if (!settings.keyId().isEmpty()) {
        account.withKeyIdentifier(settings.keyId(), settings.keySecret());
      }
      login = account.createLogin(session);
    }
    return login;
  }

  /** On the curve P-256, which every client knows. */
  static KeyPair newKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
