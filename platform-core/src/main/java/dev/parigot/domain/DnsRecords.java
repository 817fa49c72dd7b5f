package dev.parigot.domain;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Lookup;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** Asks name servers, and remembers nothing. */
public final class DnsRecords implements Records {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Resolver resolver;

  private DnsRecords(Resolver resolver) {
    resolver.setTimeout(PATIENCE);
    this.resolver = resolver;
  }

  /** Asks that server, or those that this machine uses if it is null. */
  public static DnsRecords by(@Nullable InetSocketAddress server) {
    return new DnsRecords(server == null ? new ExtendedResolver() : new SimpleResolver(server));
  }

  @Override
  public Answer texts(String name) {
    Lookup lookup;
    try {
      lookup = new Lookup(name + ".", Type.TXT);
    } catch (TextParseException e) {
      return new Answer.Unanswered(String.valueOf(e.getMessage()));
    }
    lookup.setResolver(resolver);
    lookup.setCache(null);
    lookup.setHostsFileParser(null);
    org.xbill.DNS.Record[] found = lookup.run();
    return switch (lookup.getResult()) {
      case Lookup.SUCCESSFUL -> new Answer.Found(texts(found));
      case Lookup.HOST_NOT_FOUND, Lookup.TYPE_NOT_FOUND -> new Answer.Found(List.of());
      default -> new Answer.Unanswered(lookup.getErrorString());
    };
  }

  /** A record of several strings is one text. */
  private static List<String> texts(org.xbill.DNS.Record @Nullable [] records) {
    return records == null
        ? List.of()
        : Arrays.stream(records)
            .filter(TXTRecord.class::isInstance)
            .map(each -> String.join("", ((TXTRecord) each).getStrings()))
            .toList();
  }
}
