package dev.parigot.cli;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Makes Java look up names as browsers do, where it matters to platforms and apps: every name under
 * {@code localhost} is this machine's (RFC 6761). The JDK finds it as a service.
 */
public final class LocalhostNames extends InetAddressResolverProvider {
  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  @Override
  public InetAddressResolver get(Configuration configuration) {
    return new Resolver(configuration.builtinResolver());
  }

  @Override
  public String name() {
    return "names under localhost";
  }

  private record Resolver(InetAddressResolver others) implements InetAddressResolver {
    @Override
    public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
        throws UnknownHostException {
      boolean here =
          host.toLowerCase(Locale.ROOT).endsWith(".localhost")
              && (policy.characteristics() & LookupPolicy.IPV4) != 0;
      return here
          ? Stream.of(InetAddress.getByAddress(host, LOOPBACK))
          : others.lookupByName(host, policy);
    }

    @Override
    public String lookupByAddress(byte[] address) throws UnknownHostException {
      return others.lookupByAddress(address);
    }
  }
}
