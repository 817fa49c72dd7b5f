package dev.parigot.metering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parigot.database.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class MeteringTest {
  private static final long SHOP = 1;
  private static final long MILLISECOND = 1_000_000;

  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T12:00:00Z"));
  private final Metering metering = new Metering(clock);

  @Test
  void withoutCallsThereIsNothing() {
    assertThat(metering.figures(SHOP, "cart")).isEqualTo(new Metering.Figures(0, 0, 0));
    assertThat(metering.history(SHOP, 2)).isDeepEqualTo(new long[][] {{0, 0}, {0, 0}});
  }

  @Test
  void callsAndErrorsAreCountedByService() {
    metering.of(SHOP, "cart").record(null, false, MILLISECOND);
    metering.of(SHOP, "cart").record(null, true, MILLISECOND);
    metering.of(SHOP, "stock").record(null, true, MILLISECOND);
    assertThat(metering.figures(SHOP, "cart").calls()).isEqualTo(2);
    assertThat(metering.figures(SHOP, "cart").errors()).isEqualTo(1);
    assertThat(metering.figures(2, "cart").calls()).isZero();
  }

  @Test
  void aCallCountsForSixtySeconds() {
    metering.of(SHOP, "cart").record(null, true, MILLISECOND);
    clock.advance(Duration.ofSeconds(59));
    metering.of(SHOP, "cart").record(null, false, MILLISECOND);
    assertThat(metering.figures(SHOP, "cart").calls()).isEqualTo(2);
    clock.advance(Duration.ofSeconds(1));
    assertThat(metering.figures(SHOP, "cart").calls()).isEqualTo(1);
    assertThat(metering.figures(SHOP, "cart").errors()).isZero();
    clock.advance(Duration.ofHours(5));
    assertThat(metering.figures(SHOP, "cart")).isEqualTo(new Metering.Figures(0, 0, 0));
  }

  @Test
  void p95IsThatOfTheSortedDurationsToWithinAnEighth() {
    Random random = new Random(5);
    for (int calls : new int[] {1, 2, 19, 20, 21, 1_000}) {
      Metering fresh = new Metering(clock);
      long[] durations = new long[calls];
      for (int i = 0; i < calls; i++) {
        durations[i] = (long) Math.exp(random.nextDouble(Math.log(2_000), Math.log(1e12)));
        fresh.of(SHOP, "cart").record(null, false, durations[i]);
      }
      Arrays.sort(durations);
      long exact = durations[Math.ceilDiv(calls * 95, 100) - 1];
      assertThat(fresh.figures(SHOP, "cart").p95Nanos())
          .as("of %d calls", calls)
          .isGreaterThanOrEqualTo(exact)
          .isCloseTo(exact, Percentage.withPercentage(12.5));
    }
  }

  @Test
  void impossibleDurationsDoNoHarm() {
    metering.of(SHOP, "cart").record(null, false, -1);
    metering.of(SHOP, "cart").record(null, false, Long.MAX_VALUE);
    assertThat(metering.figures(SHOP, "cart").calls()).isEqualTo(2);
    assertThat(metering.figures(SHOP, "cart").p95Nanos())
        .isCloseTo(Duration.ofMinutes(37).toNanos(), within(Duration.ofMinutes(1).toNanos()));
  }

  @Test
  void historyIsToldByTheMinuteOldestFirst() {
    metering.of(SHOP, "cart").record(null, true, MILLISECOND);
    clock.advance(Duration.ofMinutes(2));
    metering.of(SHOP, "cart").record(null, false, MILLISECOND);
    metering.of(SHOP, "stock").record(null, false, MILLISECOND);
    assertThat(metering.history(SHOP, 4))
        .isDeepEqualTo(new long[][] {{0, 0}, {1, 1}, {0, 0}, {2, 0}});
    clock.advance(Duration.ofHours(2));
    assertThat(metering.history(SHOP, 1_000)).hasDimensions(Metering.HISTORY_MINUTES, 2);
    assertThat(metering.history(SHOP, 3)).isDeepEqualTo(new long[3][2]);
  }

  @Test
  void noCallIsLostBetweenThreads() {
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (int i = 0; i < 4; i++) {
        threads.execute(() -> {
          for (int j = 0; j < 10_000; j++) {
            metering.of(SHOP, "cart").record(null, true, MILLISECOND);
          }
        });
      }
    }
    assertThat(metering.figures(SHOP, "cart").calls()).isEqualTo(40_000);
    assertThat(metering.figures(SHOP, "cart").errors()).isEqualTo(40_000);
  }

  @Test
  void callsBetweenServicesAreCountedByPair() {
    metering.of(SHOP, "stock").record("cart", false, MILLISECOND);
    metering.of(SHOP, "stock").record("cart", true, MILLISECOND);
    metering.of(SHOP, "stock").record("orders", false, MILLISECOND);
    metering.of(SHOP, "cart").record(null, false, MILLISECOND);
    assertThat(metering.between(SHOP))
        .containsOnly(
            Map.entry(new Metering.Pair("cart", "stock"), 2L),
            Map.entry(new Metering.Pair("orders", "stock"), 1L));
    assertThat(metering.figures(SHOP, "stock").calls()).isEqualTo(3);
    clock.advance(Duration.ofMinutes(2));
    assertThat(metering.between(SHOP)).isEmpty();
  }

  @Test
  void aForgottenAppHasNoFigures() {
    metering.of(SHOP, "cart").record(null, false, MILLISECOND);
    metering.forget(SHOP);
    assertThat(metering.figures(SHOP, "cart").calls()).isZero();
  }
}
