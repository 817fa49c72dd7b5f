package dev.parigot.domain;

import dev.parigot.domain.CertificateAuthority.Issued;
import java.math.BigInteger;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Certificates that have signed themselves. */
final class TestCertificates {
  private TestCertificates() {}

  static Issued issued(HostName host, Instant from, Duration life) {
    KeyPair key = AcmeAuthority.newKey();
    X500Name name = new X500Name("CN=" + host);
    try {
      var signed =
          new JcaX509v3CertificateBuilder(
                  name,
                  BigInteger.TWO,
                  Date.from(from),
                  Date.from(from.plus(life)),
                  name,
                  key.getPublic())
              .build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate()));
      return new Issued(
          List.of(new JcaX509CertificateConverter().getCertificate(signed)), key.getPrivate());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
