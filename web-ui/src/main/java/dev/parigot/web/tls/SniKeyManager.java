package dev.parigot.web.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Locale;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.StandardConstants;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Shows each client the certificate of the host that it asks for (RFC 6066, server name). An alias
 * is that host's name, or {@link #NONE}.
 */
final class SniKeyManager extends X509ExtendedKeyManager {
  private static final String NONE = "-";

  private final HostIdentities identities;

  SniKeyManager(HostIdentities identities) {
    this.identities = identities;
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
    String host = host(engine);
    Identity identity = identities.of(host);
    return keyType.equals(identity.key().getAlgorithm()) ? (host == null ? NONE : host) : null;
  }

  private static @Nullable String host(SSLEngine engine) {
    if (engine.getHandshakeSession() instanceof ExtendedSSLSession session) {
      for (SNIServerName name : session.getRequestedServerNames()) {
        if (name.getType() == StandardConstants.SNI_HOST_NAME) {
          return new SNIHostName(name.getEncoded()).getAsciiName().toLowerCase(Locale.ROOT);
        }
      }
    }
    return null;
  }

  private Identity identity(String alias) {
    return identities.of(alias.equals(NONE) ? null : alias);
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return identity(alias).chain().toArray(X509Certificate[]::new);
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return identity(alias).key();
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return new String[] {NONE};
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null; // Connections are engines here.
  }

  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null;
  }
}
