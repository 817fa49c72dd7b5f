package dev.parigot.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/**
 * Resolves names, to allowed addresses only. What is checked here is what is connected to: nobody
 * resolves the name a second time.
 */
final class CheckedNames implements DnsResolver {
  private final AddressRules rules;
  private final DnsResolver names;

  CheckedNames(AddressRules rules) {
    this(rules, SystemDefaultDnsResolver.INSTANCE);
  }

  CheckedNames(AddressRules rules, DnsResolver names) {
    this.rules = rules;
    this.names = names;
  }

  /** A host that has addresses, but none to which requests may go. */
  static final class NotAllowed extends UnknownHostException {
    NotAllowed(String host) {
      super(host);
    }
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    String name = host.toLowerCase(Locale.ROOT);
    InetAddress[] allowed =
        Arrays.stream(names.resolve(host))
            .filter(address -> rules.allow(name, address))
            .toArray(InetAddress[]::new);
    if (allowed.length == 0) {
      throw new NotAllowed(host);
    }
    return allowed;
  }

  @Override
  public String resolveCanonicalHostname(String host) throws UnknownHostException {
    return names.resolveCanonicalHostname(host);
  }
}
