package dev.parigot.release;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Which artifacts there are, and when each was last about to become part of something. A row is
 * there before the bytes, and goes after them; while they are being removed it is locked, and who
 * wants to keep them waits.
 */
public final class Ledger {
  /** Parameters of one statement. */
  private static final int AT_ONCE = 500;

  /** So long a name is not noted again: a small part of the time that it holds. */
  private static final Duration FRESH = Duration.ofHours(1);

  private static final int MOST_FRESH = 50_000;

  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private final Clock clock;
  private final Cache<String, Boolean> fresh;

  public Ledger(JdbcClient jdbc, TransactionTemplate transactions, Clock clock) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.clock = clock;
    this.fresh =
        Caffeine.newBuilder()
            .maximumSize(MOST_FRESH)
            .expireAfterWrite(FRESH)
            .ticker(() -> Duration.between(Instant.EPOCH, clock.instant()).toNanos())
            .executor(Runnable::run)
            .build();
  }

  /** An artifact that was named long ago. */
  record Old(String digest, long size) {}

  /** To be called before the bytes are put. */
  void name(String digest, long size) {
    if (fresh.getIfPresent(digest) != null) {
      return;
    }
    if (date(List.of(digest)) == 0) {
      insert(digest, size);
    }
    fresh.put(digest, true);
  }

  /** Names what is there; false if one of them is not, or is being removed. */
  boolean renew(Collection<String> digests) {
    List<String> all = List.copyOf(Set.copyOf(digests));
    int found = 0;
    for (int i = 0; i < all.size(); i += AT_ONCE) {
      found += date(all.subList(i, Math.min(all.size(), i + AT_ONCE)));
    }
    return found == all.size();
  }

  /** Those last named before that moment, by digest in order, after {@code after}. */
  List<Old> namedBefore(Instant moment, String after, int limit) {
    return jdbc.sql(
            """
            SELECT digest, size_bytes FROM artifacts
            WHERE named_at < :moment AND digest > :after ORDER BY digest LIMIT :limit
            """)
        .param("moment", at(moment))
        .param("after", after)
        .param("limit", limit)
        .query((row, _) -> new Old(row.getString("digest"), row.getLong("size_bytes")))
        .list();
  }

  /**
   * Removes one, unless it was named since {@code before}. If that ends in the middle its row
   * stays, and whoever keeps it again finds out that the bytes are gone.
   */
  boolean remove(String digest, Instant before, Runnable bytes) {
    return transactions.execute(_ -> {
      boolean old =
          jdbc.sql(
                  "SELECT digest FROM artifacts WHERE digest = :digest AND named_at < :before FOR UPDATE")
              .param("digest", digest)
              .param("before", at(before))
              .query(String.class)
              .optional()
              .isPresent();
      if (old) {
        fresh.invalidate(digest);
        bytes.run();
        jdbc.sql("DELETE FROM artifacts WHERE digest = :digest").param("digest", digest).update();
      }
      return old;
    });
  }

  private int date(Collection<String> digests) {
    return jdbc.sql("UPDATE artifacts SET named_at = :now WHERE digest IN (:digests)")
        .param("now", at(clock.instant()))
        .param("digests", digests)
        .update();
  }

  private void insert(String digest, long size) {
    try {
      jdbc.sql("INSERT INTO artifacts (digest, size_bytes, named_at) VALUES (:digest, :size, :now)")
          .param("digest", digest)
          .param("size", size)
          .param("now", at(clock.instant()))
          .update();
    } catch (DuplicateKeyException e) {
      // Put twice at a time: the other one has named it just now.
    }
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }
}
