package dev.parigot.domain;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.shredzone.acme4j.connector.NetworkSettings;
import org.shredzone.acme4j.provider.GenericAcmeProvider;

/** The way to an ACME server whose own certificate may be from an authority of the operator's. */
final class AcmeServer extends GenericAcmeProvider {
  private final @Nullable SSLContext tls;

  private AcmeServer(@Nullable SSLContext tls) {
    this.tls = tls;
  }

  /**
   * @param authorities a file with certificates in PEM that are trusted beside the usual ones; null
   *     for none
   */
  static AcmeServer trusting(@Nullable Path authorities) {
    if (authorities == null) {
      return new AcmeServer(null);
    }
    try {
      return new AcmeServer(context(authorities));
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "the certificates in " + authorities + " can't be read: " + e.getMessage(), e);
    }
  }

  @Override
  public HttpClient createHttpClient(NetworkSettings settings) {
    if (tls == null) {
      return super.createHttpClient(settings);
    }
    return HttpClient.newBuilder()
        .followRedirects(HttpClient.Redirect.NORMAL)
        .connectTimeout(settings.getTimeout())
        .proxy(settings.getProxySelector())
        .sslContext(tls)
        .build();
  }

  private static SSLContext context(Path file) throws IOException, GeneralSecurityException {
    KeyStore anchors = KeyStore.getInstance(KeyStore.getDefaultType());
    anchors.load(null, null);
    List<Certificate> all = new ArrayList<>(usual());
    try (InputStream in = Files.newInputStream(file)) {
      all.addAll(CertificateFactory.getInstance("X.509").generateCertificates(in));
    }
    for (int i = 0; i < all.size(); i++) {
      anchors.setCertificateEntry(String.valueOf(i), all.get(i));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(anchors);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  /** Those that the JVM trusts. */
  private static List<Certificate> usual() throws GeneralSecurityException {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init((KeyStore) null);
    for (TrustManager manager : trust.getTrustManagers()) {
      if (manager instanceof X509TrustManager x509) {
        return List.of(x509.getAcceptedIssuers());
      }
    }
    return List.of();
  }
}
