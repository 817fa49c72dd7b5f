package dev.parigot.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Round after round of all hostile guests, each in a fresh instance; {@code -Dhostile.rounds=1000}
 * for many.
 */
class HostileRoundsTest {
  private static final int ROUNDS = Integer.getInteger("hostile.rounds", 3);
  private static final Duration TIMEOUT = Duration.ofMillis(10);

  /** Recursion costs what there is of the stack. */
  private static final long STACK_BYTES = 512 << 10;

  private static final long MOST_GROWTH_BYTES = 32 << 20;
  private static final int MOST_NEW_THREADS = 16;

  @Test
  void whatHostileGuestsHeldIsFreeAfterThem() throws Exception {
    rounds(2);
    long heapBefore = heapInUse();
    int threadsBefore = threads();
    rounds(ROUNDS);
    long growth = heapInUse() - heapBefore;
    int threads = threads() - threadsBefore;
    System.out.printf(
        "%d rounds of %d hostile guests: heap %,d bytes before, %+,d after; %+d threads%n",
        ROUNDS, HostileCase.all().size(), heapBefore, growth, threads);
    assertThat(growth).isLessThan(MOST_GROWTH_BYTES);
    assertThat(threads).isLessThan(MOST_NEW_THREADS);
  }

  private static void rounds(int count) throws Exception {
    FutureTask<Void> rounds =
        new FutureTask<>(() -> {
          TestSituation situation = new TestSituation();
          situation.log = (_, _, _, _, _) -> {};
          for (int round = 0; round < count; round++) {
            HostileCase.all().forEach(hostile -> hostile.check(hostile.run(situation, TIMEOUT)));
          }
          return null;
        });
    new Thread(null, rounds, "guests", STACK_BYTES).start();
    rounds.get(2, TimeUnit.HOURS);
  }

  /** After collections have freed what they can: contexts are let go of in steps. */
  private static long heapInUse() throws InterruptedException {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 10; i++) {
      System.gc();
      TimeUnit.MILLISECONDS.sleep(50);
      least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }

  private static int threads() {
    return ManagementFactory.getThreadMXBean().getThreadCount();
  }
}
