package dev.parigot.account;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Lets everyone do something a number of times in a row, and then once in a while. Counted in this
 * process's memory.
 */
public final class Throttle {
  private static final long REMEMBERED_AT_MOST = 100_000;

  private final LoadingCache<String, Bucket> buckets;

  /**
   * @param inARow how often at once
   * @param refillOfOne how long it then takes until it may be done once more
   */
  public Throttle(Clock clock, int inARow, Duration refillOfOne) {
    this.buckets =
        Caffeine.newBuilder()
            .maximumSize(REMEMBERED_AT_MOST)
            // Longer than a bucket takes to fill up: a forgotten one is a full one.
            .expireAfterAccess(refillOfOne.multipliedBy(2L * inARow))
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .build(_ ->
                Bucket.builder()
                    .addLimit(limit -> limit.capacity(inARow).refillGreedy(1, refillOfOne))
                    .withCustomTimePrecision(new ClockMeter(clock))
                    .build());
  }

  /**
   * Counts once more for whoever it is; the seconds to wait if it was too often, and not counted.
   */
  public OptionalLong take(String who) {
    ConsumptionProbe probe = buckets.get(who).tryConsumeAndReturnRemaining(1);
    return probe.isConsumed()
        ? OptionalLong.empty()
        : OptionalLong.of(
            Math.ceilDiv(probe.getNanosToWaitForRefill(), TimeUnit.SECONDS.toNanos(1)));
  }

  /** Makes what was counted last not count. */
  void giveBack(String who) {
    buckets.get(who).addTokens(1);
  }

  /** Whom a remote address stands for: an IPv6 subscriber has a whole /64, which counts as one. */
  public static String network(String remoteAddress) {
    try {
      if (InetAddress.ofLiteral(remoteAddress) instanceof Inet6Address address) {
        return HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), 8));
      }
    } catch (IllegalArgumentException e) {
      return remoteAddress;
    }
    return remoteAddress;
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
