package dev.parigot.engine;

import static dev.parigot.engine.ServiceCallTest.assertReturned;
import static dev.parigot.engine.ServiceCallTest.number;
import static dev.parigot.engine.TestSituation.call;
import static dev.parigot.engine.TestSituation.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parigot.engine.CallOutcome.Limit;
import dev.parigot.engine.CallOutcome.LimitReached;
import dev.parigot.engine.CallOutcome.Trapped;
import dev.parigot.situation.Call;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileGuestTest {
  private static final LimitReached TIMED_OUT = new LimitReached(Limit.TIME);
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final Duration LONG_ENOUGH_TO_GET_THERE = Duration.ofSeconds(3);

  private final TestSituation situation = new TestSituation();

  @ParameterizedTest
  @ValueSource(strings = {"loop", "nap_for_ever", "flood", "call_other_for_ever"})
  void whatNeverEndsIsEndedAtItsDeadline(String method) {
    situation.log = (_, _, _, _, _) -> {};
    try (Instance tea = Guests.start("service", situation.build())) {
      Call call = call(method, SHORT);
      CallOutcome outcome = tea.call(call, utf8("tea"));
      assertThat(System.nanoTime() - call.deadlineNanos()).isNotNegative();
      assertThat(outcome).isEqualTo(TIMED_OUT);
      assertThat(tea.usable()).isFalse();
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
  }

  @Test
  void aSleepIsCutAtTheDeadline() {
    try (Instance tea = Guests.start("service", situation.build())) {
      Call call = call("nap", SHORT);
      assertThat(tea.call(call, nanos(Long.MAX_VALUE))).isEqualTo(TIMED_OUT);
    }
  }

  @Test
  void negativeSleepsEndAtOnce() {
    try (Instance tea = Guests.start("service", situation.build())) {
      assertThat(tea.call(call("nap"), nanos(-1)).code()).isZero();
      assertThat(tea.call(call("nap"), nanos(Long.MIN_VALUE)).code()).isZero();
    }
  }

  @Test
  void aLoopingCalleeIsEndedAndItsCallerGoesOn() {
    try (Instance callee = Guests.start("service", situation.build())) {
      situation.services = (_, _, _, request) -> callee.call(call("loop", SHORT), request);
      try (Instance caller = Guests.start("service", situation.build())) {
        CallOutcome outcome = caller.call(call("call_other"), utf8("tea"));
        assertThat(outcome).isEqualTo(new CallOutcome.Failed(408, "other.echo timed out"));
        assertThat(caller.usable()).isTrue();
        assertThat(callee.usable()).isFalse();
        assertReturned(caller.call(call("echo"), utf8("still here")), utf8("still here"));
      }
    }
  }

  @Test
  void aChainThatSharesADeadlineEndsWithIt() {
    try (Instance callee = Guests.start("service", situation.build())) {
      situation.services =
          (caller, _, _, request) ->
              callee.call(
                  new Call("inner", "other", "loop", "tea", caller.deadlineNanos(), 1, ""),
                  request);
      try (Instance caller = Guests.start("service", situation.build())) {
        Call call = call("call_other_for_ever", LONG_ENOUGH_TO_GET_THERE);
        assertThat(caller.call(call, utf8("tea"))).isEqualTo(TIMED_OUT);
        assertThat(callee.usable()).isFalse();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
      }
    }
  }

  @Test
  void endlessRecursionIsATrapThatNamesTheFunction() {
    Trapped trapped = trapOf("service", "recurse", new byte[0]);
    assertThat(trapped.reason()).contains("call stack exhausted").contains("at recurse (");
    assertThat(trapped.reason().lines().count()).isLessThan(10);
  }

  @Test
  void aTrapTellsTheGuestsStack() {
    assertThat(trapOf("service", "trap", new byte[0]).reason())
        .isEqualTo("unreachable\n  at deeper\n  at trap");
  }

  @Test
  void memoryGrowsToItsLimitAndNoFurther() {
    Limits limits = Limits.DEFAULT.withMemory(4 << 20);
    try (Instance tea = Guests.start("service", limits, situation.build())) {
      assertThat(number(tea.call(call("grow"), new byte[0]))).isBetween(49L, 64L);
    }
  }

  @Test
  void aRequestBeyondTheMemoryLimitIsA507() {
    Limits limits = Limits.DEFAULT.withMemory(1 << 20);
    try (Instance tea = Guests.start("service", limits, situation.build())) {
      assertThat(tea.call(call("echo"), new byte[2 << 20]).code()).isEqualTo(507);
    }
  }

  @Test
  void aMemoryGrownInMidCallIsReadWhereItIsNow() {
    assertReturned(outcome("service", "grow_then_echo", utf8("tea")), utf8("tea"));
  }

  @Test
  void pointersOutsideTheMemoryTrap() {
    for (String method : new String[] {"kv_get_outside", "log_outside", "call_other_with_lies"}) {
      assertThat(trapOf("service", method, new byte[0]).reason())
          .contains("outside the memory of 65536 bytes")
          .contains("at " + method);
    }
  }

  @Test
  void aLyingAllocatorTrapsItsOwner() {
    assertThat(trapOf("lying-allocator", "take", utf8("tea for two")).reason())
        .contains("parigot_alloc gave 11 bytes at 65535");
    assertThat(trapOf("lying-allocator", "config", new byte[0]).code()).isEqualTo(500);
  }

  @Test
  void anAllocatorThatNeedsItselfTraps() {
    assertThat(trapOf("importing-allocator", "take", utf8("tea")).code()).isEqualTo(500);
  }

  @Test
  void aCallerWithoutRoomSeesThe507ThatNeedsNone() {
    assertThat(number(outcome("no-room", "config", new byte[0]))).isEqualTo(1L << 31);
  }

  @Test
  void leavingIsATrap() {
    assertThat(trapOf("wasi", "leave", new byte[0]).reason())
        .isEqualTo("proc_exit(3)\n  at func[32]\n  at leave");
  }

  @Test
  void twoThreadsAreNeverInOneInstance() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    situation.services =
        (_, _, _, request) -> {
          inside.countDown();
          await(goOn);
          return new CallOutcome.Returned(request);
        };
    try (Instance tea = Guests.start("service", situation.build())) {
      FutureTask<CallOutcome> first =
          new FutureTask<>(() -> tea.call(call("call_other"), utf8("tea")));
      Thread.ofPlatform().start(first);
      await(inside);
      assertThatThrownBy(() -> tea.call(call("echo"), utf8("me too")))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("one call at a time");
      goOn.countDown();
      assertReturned(first.get(60, TimeUnit.SECONDS), utf8("tea"));
      assertReturned(tea.call(call("echo"), utf8("now me")), utf8("now me"));
    }
  }

  @Test
  void aServiceThatCallsItselfOnOneInstanceIsRefusedByTheGuard() {
    List<Instance> self = new ArrayList<>();
    situation.services = (_, _, method, request) -> self.getFirst().call(call(method), request);
    try (Instance tea = Guests.start("service", situation.build())) {
      self.add(tea);
      assertThat(tea.call(call("call_other"), utf8("tea")).code()).isEqualTo(500);
    }
  }

  @Test
  void closingEndsALoopFromAnotherThread() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    situation.services =
        (_, _, _, request) -> {
          inside.countDown();
          return new CallOutcome.Returned(request);
        };
    Instance tea = Guests.start("service", situation.build());
    FutureTask<CallOutcome> outcome =
        new FutureTask<>(() -> tea.call(call("call_other_then_loop"), utf8("tea")));
    Thread.ofPlatform().start(outcome);
    await(inside);
    tea.close();
    assertThat(outcome.get(60, TimeUnit.SECONDS))
        .isEqualTo(new CallOutcome.Failed(499, "The instance was closed"));
    assertThatThrownBy(() -> tea.call(call("echo"), new byte[0]))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("has ended");
  }

  @Test
  void aGuestInAnImportIsNotInterruptedByItsDeadline() {
    AtomicInteger interrupts = new AtomicInteger();
    situation.services =
        (_, _, _, request) -> {
          try {
            Thread.sleep(SHORT.multipliedBy(3));
          } catch (InterruptedException e) {
            interrupts.incrementAndGet();
          }
          return new CallOutcome.Returned(request);
        };
    try (Instance tea = Guests.start("service", situation.build())) {
      assertThat(tea.call(call("call_other", SHORT), utf8("tea"))).isEqualTo(TIMED_OUT);
      assertThat(interrupts).hasValue(0);
    }
  }

  @Test
  void oneDeadlineNeverEndsTheNextCall() {
    try (Instance tea = Guests.start("service", situation.build())) {
      for (int i = 0; i < 200; i++) {
        // Ends about when its deadline comes.
        Instance present = tea.usable() ? tea : Guests.start("service", situation.build());
        CallOutcome late = present.call(call("nap", Duration.ofMillis(10)), nanos(9_900_000));
        if (present.usable()) {
          assertThat(late.code()).isZero();
          assertReturned(present.call(call("echo"), utf8("tea")), utf8("tea"));
        }
        if (present != tea) {
          present.close();
        }
      }
    }
  }

  private CallOutcome outcome(String guest, String method, byte[] request) {
    try (Instance tea = Guests.start(guest, situation.build())) {
      return tea.call(call(method), request);
    }
  }

  private Trapped trapOf(String guest, String method, byte[] request) {
    try (Instance tea = Guests.start(guest, situation.build())) {
      CallOutcome outcome = tea.call(call(method), request);
      assertThat(outcome).isInstanceOf(Trapped.class);
      assertThat(tea.usable()).isFalse();
      return (Trapped) outcome;
    }
  }

  private static byte[] nanos(long nanos) {
    return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(nanos).array();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
