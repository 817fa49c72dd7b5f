package dev.parigot.engine;

import static dev.parigot.engine.TestSituation.call;
import static dev.parigot.engine.TestSituation.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.engine.CallOutcome.Limit;
import dev.parigot.engine.CallOutcome.LimitReached;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class PauseTest {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final Duration LONG = Duration.ofSeconds(60);

  private final TestSituation situation = new TestSituation();
  private final AtomicLong thread = new AtomicLong();

  @Test
  void aGuestInAnEndlessLoopTakesNoTimeWhileItIsPausedAndGoesOnAfterwards() throws Exception {
    try (Instance tea = Guests.start("service", situation.build())) {
      CompletableFuture<CallOutcome> looping = start(tea, "loop", LONG);
      awaitRunning(tea);
      long visit = tea.running();
      tea.pause();
      awaitStill();
      long before = cpu();
      TimeUnit.MILLISECONDS.sleep(200);
      assertThat(cpu() - before).isLessThan(TimeUnit.MILLISECONDS.toNanos(20));
      assertThat(tea.running()).as("a paused guest counts as one that runs").isEqualTo(visit);

      tea.resume();
      awaitUsing();
      assertThat(looping).isNotDone();
      assertThat(tea.running()).isEqualTo(visit);
    }
  }

  @Test
  void theDeadlineEndsAPausedGuest() throws Exception {
    try (Instance tea = Guests.start("service", situation.build())) {
      CompletableFuture<CallOutcome> looping = start(tea, "loop", Duration.ofSeconds(2));
      awaitRunning(tea);
      tea.pause();
      assertThat(looping.get()).isEqualTo(new LimitReached(Limit.TIME));
      assertThat(tea.usable()).isFalse();
      tea.resume();
    }
  }

  @Test
  void closingEndsAPausedGuest() throws Exception {
    Instance tea = Guests.start("service", situation.build());
    CompletableFuture<CallOutcome> looping = start(tea, "loop", LONG);
    awaitRunning(tea);
    tea.pause();
    awaitStill();
    tea.close();
    assertThat(looping.get().code()).isEqualTo(499);
    tea.pause();
    tea.resume();
  }

  @Test
  void whoIsPausedWhileNobodyIsInWaitsAtTheNextCall() throws Exception {
    try (Instance tea = Guests.start("service", situation.build())) {
      assertThat(tea.running()).isEqualTo(-1);
      tea.pause();
      CompletableFuture<CallOutcome> echo = start(tea, "echo", LONG);
      TimeUnit.MILLISECONDS.sleep(100);
      assertThat(echo).isNotDone();
      tea.resume();
      assertThat(echo.get().code()).isZero();
      assertThat(tea.running()).isEqualTo(-1);
    }
  }

  @Test
  void whoWaitsInAnImportRunsNoCodeOfItsOwn() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    situation.services =
        (_, _, _, request) -> {
          inside.countDown();
          try {
            end.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return new CallOutcome.Returned(request);
        };
    try (Instance tea = Guests.start("service", situation.build())) {
      CompletableFuture<CallOutcome> calling = start(tea, "call_other", LONG);
      inside.await();
      assertThat(tea.running()).isEqualTo(-1);
      end.countDown();
      assertThat(calling.get().code()).isZero();
    }
  }

  private CompletableFuture<CallOutcome> start(Instance instance, String method, Duration timeout) {
    return CompletableFuture.supplyAsync(
        () -> {
          thread.set(Thread.currentThread().threadId());
          return instance.call(call(method, timeout), utf8("tea"));
        },
        Guests.THREADS);
  }

  private static void awaitRunning(Instance instance) throws InterruptedException {
    while (instance.running() < 0) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  private long cpu() {
    return THREADS.getThreadCpuTime(thread.get());
  }

  private void awaitStill() throws InterruptedException {
    long before = -1;
    while (cpu() != before) {
      before = cpu();
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private void awaitUsing() throws InterruptedException {
    long before = cpu();
    while (cpu() - before < TimeUnit.MILLISECONDS.toNanos(1)) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }
}
