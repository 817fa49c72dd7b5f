package dev.parigot.account;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.parigot.problem.Problem;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;

/**
 * Counts failed logins by e-mail and by remote address, in this process's memory, and refuses
 * further ones for a while.
 *
 * <p>A login takes its place in both buckets before its password is looked at, and gives it back if
 * it succeeds: otherwise many guesses sent at once would all pass.
 */
final class LoginThrottle {
  /** Failures in a row for one e-mail; another is let through every {@link #EMAIL_REFILL}. */
  static final int EMAIL_FAILURES = 10;

  static final Duration EMAIL_REFILL = Duration.ofSeconds(30);

  /** Higher than for an e-mail, as many people may share an address. */
  static final int ADDRESS_FAILURES = 50;

  static final Duration ADDRESS_REFILL = Duration.ofSeconds(6);

  /** Longer than the slower bucket takes to fill up: a forgotten one is a full one. */
  private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(10);

  private static final long REMEMBERED_AT_MOST = 100_000;

  private final LoadingCache<String, Bucket> emails;
  private final LoadingCache<String, Bucket> addresses;

  LoginThrottle(Clock clock) {
    this.emails = buckets(clock, EMAIL_FAILURES, EMAIL_REFILL);
    this.addresses = buckets(clock, ADDRESS_FAILURES, ADDRESS_REFILL);
  }

  /** A login under way. */
  interface Attempt {
    /** It succeeded, so it does not count. */
    void succeeded();
  }

  /**
   * Begins a login, of the e-mail or of none if it is empty; a 429 {@link Problem} with the seconds
   * to wait if there were too many.
   */
  Attempt begin(String email, String remoteAddress) {
    Bucket byEmail = emails.get(email);
    Bucket byAddress = addresses.get(network(remoteAddress));
    take(byAddress);
    try {
      take(byEmail);
    } catch (Problem e) {
      byAddress.addTokens(1);
      throw e;
    }
    return () -> {
      byEmail.addTokens(1);
      byAddress.addTokens(1);
    };
  }

  private static void take(Bucket bucket) {
    ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
    if (!probe.isConsumed()) {
      long seconds =
          TimeUnit.NANOSECONDS.toSeconds(
              probe.getNanosToWaitForRefill() + TimeUnit.SECONDS.toNanos(1) - 1);
      throw Problem.user(
          429,
          "too-many-failed-logins",
          "There were too many failed logins.",
          "Try again in " + seconds + " seconds.");
    }
  }

  /** An IPv6 subscriber has a whole /64 of addresses, which count as one. */
  private static String network(String remoteAddress) {
    try {
      if (InetAddress.ofLiteral(remoteAddress) instanceof Inet6Address address) {
        return HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), 8));
      }
    } catch (IllegalArgumentException e) {
      return remoteAddress;
    }
    return remoteAddress;
  }

  private static LoadingCache<String, Bucket> buckets(
      Clock clock, int capacity, Duration refillOfOne) {
    return Caffeine.newBuilder()
        .maximumSize(REMEMBERED_AT_MOST)
        .expireAfterAccess(FORGOTTEN_AFTER)
        .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
        .build(_ ->
            Bucket.builder()
                .addLimit(limit -> limit.capacity(capacity).refillGreedy(1, refillOfOne))
                .withCustomTimePrecision(new ClockMeter(clock))
                .build());
  }

  private record ClockMeter(Clock clock) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      return TimeUnit.MILLISECONDS.toNanos(clock.millis());
    }

    @Override
    public boolean isWallClockBased() {
      return true;
    }
  }
}
