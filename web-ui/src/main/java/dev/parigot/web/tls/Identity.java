package dev.parigot.web.tls;

import java.security.PrivateKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * A certificate with its key.
 *
 * @param chain the host's own certificate first
 */
record Identity(List<X509Certificate> chain, PrivateKey key) {
  private static final Integer DNS_NAME = 2;

  Identity {
    chain = List.copyOf(chain);
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("there is no certificate");
    }
  }

  X509Certificate own() {
    return chain.getFirst();
  }

  /** Whether clients take it for that host, which is in lower case. */
  boolean covers(String host) {
    int dot = host.indexOf('.');
    String wildcard = dot < 0 ? "" : "*" + host.substring(dot);
    return names().stream().anyMatch(name -> name.equals(host) || name.equals(wildcard));
  }

  private List<String> names() {
    List<String> names = new ArrayList<>();
    try {
      Collection<List<?>> found = own().getSubjectAlternativeNames();
      if (found != null) {
        for (List<?> each : found) {
          if (DNS_NAME.equals(each.getFirst())) {
            names.add(String.valueOf(each.get(1)).toLowerCase(Locale.ROOT));
          }
        }
      }
    } catch (CertificateParsingException e) {
      return List.of();
    }
    return names;
  }
}
