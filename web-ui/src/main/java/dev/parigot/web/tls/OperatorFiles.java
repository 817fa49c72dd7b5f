package dev.parigot.web.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.pem.PemContent;

/** The operator's own certificate and its key, in files that are read again when they change. */
final class OperatorFiles {
  private static final Logger log = LoggerFactory.getLogger(OperatorFiles.class);

  private final Path certificate;
  private final Path key;
  private @Nullable List<FileTime> read;
  private volatile Identity identity;

  private OperatorFiles(Path certificate, Path key) throws IOException {
    this.certificate = certificate;
    this.key = key;
    this.read = times();
    this.identity = load();
  }

  /** An {@link IllegalArgumentException} says what is wrong with them. */
  static OperatorFiles of(Path certificate, Path key) {
    try {
      return new OperatorFiles(certificate, key);
    } catch (IOException e) {
      throw new IllegalArgumentException("can't be read: " + e.getMessage(), e);
    }
  }

  Identity identity() {
    return identity;
  }

  /** Reads them again if they have changed; if they can't be used, what was read before stays. */
  void look() {
    try {
      List<FileTime> now = times();
      if (!now.equals(read)) {
        read = now;
        identity = load();
        log.info("The certificate in {} was read again", certificate);
      }
    } catch (IOException | IllegalArgumentException e) {
      log.warn(
          "The certificate in {} can't be used, the one before stays: {}",
          certificate,
          e.getMessage());
    }
  }

  private List<FileTime> times() throws IOException {
    return List.of(Files.getLastModifiedTime(certificate), Files.getLastModifiedTime(key));
  }

  private Identity load() throws IOException {
    List<X509Certificate> chain;
    PrivateKey secret;
    try {
      chain = PemContent.load(certificate).getCertificates();
      secret = PemContent.load(key).getPrivateKey();
    } catch (IllegalStateException e) {
      throw new IllegalArgumentException("are no certificate and key in PEM: " + e.getMessage(), e);
    }
    if (chain.isEmpty() || secret == null) {
      throw new IllegalArgumentException("have no certificate, or no key, in PEM");
    }
    if (!belong(secret, chain.getFirst())) {
      throw new IllegalArgumentException("do not belong together: the key is another one's");
    }
    return new Identity(chain, secret);
  }

  private static boolean belong(PrivateKey key, X509Certificate certificate) {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "EC" -> "SHA256withECDSA";
          case "RSA" -> "SHA256withRSA";
          default -> key.getAlgorithm();
        };
    byte[] text = {1, 2, 3};
    try {
      Signature signer = Signature.getInstance(algorithm);
      signer.initSign(key);
      signer.update(text);
      byte[] signed = signer.sign();
      signer.initVerify(certificate.getPublicKey());
      signer.update(text);
      return signer.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
