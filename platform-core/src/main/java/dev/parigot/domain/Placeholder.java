package dev.parigot.domain;

import dev.parigot.domain.CertificateAuthority.Issued;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** What is shown to those who ask for a host that has no certificate: nobody trusts it. */
public final class Placeholder {
  private static final X500Name NAME = new X500Name("CN=no certificate for this host yet");
  private static final Duration LIFE = Duration.ofDays(3650);

  private Placeholder() {}

  /** A new one, which has signed itself. */
  public static Issued certificate() {
    KeyPair key = AcmeAuthority.newKey();
    Date from = Date.from(Instant.EPOCH);
    Date end = Date.from(Instant.EPOCH.plus(LIFE));
    try {
      var signed =
          new JcaX509v3CertificateBuilder(NAME, BigInteger.ONE, from, end, NAME, key.getPublic())
              .build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate()));
      return new Issued(
          List.of(new JcaX509CertificateConverter().getCertificate(signed)), key.getPrivate());
    } catch (OperatorCreationException | CertificateException e) {
      throw new IllegalStateException(e);
    }
  }
}
