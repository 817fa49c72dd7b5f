package dev.parigot.engine;

import static dev.parigot.engine.ServiceCallTest.number;
import static dev.parigot.engine.TestSituation.call;
import static dev.parigot.engine.TestSituation.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parigot.host.Packed;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class StartTest {
  private final TestSituation situation = new TestSituation();

  @Test
  void guestsAreCompiledHere() {
    assertThat(Guests.ENGINE.compiles()).isTrue();
  }

  @Test
  void codeIsSharedByDigestAndLimits() {
    Code code = Guests.code("service");
    assertThat(Guests.code("service")).isSameAs(code);
    assertThat(Guests.code("service", Limits.DEFAULT.withMemory(1 << 20))).isNotSameAs(code);
  }

  @Test
  void aTrapInInitializeTellsWhere() {
    assertThatThrownBy(() -> Guests.start("initialize-traps", situation.build()))
        .isInstanceOf(CannotStart.class)
        .hasMessage("tea can't start: unreachable\n  at prepare\n  at _initialize");
  }

  @Test
  void anEndlessInitializeIsEnded() {
    Limits limits = new Limits(1 << 20, Duration.ofMillis(200));
    assertThatThrownBy(() -> Guests.start("initialize-loops", limits, situation.build()))
        .isInstanceOf(CannotStart.class)
        .hasMessage("tea can't start: it was not ready after 200 ms");
  }

  @Test
  void whatCannotStartIsA503() {
    try {
      Guests.start("initialize-traps", situation.build());
    } catch (CannotStart e) {
      assertThat(e.outcome().code()).isEqualTo(503);
      return;
    }
    throw new AssertionError("it started");
  }

  @Test
  void anEngineThatWasStoppedStartsNothing() {
    Engine engine = Engine.start(new EngineOptions(Guests.WATCHDOG, Guests.CANCELLERS, false));
    Code code = engine.code("sha256:service", Guests.file("service"), Limits.DEFAULT);
    engine.close();
    assertThatThrownBy(() -> engine.instantiate(code, "tea", "tea-1", situation.build()))
        .isInstanceOf(CannotStart.class)
        .hasMessage("The engine is stopped.");
  }

  @Test
  @Timeout(120)
  void anEngineStopsWhileGuestsEnd() throws InterruptedException {
    for (int round = 0; round < 30; round++) {
      Engine engine = Engine.start(new EngineOptions(Guests.WATCHDOG, Guests.CANCELLERS, false));
      Code code = engine.code("sha256:service", Guests.file("service"), Limits.DEFAULT);
      List<Instance> instances =
          Stream.generate(() -> engine.instantiate(code, "tea", "tea-1", situation.build()))
              .limit(8)
              .toList();
      List<Thread> guests =
          instances.stream()
              .map(instance ->
                  Thread.ofPlatform().start(() -> instance.call(call("trap"), new byte[0])))
              .toList();
      engine.close();
      for (Thread guest : guests) {
        guest.join();
      }
      assertThat(instances).noneMatch(Instance::usable);
    }
  }

  @Test
  void aMemoryThatBeginsTooBigIsRefused() {
    Limits limits = new Limits(1 << 16, Duration.ofSeconds(1));
    assertThat(Guests.code("service", limits).contract().methods()).isNotEmpty();
    assertThatThrownBy(() -> Guests.code("wasi", limits)).isInstanceOf(CannotStart.class);
  }

  @Test
  void whatIsNoModuleIsRefusedWithItsOffset() {
    assertThatThrownBy(
            () -> Guests.ENGINE.code("sha256:x", utf8("#!/bin/sh\nexit\n"), Limits.DEFAULT))
        .isInstanceOf(CannotStart.class)
        .hasMessageContaining("offset 0x0: ");
  }

  @Test
  void anImportThatNothingProvidesIsNamed() {
    assertThatThrownBy(() -> Guests.start("unknown-import", situation.build()))
        .isInstanceOf(CannotStart.class)
        .hasMessageContaining("parigot:weather");
  }

  @Test
  void theStartFunctionMayLog() {
    try (Instance tea = Guests.start("early", situation.build())) {
      assertThat(situation.lines)
          .containsExactly(new TestSituation.Line("tea", tea.name(), 2, "started", ""));
    }
  }

  @Test
  void inInitializeOnlyConfigurationLogClockAndRandomWork() {
    try (Instance tea = Guests.start("early", situation.build())) {
      assertThat(importAnswer(tea, "kv_in_initialize")).isEqualTo(503);
      assertThat(importAnswer(tea, "call_in_initialize")).isEqualTo(503);
      assertThat(importAnswer(tea, "config_in_initialize")).isZero();
    }
  }

  /** The code of the packed answer that the guest noted, 0 if it was no error. */
  private static int importAnswer(Instance tea, String method) {
    CallOutcome outcome = tea.call(call(method), new byte[0]);
    return switch (outcome) {
      case CallOutcome.Returned _ -> 0;
      case CallOutcome.Failed failed -> failed.code();
      default -> throw new AssertionError(outcome);
    };
  }

  @Test
  void packedAnswersAreUnpacked() {
    long packed = Packed.error(0x80000010, 12);
    assertThat(Packed.pointer(packed)).isEqualTo(0x80000010);
    assertThat(Packed.length(packed)).isEqualTo(12);
    assertThat(Packed.isError(packed)).isTrue();
    assertThat(Packed.isError(Packed.of(-1, Integer.MAX_VALUE))).isFalse();
    byte[] error = Packed.errorBytes(-2, "sorry ☕");
    assertThat(ByteBuffer.wrap(error).order(ByteOrder.LITTLE_ENDIAN).getInt()).isEqualTo(-2);
    assertThat(Packed.errorCode(error)).isEqualTo(-2);
    assertThat(Packed.errorText(error)).isEqualTo("sorry ☕");
  }

  @Test
  void anInstanceThatWasClosedIsNotUsable() {
    Instance tea = Guests.start("service", situation.build());
    assertThat(tea.usable()).isTrue();
    assertThat(number(tea.call(call("count"), new byte[0]))).isEqualTo(1);
    tea.close();
    tea.close();
    assertThat(tea.usable()).isFalse();
  }
}
