package dev.parigot.web.tls;

import dev.parigot.domain.CertificateAuthority.Issued;
import dev.parigot.domain.Certificates;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which certificate each host has: one that was issued for its domain, or the operator's own. Whom
 * neither is for is shown one that nobody trusts.
 */
final class HostIdentities {
  private static final Logger log = LoggerFactory.getLogger(HostIdentities.class);

  /** A certificate as it was read, known by its end. */
  private record Read(Instant end, Identity identity) {}

  private final Certificates certificates;
  private final @Nullable OperatorFiles files;
  private final Identity placeholder;
  private volatile Map<String, Read> issued = Map.of();

  HostIdentities(Certificates certificates, @Nullable OperatorFiles files, Identity placeholder) {
    this.certificates = certificates;
    this.files = files;
    this.placeholder = placeholder;
  }

  /** That of a host in lower case; null stands for a client that names none. */
  Identity of(@Nullable String host) {
    return host == null ? other() : find(host).orElseGet(this::other);
  }

  /** Whether a client that asks for this host is shown a certificate for it. */
  boolean covers(String host) {
    return find(host).isPresent();
  }

  private Optional<Identity> find(String host) {
    Read read = issued.get(host);
    if (read != null) {
      return Optional.of(read.identity);
    }
    return Optional.ofNullable(files)
        .map(OperatorFiles::identity)
        .filter(identity -> identity.covers(host));
  }

  private Identity other() {
    return files == null ? placeholder : files.identity();
  }

  /** Takes notice of what was issued, renewed and removed since, by whichever node. */
  synchronized void look() {
    if (files != null) {
      files.look();
    }
    Map<String, Instant> ends = certificates.ends();
    Map<String, Read> next = new HashMap<>();
    ends.forEach((host, end) -> {
      Read before = issued.get(host);
      if (before != null && before.end.equals(end)) {
        next.put(host, before);
      } else {
        read(host).ifPresent(identity -> next.put(host, new Read(end, identity)));
      }
    });
    issued = Map.copyOf(next);
  }

  private Optional<Identity> read(String host) {
    try {
      return certificates.of(host).map(HostIdentities::identity);
    } catch (IllegalStateException e) {
      log.warn("The certificate of {} can't be used", host, e);
      return Optional.empty();
    }
  }

  static Identity identity(Issued issued) {
    return new Identity(issued.chain(), issued.key());
  }
}
