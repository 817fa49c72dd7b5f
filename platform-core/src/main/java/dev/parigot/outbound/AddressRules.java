package dev.parigot.outbound;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which addresses requests may go to: those of the public internet, and what the operator adds. So
 * an app can't reach the platform's own network, its neighbours, or a cloud's metadata, whatever
 * the name of a host resolves to.
 */
public final class AddressRules {
  /** What IANA's registries of special-purpose addresses have as not globally reachable. */
  private static final List<AddressRange> NOT_PUBLIC =
      Stream.of(
              "0.0.0.0/8",
              "10.0.0.0/8",
              "100.64.0.0/10",
              "127.0.0.0/8",
              "169.254.0.0/16",
              "172.16.0.0/12",
              "192.0.0.0/24",
              "192.0.2.0/24",
              "192.88.99.0/24",
              "192.168.0.0/16",
              "198.18.0.0/15",
              "198.51.100.0/24",
              "203.0.113.0/24",
              "224.0.0.0/3",
              // Of IPv6 nothing but 2000::/3 is assigned to hosts of the internet.
              "::/3",
              "4000::/2",
              "8000::/1",
              "2001::/23",
              "2001:db8::/32",
              "2002::/16",
              "3fff::/20")
          .map(AddressRange::of)
          .toList();

  private final Set<String> hosts;
  private final List<AddressRange> ranges;

  private AddressRules(Set<String> hosts, List<AddressRange> ranges) {
    this.hosts = Set.copyOf(hosts);
    this.ranges = List.copyOf(ranges);
  }

  /** Public addresses only. */
  public static AddressRules publicOnly() {
    return allowing(List.of());
  }

  /**
   * Public addresses, and some that are not: names of hosts, addresses, and ranges such as {@code
   * 10.1.0.0/16}.
   */
  public static AddressRules allowing(List<String> hostsAndRanges) {
    Set<String> hosts = new HashSet<>();
    List<AddressRange> ranges = new ArrayList<>();
    for (String each : hostsAndRanges) {
      if (each.contains("/") || each.contains(":") || each.matches("[0-9.]+")) {
        ranges.add(AddressRange.of(each));
      } else {
        hosts.add(each.toLowerCase(Locale.ROOT));
      }
    }
    return new AddressRules(hosts, ranges);
  }

  /** Whether a request to that host may go to that address, to which its name resolved. */
  boolean allow(String host, InetAddress address) {
    return hosts.contains(host)
        || ranges.stream().anyMatch(range -> range.contains(address))
        || NOT_PUBLIC.stream().noneMatch(range -> range.contains(address));
  }
}
