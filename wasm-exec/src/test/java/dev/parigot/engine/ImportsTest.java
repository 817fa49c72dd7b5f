package dev.parigot.engine;

import static dev.parigot.engine.ServiceCallTest.assertReturned;
import static dev.parigot.engine.ServiceCallTest.number;
import static dev.parigot.engine.TestSituation.call;
import static dev.parigot.engine.TestSituation.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.engine.CallOutcome.Failed;
import dev.parigot.engine.CallOutcome.Limit;
import dev.parigot.engine.CallOutcome.LimitReached;
import dev.parigot.engine.CallOutcome.Returned;
import dev.parigot.engine.CallOutcome.Trapped;
import dev.parigot.situation.HostCall;
import dev.parigot.situation.Interceptor;
import dev.parigot.situation.Refused;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ImportsTest {
  private static final byte[] NOTHING = {};

  private final TestSituation situation = new TestSituation();
  private final List<Instance> instances = new ArrayList<>();

  @AfterEach
  void closeInstances() {
    instances.forEach(Instance::close);
  }

  private Instance tea() {
    Instance tea = Guests.start("service", situation.build());
    instances.add(tea);
    return tea;
  }

  private CallOutcome result(String method, byte[] request) {
    return tea().call(call(method), request);
  }

  @Test
  void aCallGoesToTheNamedServiceWithItsBytesAndComesBack() {
    situation.services =
        (caller, service, method, request) ->
            new Returned(
                utf8(
                    String.join(
                        " ",
                        caller.id(),
                        service,
                        method,
                        new String(request, StandardCharsets.UTF_8))));
    assertReturned(result("call_other", utf8("two")), utf8("call-1 other echo two"));
  }

  @Test
  void aCalleesFailureReachesItsCaller() {
    situation.services = (_, _, _, _) -> new Failed(1026, "no tea left");
    assertThat(result("call_other", NOTHING)).isEqualTo(new Failed(1026, "no tea left"));
    situation.services = (_, _, _, _) -> new Trapped("unreachable\n  at deeper");
    assertThat(result("call_other", NOTHING))
        .isEqualTo(new Failed(500, "other.echo trapped: unreachable"));
    situation.services = (_, _, _, _) -> new LimitReached(Limit.MEMORY);
    assertThat(result("call_other", NOTHING))
        .isEqualTo(new Failed(507, "other.echo ran out of memory"));
  }

  @Test
  void anEmptyResponseIsNoAllocation() {
    situation.services = (_, _, _, _) -> new Returned(NOTHING);
    assertReturned(result("call_other", NOTHING), NOTHING);
  }

  @Test
  void aFailingCapabilityIsATrapAndNotTheGuestsBusiness() {
    situation.services =
        (_, _, _, _) -> {
          throw new IllegalStateException("a broken platform (this is part of a test)");
        };
    assertThat(result("call_other", NOTHING))
        .isEqualTo(new Trapped("the platform failed in an import\n  at call_other"));
  }

  @Test
  void valuesAreStoredReadListedAndDeleted() {
    Instance tea = tea();
    assertThat(tea.call(call("kv_get"), utf8("counter")).code()).isEqualTo(404);
    assertReturned(tea.call(call("kv_put"), utf8("1")), NOTHING);
    assertReturned(tea.call(call("kv_get"), utf8("counter")), utf8("1"));
    assertReturned(tea.call(call("kv_delete"), utf8("counter")), NOTHING);
    assertReturned(tea.call(call("kv_delete"), utf8("counter")), NOTHING);
    assertThat(tea.call(call("kv_get"), utf8("counter")).code()).isEqualTo(404);
  }

  @Test
  void compareAndSetTakesOnlyWhatIsThere() {
    Instance tea = tea();
    assertThat(tea.call(call("kv_swap_first_byte_for_second"), utf8("ab")).code()).isEqualTo(409);
    assertThat(tea.call(call("kv_create"), utf8("a")).code()).isZero();
    assertThat(tea.call(call("kv_create"), utf8("a")).code()).isEqualTo(409);
    assertThat(tea.call(call("kv_swap_first_byte_for_second"), utf8("ab")).code()).isZero();
    assertThat(tea.call(call("kv_swap_first_byte_for_second"), utf8("ab")).code()).isEqualTo(409);
    assertReturned(tea.call(call("kv_get"), utf8("counter")), utf8("b"));
  }

  @Test
  void keysHave1To512BytesAndValuesAMebibyte() {
    Instance tea = tea();
    assertThat(tea.call(call("kv_get"), NOTHING).code()).isEqualTo(400);
    assertThat(tea.call(call("kv_put_empty_at"), new byte[512]).code()).isZero();
    assertThat(tea.call(call("kv_put_empty_at"), new byte[513]).code()).isEqualTo(413);
    assertThat(tea.call(call("kv_put"), new byte[1 << 20]).code()).isZero();
    assertThat(tea.call(call("kv_put"), new byte[(1 << 20) + 1]).code()).isEqualTo(413);
  }

  @Test
  void aListIsInOrderAfterItsKeyAndNoLongerThanItsLimit() {
    for (String key : List.of("b", "a", "c", "d")) {
      situation.keyValue.put(utf8(key), NOTHING);
    }
    assertReturned(result("kv_list", list("", 10)), keys("a", "b", "c", "d"));
    assertReturned(result("kv_list", list("a", 2)), keys("b", "c"));
    assertThat(result("kv_list", list("", 0)).code()).isEqualTo(400);
  }

  @Test
  void aListEndsBeforeItExceedsAMebibyte() {
    for (int i = 0; i < 2100; i++) {
      situation.keyValue.put(utf8("%0512d".formatted(i)), NOTHING);
    }
    Returned answer = (Returned) result("kv_list", list("", Integer.MAX_VALUE));
    assertThat(answer.response()).hasSize((1 << 20) / 516 * 516);
  }

  @Test
  void configurationIsGivenByName() {
    assertReturned(result("config", utf8("CURRENCY")), utf8("EUR"));
    assertThat(result("config", utf8("LANGUAGE")).code()).isEqualTo(404);
  }

  @Test
  void aCallKnowsItself() {
    assertReturned(result("call_info", utf8("id")), utf8("call-1"));
    assertReturned(result("call_info", utf8("caller")), utf8("web"));
    assertReturned(result("call_info", utf8("attempt")), utf8("1"));
    assertReturned(result("call_info", utf8("traceparent")), utf8("00-trace-01"));
    assertThat(result("call_info", utf8("deadline_ns")).code()).isZero();
    assertThat(result("call_info", utf8("weather")).code()).isEqualTo(404);
  }

  @Test
  void aLogLineHasItsServiceInstanceAndCallAndALevelInRange() {
    result("log", utf8("tea is ready ☕"));
    assertThat(situation.lines)
        .containsExactly(new TestSituation.Line("tea", "tea-1", 4, "tea is ready ☕", "call-1"));
  }

  @Test
  void aLongLogLineIsCut() {
    result("log", new byte[1 << 20]);
    assertThat(situation.lines.getFirst().message()).hasSize((16 << 10) + 2).endsWith(" …");
  }

  @Test
  void clocksAndRandomnessAreTheSituations() {
    long before = TestSituation.REAL.nowNanos();
    assertThat(number(result("now", NOTHING)))
        .isBetween(before, TestSituation.REAL.nowNanos() + 1_000_000);
    long start = System.nanoTime();
    assertThat(number(result("monotonic", NOTHING))).isBetween(start, System.nanoTime());
    byte[] first = ((Returned) result("random", NOTHING)).response();
    assertThat(result("random", NOTHING)).isInstanceOf(Returned.class);
    // The same seed gives another instance the same bytes.
    assertReturned(result("random", NOTHING), first);
  }

  @Test
  void aFutureGivesWhatASynchronousCallWould() {
    assertReturned(result("start_and_wait", utf8("tea")), utf8("tea"));
    situation.services = (_, _, _, _) -> new Failed(1026, "no tea left");
    assertThat(result("start_and_wait", utf8("tea"))).isEqualTo(new Failed(1026, "no tea left"));
  }

  @Test
  void unknownFuturesAre400AndNeverReady() {
    Instance tea = tea();
    assertThat(tea.call(call("wait_for_nothing"), NOTHING).code()).isEqualTo(400);
    assertThat(number(tea.call(call("is_ready"), int32(42)))).isEqualTo(-1);
    assertThat(tea.call(call("drop_unknown"), NOTHING).code()).isZero();
  }

  @Test
  void aFutureBelongsToTheCallThatMadeIt() {
    Instance tea = tea();
    long handle = number(tea.call(call("start_and_forget"), NOTHING));
    assertThat(handle).isPositive();
    assertThat(number(tea.call(call("is_ready"), int32((int) handle)))).isEqualTo(-1);
  }

  @Test
  void waitingEndsAtTheDeadline() {
    CountDownLatch never = new CountDownLatch(1);
    situation.services =
        (_, _, _, request) -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
          return new Returned(request);
        };
    assertThat(tea().call(call("start_and_wait", Duration.ofMillis(200)), NOTHING))
        .isEqualTo(new LimitReached(Limit.TIME));
    never.countDown();
  }

  @Test
  void whereNothingRunsAsynchronouslyAStartIsRefused() {
    situation.async = null;
    assertThat(number(result("start_and_forget", NOTHING))).isZero();
  }

  @Test
  void everyHostCallPassesTheInterceptorWithItsCauseAndKey() {
    List<String> seen = new ArrayList<>();
    situation.interceptor =
        recording(call ->
            seen.add(
                String.join(
                    " ",
                    call.cause().id(),
                    call.cause().service(),
                    call.instance(),
                    call.module(),
                    call.function(),
                    new String(call.key(), StandardCharsets.UTF_8))));
    Instance tea = tea();
    tea.call(call("kv_put"), utf8("1"));
    tea.call(call("call_other"), utf8("1"));
    tea.call(call("now"), NOTHING);
    tea.call(call("random"), NOTHING);
    tea.call(call("log"), utf8("x"));
    tea.call(call("config"), utf8("CURRENCY"));
    tea.call(call("start_and_wait"), NOTHING);
    assertThat(seen)
        .containsExactly(
            "call-1 tea tea-1 parigot:kv put counter",
            "call-1 tea tea-1 parigot:service/other echo ",
            "call-1 tea tea-1 parigot:clock now_ns ",
            "call-1 tea tea-1 parigot:random fill ",
            "call-1 tea tea-1 parigot:log write ",
            "call-1 tea tea-1 parigot:config get CURRENCY",
            "call-1 tea tea-1 parigot:async/other echo ",
            "call-1 tea tea-1 parigot:future wait other.echo");
  }

  @Test
  void anInterceptorMayRefuse() {
    situation.interceptor =
        recording(_ -> {
          throw new Refused(429, "too many calls");
        });
    assertThat(result("kv_get", utf8("counter"))).isEqualTo(new Failed(429, "too many calls"));
    assertThat(result("call_other", NOTHING)).isEqualTo(new Failed(429, "too many calls"));
    assertThat(result("config", utf8("CURRENCY"))).isEqualTo(new Failed(429, "too many calls"));
    Instance tea = tea();
    assertThat(tea.call(call("now"), NOTHING)).isEqualTo(new Failed(429, "too many calls"));
    assertThat(tea.usable()).isFalse();
  }

  private interface Observer {
    void see(HostCall call);
  }

  private static Interceptor recording(Observer observer) {
    return new Interceptor() {
      @Override
      public <T extends @Nullable Object> T around(HostCall call, Supplier<T> effect) {
        observer.see(call);
        return effect.get();
      }
    };
  }

  private static byte[] int32(int value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }

  private static byte[] list(String after, int limit) {
    return ByteBuffer.allocate(after.length() + 4)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(utf8(after))
        .putInt(limit)
        .array();
  }

  private static byte[] keys(String... keys) {
    ByteBuffer buffer = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    for (String key : keys) {
      buffer.putInt(key.length()).put(utf8(key));
    }
    byte[] bytes = new byte[buffer.position()];
    buffer.get(0, bytes);
    return bytes;
  }
}
