package dev.parigot.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parigot.contract.Role;
import dev.parigot.engine.CallOutcome.Returned;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An instance that begins anew is one that nobody can tell from a new one. */
class BeginAnewTest {
  private static final byte[] NOTHING = {};

  private final TestSituation situation = new TestSituation();

  private static Code code(String guest) {
    return Guests.ENGINE.repeatable(
        "sha256:" + guest, Guests.file(guest), Limits.DEFAULT, Role.SERVICE);
  }

  private Tenant tenant(String instance) {
    return new Tenant("tea", instance, situation.build());
  }

  private Instance start(String guest) {
    return Guests.ENGINE.instantiate(code(guest), List.of(tenant("tea-1")));
  }

  private void beginAnew(Instance instance) {
    instance.beginAnew(List.of(tenant("tea-2")));
  }

  private static CallOutcome call(Instance instance, String method, byte[] request) {
    return instance.call(TestSituation.call(method), request);
  }

  private static void stir(Instance instance, int by) {
    byte[] request =
        ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(by).array();
    assertThat(call(instance, "stir", request)).isInstanceOf(Returned.class);
  }

  /** All that it has: a sum of its memories, its globals, its size. */
  private static byte[] state(Instance instance) {
    return ((Returned) call(instance, "tell", NOTHING)).response();
  }

  /** Many random calls, each time others; NaN of any payload among the globals. */
  @Test
  void whateverItHasDoneNothingIsLeftOfIt() {
    byte[] fresh = state(start("stirred"));
    Instance instance = start("stirred");
    Random random = new Random(5);
    for (int round = 0; round < 200; round++) {
      int calls = random.nextInt(20);
      for (int i = 0; i < calls; i++) {
        stir(instance, random.nextInt());
      }
      if (calls > 0) {
        assertThat(state(instance)).isNotEqualTo(fresh);
      }

      beginAnew(instance);

      assertThat(state(instance)).isEqualTo(fresh);
      assertThat(instance.name()).isEqualTo("tea-2");
      beginAnew(instance);
    }
  }

  @Test
  void itGoesOnAsANewOneDoes() {
    Instance instance = start("stirred");
    stir(instance, 41);
    beginAnew(instance);
    Instance other = start("stirred");
    for (Instance each : List.of(instance, other)) {
      stir(each, 7);
      stir(each, -3);
    }

    assertThat(state(instance)).isEqualTo(state(other));
  }

  @Test
  void oneThatHasGrownIsLinkedAgain() {
    byte[] fresh = state(start("stirred"));
    Instance instance = start("stirred");
    for (int round = 0; round < 50; round++) {
      stir(instance, 5);
      call(instance, "grow", NOTHING);
      assertThat(state(instance)).isNotEqualTo(fresh);

      beginAnew(instance);

      assertThat(state(instance)).isEqualTo(fresh);
      stir(instance, round);
      beginAnew(instance);
      assertThat(state(instance)).isEqualTo(fresh);
      beginAnew(instance);
    }
  }

  @Test
  void oneThatHasTrappedStaysEnded() {
    Instance instance = start("stirred");
    call(instance, "trap", NOTHING);

    assertThat(instance.isRepeatable()).isFalse();
    assertThatThrownBy(() -> beginAnew(instance)).isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @CsvSource({"stirred-table, set", "stirred-dropped, take"})
  void oneThatChangesWhatNothingBringsBackIsLinkedAgain(String guest, String method) {
    Instance instance = start(guest);
    assertThat(instance.code().canBeRestored()).isFalse();
    for (int round = 0; round < 3; round++) {
      // Each of them succeeds in a new instance alone.
      assertThat(call(instance, method, NOTHING)).isInstanceOf(Returned.class);

      beginAnew(instance);
    }
  }

  @Test
  void whatRunsAheadOfCallsRunsAgainIfItReachesOutside() {
    Instance instance = start("stirred-random");
    byte[] drawn = state(instance);
    stir(instance, 0);

    beginAnew(instance);

    // The situation's generator begins anew with it.
    assertThat(state(instance)).isEqualTo(drawn).isNotEqualTo(new byte[Long.BYTES]);
  }

  @Test
  void anInstanceOfOtherCodeDoesNot() {
    assertThat(Guests.start("stirred", situation.build()).isRepeatable()).isFalse();
  }

  @Test
  void itsImportsAreThoseOfItsTenant() {
    Instance instance = start("service");
    TestSituation other = new TestSituation();
    instance.beginAnew(List.of(new Tenant("tea", "tea-2", other.build())));

    call(instance, "kv_put_empty_at", "key".getBytes(StandardCharsets.UTF_8));

    assertThat(situation.keyValue.get("key".getBytes(StandardCharsets.UTF_8))).isNull();
    assertThat(other.keyValue.get("key".getBytes(StandardCharsets.UTF_8))).isNotNull();
  }
}
