package dev.parigot.engine;

import static dev.parigot.engine.ServiceCallTest.assertReturned;
import static dev.parigot.engine.TestSituation.call;
import static dev.parigot.engine.TestSituation.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Guests that mean harm: their callers see the right code, and their neighbours nothing. */
class HostileCasesTest {
  private final TestSituation situation = new TestSituation();

  static List<HostileCase> cases() {
    return HostileCase.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void harmsOnlyItself(HostileCase hostile) {
    try (Instance neighbour = Guests.start("service", new TestSituation().build())) {
      CallOutcome outcome = hostile.run(situation, Duration.ofMillis(200));
      hostile.check(outcome);
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
      assertReturned(neighbour.call(call("echo"), utf8("tea")), utf8("tea"));
    }
  }

  @Test
  void aModuleOf100000FunctionsRuns() {
    MadeService made = new MadeService();
    for (int i = 0; i < 100_000; i++) {
      made.function();
    }
    Code code = Guests.ENGINE.code("sha256:made", made.bytes(), Limits.DEFAULT);
    try (Instance tea = Guests.ENGINE.instantiate(code, "tea", "tea-1", situation.build())) {
      assertThat(tea.call(call(MadeService.METHOD), new byte[0]).code()).isZero();
    }
  }

  @Test
  void theResponseStandsIfWhatFreesItsRequestNeverEnds() {
    try (Instance tea = Guests.start("hostile-allocator", situation.build())) {
      byte[] request = new byte[22];
      assertReturned(tea.call(call("echo", Duration.ofSeconds(3)), request), request);
      assertThat(tea.usable()).isFalse();
    }
  }

  @Test
  void aCallThatFloodsTheLogIsToldSoOnceAndTheNextOneMayLogAgain() {
    try (Instance flooding = Guests.start("service", situation.build())) {
      for (int line = 0; line < 100; line++) {
        flooding.call(call("log"), new byte[16 << 10]);
      }
      assertThat(situation.lines).as("each of its own call").hasSize(100);
    }
    situation.lines.clear();
    new HostileCase("", "hostile", "", "flood_the_log", new byte[0], true, 408, "")
        .run(situation, Duration.ofSeconds(4));
    assertThat(situation.lines).hasSize(64);
    assertThat(situation.lines.getFirst().message()).hasSize((16 << 10) + 2).endsWith(" …");
    assertThat(situation.lines.getLast().message())
        .isEqualTo("This call has logged 1 MiB: its other lines are dropped.");
  }
}
