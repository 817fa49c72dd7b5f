package dev.parigot.web.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operator's certificate and key, as files that change. */
class OperatorFilesTest {
  @TempDir private Path folder;

  private Path certificate() {
    return folder.resolve("chain.pem");
  }

  private Path key() {
    return folder.resolve("key.pem");
  }

  /** A new key, and a certificate for these names. */
  private KeyPair make(String algorithm, String signature, String... names) throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance(algorithm).generateKeyPair();
    X500Name subject = new X500Name("CN=test");
    var builder =
        new JcaX509v3CertificateBuilder(
            subject,
            BigInteger.ONE,
            Date.from(Instant.now().minusSeconds(60)),
            Date.from(Instant.now().plusSeconds(3600)),
            subject,
            pair.getPublic());
    GeneralName[] alternatives = new GeneralName[names.length];
    for (int i = 0; i < names.length; i++) {
      alternatives[i] = new GeneralName(GeneralName.dNSName, names[i]);
    }
    builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(alternatives));
    byte[] made =
        builder.build(new JcaContentSignerBuilder(signature).build(pair.getPrivate())).getEncoded();
    Files.writeString(certificate(), pem("CERTIFICATE", made));
    return pair;
  }

  private void write(KeyPair pair) throws IOException {
    Files.writeString(key(), pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
  }

  private static String pem(String label, byte[] content) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n";
  }

  private void touch(int second) throws IOException {
    Files.setLastModifiedTime(certificate(), FileTime.from(Instant.ofEpochSecond(second)));
  }

  @Test
  void theHostsAreThoseThatItNames() throws Exception {
    write(make("EC", "SHA256withECDSA", "Console.example.com", "*.apps.example.net"));

    Identity identity = OperatorFiles.of(certificate(), key()).identity();

    assertThat(identity.covers("console.example.com")).isTrue();
    assertThat(identity.covers("shop.apps.example.net")).isTrue();
    assertThat(identity.covers("a.shop.apps.example.net")).isFalse();
    assertThat(identity.covers("apps.example.net")).isFalse();
    assertThat(identity.covers("example.com")).isFalse();
  }

  @Test
  void whatChangesIsReadAgainAndWhatIsWrongThenIsNot() throws Exception {
    write(make("EC", "SHA256withECDSA", "old.example.com"));
    OperatorFiles files = OperatorFiles.of(certificate(), key());
    touch(1);

    KeyPair next = make("RSA", "SHA256withRSA", "new.example.com");
    touch(2);
    files.look();
    assertThat(files.identity().covers("old.example.com"))
        .as("the key is still the other one's")
        .isTrue();
    write(next);
    touch(3);
    files.look();
    assertThat(files.identity().covers("new.example.com")).isTrue();

    Files.writeString(certificate(), "half a certifi");
    touch(4);
    files.look();
    Files.delete(key());
    files.look();
    assertThat(files.identity().covers("new.example.com")).isTrue();
  }

  @Test
  void filesThatCannotBeUsedAreRefusedWithTheReason() throws Exception {
    var _ = make("EC", "SHA256withECDSA", "a.example.com");
    refused("can't be read");
    write(KeyPairGenerator.getInstance("EC").generateKeyPair());
    refused("do not belong together");
    Files.writeString(key(), "no key");
    refused("Missing private key");
    Files.writeString(certificate(), "nothing");
    refused("PEM");
  }

  private void refused(String why) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OperatorFiles.of(certificate(), key()))
        .withMessageContaining(why);
  }
}
