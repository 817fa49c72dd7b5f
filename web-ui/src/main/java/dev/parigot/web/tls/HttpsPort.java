package dev.parigot.web.tls;

import dev.parigot.domain.Certificates;
import dev.parigot.domain.Placeholder;
import dev.parigot.web.gatewayhttp.SecureHosts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.jspecify.annotations.Nullable;

/** The port that speaks HTTPS, and what its hosts insist on. */
public final class HttpsPort implements SecureHosts {
  private static final int STANDARD = 443;

  private final Settings settings;
  private final HostIdentities identities;
  private final Connector connector;

  /**
   * What an operator says of it.
   *
   * @param port where it listens; 0 for a free one
   * @param publicPort where clients reach it; 0 if that is the same
   * @param redirect whether requests over HTTP to a host with a certificate are sent here
   * @param hsts for how long browsers are told to come by HTTPS only; zero: they are told nothing
   */
  public record Settings(int port, int publicPort, boolean redirect, Duration hsts) {}

  private HttpsPort(Settings settings, HostIdentities identities, Executor threads) {
    this.settings = settings;
    this.identities = identities;
    this.connector =
        connector(settings.port, new TomcatTls(new SniKeyManager(identities)), threads);
  }

  /**
   * An {@link IllegalArgumentException} if the operator's files can't be used.
   *
   * @param certificate a file of the operator's with a chain in PEM, or null
   * @param key that with its key, or null
   * @param threads that answer requests
   */
  public static HttpsPort open(
      Settings settings,
      Certificates certificates,
      @Nullable Path certificate,
      @Nullable Path key,
      Executor threads) {
    if ((certificate == null) != (key == null)) {
      throw new IllegalArgumentException("are two: the certificate needs its key");
    }
    OperatorFiles files =
        certificate == null || key == null ? null : OperatorFiles.of(certificate, key);
    HostIdentities identities =
        new HostIdentities(certificates, files, HostIdentities.identity(Placeholder.certificate()));
    identities.look();
    return new HttpsPort(settings, identities, threads);
  }

  /** Takes notice of certificates that have come, gone or changed. */
  public void look() {
    identities.look();
  }

  /** What the web server is to listen with beside its own port. */
  public Connector connector() {
    return connector;
  }

  /** Whether it listens by now, and so does the port that speaks HTTP, which comes first. */
  public boolean listens() {
    return connector.getLocalPort() > 0;
  }

  /** Where it listens, once it does. */
  public int port() {
    return connector.getLocalPort();
  }

  @Override
  public boolean covers(String host) {
    return identities.covers(host);
  }

  @Override
  public String origin(String host) {
    int port = settings.publicPort > 0 ? settings.publicPort : port();
    return "https://" + host + (port == STANDARD ? "" : ":" + port);
  }

  @Override
  public boolean redirects() {
    return settings.redirect;
  }

  @Override
  public Optional<String> strictTransport() {
    return settings.hsts.isPositive()
        ? Optional.of("max-age=" + settings.hsts.toSeconds())
        : Optional.empty();
  }

  private static Connector connector(int port, TomcatTls tls, Executor threads) {
    Connector connector = new Connector();
    connector.setPort(port);
    connector.setScheme("https");
    connector.setSecure(true);
    connector.addUpgradeProtocol(new Http2Protocol());
    AbstractHttp11Protocol<?> protocol = (AbstractHttp11Protocol<?>) connector.getProtocolHandler();
    protocol.setExecutor(threads);
    protocol.setMaxKeepAliveRequests(-1);
    protocol.setSSLEnabled(true);
    SSLHostConfig hosts = new SSLHostConfig();
    hosts.setProtocols("TLSv1.2+TLSv1.3");
    SSLHostConfigCertificate certificate =
        new SSLHostConfigCertificate(hosts, SSLHostConfigCertificate.Type.UNDEFINED);
    certificate.setSslContext(tls);
    hosts.addCertificate(certificate);
    connector.addSslHostConfig(hosts);
    return connector;
  }
}
