package dev.parigot.web.tls;

import java.security.PrivateKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A certificate with its key, and the hosts that it is for. */
final class Identity {
  private static final Integer DNS_NAME = 2;

  private final List<X509Certificate> chain;
  private final PrivateKey key;
  private final Set<String> names;

  /**
   * @param chain the host's own certificate first
   */
  Identity(List<X509Certificate> chain, PrivateKey key) {
    this.chain = List.copyOf(chain);
    this.key = key;
    this.names = Set.copyOf(names(this.chain.getFirst()));
  }

  List<X509Certificate> chain() {
    return chain;
  }

  PrivateKey key() {
    return key;
  }

  /** Whether clients take it for that host, which is in lower case. */
  boolean covers(String host) {
    int dot = host.indexOf('.');
    return names.contains(host) || (dot > 0 && names.contains("*" + host.substring(dot)));
  }

  private static Set<String> names(X509Certificate certificate) {
    Set<String> names = new HashSet<>();
    try {
      Collection<List<?>> found = certificate.getSubjectAlternativeNames();
      if (found != null) {
        for (List<?> each : found) {
          if (DNS_NAME.equals(each.getFirst())) {
            names.add(String.valueOf(each.get(1)).toLowerCase(Locale.ROOT));
          }
        }
      }
    } catch (CertificateParsingException e) {
      return Set.of();
    }
    return names;
  }
}
