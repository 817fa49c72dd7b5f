package dev.parigot.domain;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Issues certificates to whoever answers for a host. */
public interface CertificateAuthority {
  /**
   * Has a certificate issued; waits for it, minutes at most.
   *
   * @param challenges where to put what the host must answer meanwhile
   */
  Issued issue(HostName host, Challenges challenges) throws NotIssued, InterruptedException;

  /** What a host must answer over plain HTTP to show whose it is. */
  @FunctionalInterface
  interface Challenges {
    /**
     * From now on the host has to answer that.
     *
     * @param token the last part of the path that is asked for
     */
    void answer(String token, String content);
  }

  /**
   * A certificate with its key.
   *
   * @param chain the host's own certificate first
   */
  record Issued(List<X509Certificate> chain, PrivateKey key) {}

  /** Why there is no certificate, in a sentence for the domain's owner. */
  final class NotIssued extends Exception {
    private static final long serialVersionUID = 1;

    private final @Nullable Instant notBefore;

    /**
     * @param notBefore when the authority wants to be asked again, or null if it did not say
     */
    public NotIssued(String why, @Nullable Instant notBefore, @Nullable Throwable cause) {
      super(why, cause);
      this.notBefore = notBefore;
    }

    @Nullable Instant notBefore() {
      return notBefore;
    }
  }
}
