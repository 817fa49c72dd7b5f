package dev.parigot.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.contract.Role;
import dev.parigot.engine.CallOutcome.Limit;
import dev.parigot.engine.CallOutcome.LimitReached;
import dev.parigot.engine.CallOutcome.Returned;
import dev.parigot.engine.CallOutcome.Trapped;
import dev.parigot.wasm.Bounds;
import dev.parigot.wasm.WasmReader;
import dev.parigot.wasm.WasmWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a guest does under test does not depend on what is compiled. */
class BoundsTest {
  private static final byte[] NOTHING = {};
  private static final int ROUNDS = 3_000_000;

  private final TestSituation situation = new TestSituation();

  private static Code bounded() {
    byte[] file =
        WasmWriter.write(Bounds.laidIn(WasmReader.read(Guests.file("bounded")), 100, ROUNDS));
    return Guests.ENGINE.code("sha256:bounded low", file, Limits.DEFAULT);
  }

  private static Code underTest() {
    return Guests.ENGINE.repeatable(
        "sha256:bounded", Guests.file("bounded"), Limits.DEFAULT, Role.SERVICE);
  }

  private Instance start(Code code) {
    return Guests.ENGINE.instantiate(code, List.of(new Tenant("tea", "tea-1", situation.build())));
  }

  private CallOutcome call(Instance instance, String method) {
    return instance.call(TestSituation.call(method), NOTHING);
  }

  private static byte[] bytes(CallOutcome outcome) {
    assertThat(outcome).isInstanceOf(Returned.class);
    return ((Returned) outcome).response();
  }

  private static <T> T onAStackOfTests(Supplier<T> work) {
    CompletableFuture<T> done = new CompletableFuture<>();
    new Thread(
            null,
            () -> {
              try {
                done.complete(work.get());
              } catch (Throwable thrown) {
                done.completeExceptionally(thrown);
              }
            },
            "test",
            Limits.TEST_STACK_BYTES)
        .start();
    return done.join();
  }

  /** The first calls are interpreted, the last ones compiled. */
  @ParameterizedTest
  @ValueSource(strings = {"recurse", "recurse_through_table"})
  void aRecursionEndsEachTimeAtTheSameDepth(String method) {
    Trapped first = onAStackOfTests(() -> (Trapped) call(start(underTest()), method));
    assertThat(first.reason())
        .startsWith("call stack exhausted: 5,000 calls within each other, as many as tests allow")
        .contains("\n  at " + (method.equals("recurse") ? "down" : "through") + " (");
    for (int i = 0; i < 40; i++) {
      assertThat(onAStackOfTests(() -> call(start(underTest()), method))).isEqualTo(first);
    }
  }

  @Test
  void aLoopWithoutEndIsEndedByItsRoundsWhichIsATimeOutUnderTest() {
    for (int i = 0; i < 5; i++) {
      Instance instance = start(bounded());
      assertThat(call(instance, "spin")).isInstanceOf(Trapped.class);
      assertThat(instance.usable()).isFalse();
    }
    assertThat(call(start(underTest()), "spin")).isEqualTo(new LimitReached(Limit.TIME));
  }

  @Test
  void aRecursionThatIsNotDeepButNeverEndsIsEndedToo() {
    assertThat(call(start(bounded()), "never")).isInstanceOf(Trapped.class);
  }

  @Test
  void whoBeginsAnewHasAllRoundsAgain() {
    Instance instance = start(underTest());
    byte[] once = bytes(call(instance, "fib"));
    assertThat(ByteBuffer.wrap(once).order(ByteOrder.LITTLE_ENDIAN).getInt()).isEqualTo(6765);
    for (int i = 0; i < 20; i++) {
      instance.beginAnew(List.of(new Tenant("tea", "tea-2", situation.build())));
      assertThat(bytes(call(instance, "fib"))).isEqualTo(once);
    }
  }

  @Test
  void aNanOfArithmeticHasTheSameBitsAlways() {
    String wide = "000000000000f87f";
    String narrow = "0000c07f";
    Instance instance = start(underTest());
    String first = HexFormat.of().formatHex(bytes(call(instance, "nan")));
    assertThat(first)
        .isEqualTo(
            wide.repeat(6) + narrow.repeat(3) + "0000803f" + narrow.repeat(4) + wide.repeat(2));
    for (int i = 0; i < 20_000; i++) {
      assertThat(HexFormat.of().formatHex(bytes(call(instance, "nan")))).isEqualTo(first);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "kept, efcdab000000f8ff efcdab000000f87f efcdab000000f87f",
    "some, 0000000000001cc0 f304b53f00000000 0000704100007041 0000704100007041"
  })
  void whatIsNoNanOfArithmeticIsAsItWas(String method, String bits) {
    assertThat(HexFormat.of().formatHex(bytes(call(start(underTest()), method))))
        .isEqualTo(bits.replace(" ", ""));
  }
}
