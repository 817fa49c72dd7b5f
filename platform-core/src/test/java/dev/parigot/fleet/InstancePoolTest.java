package dev.parigot.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.engine.CallOutcome;
import dev.parigot.problem.Problem;
import dev.parigot.situation.Call;
import dev.parigot.situation.WallTime;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class InstancePoolTest {
  private static final CallOutcome OK = new CallOutcome.Returned(new byte[0]);

  private final WallTime time = new WallTime(Clock.systemUTC(), System::nanoTime);
  private final List<FakeGuest> started = Collections.synchronizedList(new ArrayList<>());
  private final List<String> told = new ArrayList<>();
  private volatile Supplier<CallOutcome> behaviour = () -> OK;
  private volatile boolean canStart = true;
  private volatile long startTakes;
  private final ExecutorService callers = Executors.newCachedThreadPool();

  @AfterEach
  void close() {
    callers.shutdownNow();
  }

  @Test
  void anInstanceIsReused() {
    InstancePool pool = pool(0, 4, 10);
    call(pool);
    call(pool);
    assertThat(started).hasSize(1);
  }

  @Test
  void aThreadPrefersTheInstanceThatItCalledLast() throws Exception {
    InstancePool pool = pool(0, 2, 10);
    CountDownLatch end = occupy();
    CompletableFuture<CallOutcome> other = CompletableFuture.supplyAsync(() -> call(pool), callers);
    awaitStarted(1);
    behaviour = () -> OK;
    call(pool);
    end.countDown();
    other.get();

    call(pool);
    assertThat(started).extracting(guest -> guest.calls.get()).containsExactly(1, 2);
  }

  @Test
  void aCallNeverEntersABusyInstanceAndNeverMoreThanMaxExist() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    behaviour =
        () -> {
          most.accumulateAndGet(inside.incrementAndGet(), Math::max);
          sleep(5);
          inside.decrementAndGet();
          return OK;
        };
    InstancePool pool = pool(0, 3, 100);

    List<CompletableFuture<CallOutcome>> calls = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      calls.add(CompletableFuture.supplyAsync(() -> call(pool), callers));
    }
    for (CompletableFuture<CallOutcome> call : calls) {
      assertThat(call.get()).isEqualTo(OK);
    }
    assertThat(started).hasSizeLessThanOrEqualTo(3);
    assertThat(most.get()).isLessThanOrEqualTo(3);
    assertThat(started).noneMatch(guest -> guest.enteredTwice);
  }

  @Test
  void aCallThatWaitsInVainTimesOut() throws Exception {
    CountDownLatch end = occupy();
    InstancePool pool = pool(0, 1, 10);
    CompletableFuture<CallOutcome> first = CompletableFuture.supplyAsync(() -> call(pool), callers);
    awaitStarted(1);

    assertThat(pool.call(call(TimeUnit.MILLISECONDS.toNanos(20)), new byte[0]).code())
        .isEqualTo(408);
    end.countDown();
    assertThat(first.get()).isEqualTo(OK);
    assertThat(call(pool)).isEqualTo(OK);
  }

  @Test
  void moreWaitingCallsThanAllowedAreRefused() throws Exception {
    CountDownLatch end = occupy();
    InstancePool pool = pool(0, 1, 0);
    CompletableFuture<CallOutcome> first = CompletableFuture.supplyAsync(() -> call(pool), callers);
    awaitStarted(1);

    assertThat(call(pool).code()).isEqualTo(429);
    end.countDown();
    assertThat(first.get()).isEqualTo(OK);
  }

  @Test
  void aCallWaitsForAnInstanceNoLongerThanAStartTakes() throws Exception {
    InstancePool pool = pool(0, 2, 10);
    startTakes = 200;
    call(pool);
    CountDownLatch end = occupy();
    CompletableFuture<CallOutcome> first = CompletableFuture.supplyAsync(() -> call(pool), callers);
    awaitCalls(2);
    CompletableFuture<CallOutcome> second =
        CompletableFuture.supplyAsync(() -> call(pool), callers);
    awaitStarted(2);
    assertThat(pool.read()).extracting("instances", "first", "late").containsExactly(2, 1, 1);
    end.countDown();
    assertThat(first.get()).isEqualTo(OK);
    assertThat(second.get()).isEqualTo(OK);
  }

  @Test
  void anInstanceThatIsFreedInTimeSavesAnotherOne() throws Exception {
    InstancePool pool = pool(0, 2, 10);
    startTakes = 2_000;
    call(pool);
    CountDownLatch end = occupy();
    CompletableFuture<CallOutcome> first = CompletableFuture.supplyAsync(() -> call(pool), callers);
    awaitCalls(2);
    CompletableFuture<CallOutcome> second =
        CompletableFuture.supplyAsync(() -> call(pool), callers);
    Waiting.until(() -> pool.read().waits().now() == 1);
    end.countDown();
    assertThat(first.get()).isEqualTo(OK);
    assertThat(second.get()).isEqualTo(OK);
    assertThat(started).hasSize(1);
  }

  @Test
  void anAppWhoseMemoryIsFullGetsNoOtherInstance() {
    Share small = new Turns(2).share(new Share.Limits(32, 0, Share.INSTANCE_BYTES + 1));
    InstancePool one = pool(small, 1);
    InstancePool other = pool(small, 0);
    assertThat(call(one)).isEqualTo(OK);
    assertThat(call(other)).isEqualTo(OK);
    assertThat(call(pool(small, 0)).code()).as("the other one's was idle").isZero();
    assertThat(started).filteredOn(guest -> guest.closed).hasSize(1);

    InstancePool kept = pool(small, 1);
    kept.fill();
    assertThat(call(pool(small, 0)))
        .isEqualTo(
            CallOutcome.Failed.beforeItBegan(
                507,
                "The instances of the app take all the memory that one app may have, 0 MiB, so"
                    + " that no other one can be started."));
  }

  @Test
  void aTrappedInstanceIsDiscardedAndTold() {
    InstancePool pool = pool(0, 1, 10);
    behaviour = () -> new CallOutcome.Trapped("unreachable");
    assertThat(call(pool).code()).isEqualTo(500);
    assertThat(pool.failing()).isTrue();
    assertThat(pool.lastError()).isEqualTo("unreachable");
    assertThat(told).containsExactly("g1 id m trapped: unreachable");
    assertThat(pool.instances()).isZero();

    behaviour = () -> OK;
    assertThat(call(pool)).isEqualTo(OK);
    assertThat(started).hasSize(2);
    assertThat(pool.failing()).isFalse();
  }

  @Test
  void whatCannotStartIsRefusedAndLeavesRoom() {
    InstancePool pool = pool(0, 1, 10);
    canStart = false;
    assertThat(call(pool)).isEqualTo(CallOutcome.Failed.beforeItBegan(503, "no such artifact"));
    assertThat(pool.failing()).isTrue();
    canStart = true;
    assertThat(call(pool)).isEqualTo(OK);
  }

  @Test
  void aFailureOfThePlatformIsAnOutcomeToo() {
    InstancePool pool = pool(0, 1, 10);
    behaviour =
        () -> {
          throw new IllegalStateException("a defect");
        };
    assertThat(call(pool).code()).isEqualTo(500);
    assertThat(started.getFirst().closed).isTrue();
  }

  @Test
  void anErrorOfTheServiceIsToldButTheAppsOwnCodesAreAnswers() {
    InstancePool pool = pool(0, 1, 10);
    behaviour = () -> new CallOutcome.Failed(1234, "sold out");
    assertThat(call(pool)).isEqualTo(new CallOutcome.Failed(1234, "sold out"));
    assertThat(told).isEmpty();
    behaviour = () -> new CallOutcome.Failed(502, "no mail");
    call(pool);
    assertThat(told).containsExactly("g1 id m failed: 502 no mail");
    assertThat(pool.lastError()).isEqualTo("502 no mail");
    assertThat(pool.failing()).isFalse();
  }

  @Test
  void idleInstancesAboveTheMinimumAreClosed() {
    InstancePool pool = pool(1, 4, 10);
    pool.warm(3);
    pool.shrink(3);
    assertThat(pool.instances()).isEqualTo(3);
    pool.shrink(0);
    assertThat(pool.instances()).isEqualTo(1);
    assertThat(started.stream().filter(guest -> guest.closed)).hasSize(2);
  }

  @Test
  void theMinimumIsFilledUp() {
    InstancePool pool = pool(2, 4, 10);
    assertThat(pool.lacking()).isTrue();
    pool.fill();
    assertThat(pool.lacking()).isFalse();
    assertThat(started).hasSize(2).allMatch(guest -> guest.warm);
  }

  @Test
  void itEndsWithItsLastHolder() {
    InstancePool pool = pool(0, 4, 10);
    call(pool);
    assertThat(pool.hold()).isTrue();
    pool.letGo();
    assertThat(call(pool)).isEqualTo(OK);
    pool.letGo();
    assertThat(started.getFirst().closed).isTrue();
    assertThat(pool.hold()).isFalse();
    assertThat(call(pool).code()).isEqualTo(503);
  }

  @Test
  void aBusyInstanceOfAnEndedPoolEndsAfterItsCall() throws Exception {
    CountDownLatch end = occupy();
    InstancePool pool = pool(0, 1, 10);
    CompletableFuture<CallOutcome> call = CompletableFuture.supplyAsync(() -> call(pool), callers);
    awaitStarted(1);
    pool.letGo();
    assertThat(started.getFirst().closed).isFalse();
    end.countDown();
    assertThat(call.get()).isEqualTo(OK);
    assertThat(started.getFirst().closed).isTrue();
    assertThat(pool.instances()).isZero();
  }

  private InstancePool pool(Share share, int min) {
    return pool(share, new InstancePool.Size(min, 4, 10));
  }

  private InstancePool pool(int min, int max, int waiting) {
    return pool(TestPlatform.share(), new InstancePool.Size(min, max, waiting));
  }

  private InstancePool pool(Share share, InstancePool.Size size) {
    return new InstancePool(
        size,
        share,
        this::start,
        time,
        (instance, call, text) -> told.add(instance + " " + call + " " + text));
  }

  private Guest start() {
    if (!canStart) {
      throw Problem.user(404, "gone", "no such artifact", "");
    }
    sleep(startTakes);
    FakeGuest guest = new FakeGuest("g" + (started.size() + 1));
    started.add(guest);
    return guest;
  }

  private CountDownLatch occupy() {
    CountDownLatch end = new CountDownLatch(1);
    behaviour =
        () -> {
          try {
            end.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return OK;
        };
    return end;
  }

  private void awaitStarted(int count) {
    while (started.size() < count || started.getLast().calls.get() == 0) {
      sleep(1);
    }
  }

  private void awaitCalls(int count) {
    while (started.stream().mapToInt(guest -> guest.calls.get()).sum() < count) {
      sleep(1);
    }
  }

  private static void sleep(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private CallOutcome call(InstancePool pool) {
    return pool.call(call(TimeUnit.SECONDS.toNanos(10)), "x".getBytes(StandardCharsets.UTF_8));
  }

  private Call call(long nanos) {
    return new Call("id", "s", "m", null, time.monotonicNanos() + nanos, 1, "");
  }

  private final class FakeGuest implements Guest {
    final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger inside = new AtomicInteger();
    private final String name;
    volatile boolean enteredTwice;
    volatile boolean closed;
    volatile boolean warm;
    private volatile boolean usable = true;

    FakeGuest(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public CallOutcome call(Call call, byte[] request) {
      enteredTwice |= inside.incrementAndGet() > 1;
      calls.incrementAndGet();
      CallOutcome outcome = behaviour.get();
      usable = !(outcome instanceof CallOutcome.Trapped);
      inside.decrementAndGet();
      return outcome;
    }

    @Override
    public void warm() {
      warm = true;
    }

    @Override
    public boolean usable() {
      return usable && !closed;
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
