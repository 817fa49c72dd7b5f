package dev.parigot.engine;

import static dev.parigot.engine.ServiceCallTest.assertReturned;
import static dev.parigot.engine.TestSituation.call;
import static dev.parigot.engine.TestSituation.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.engine.CallOutcome.Returned;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a C library gets from WASI. */
class WasiTest {
  private final TestSituation situation = new TestSituation();
  private final Instance tea = Guests.start("wasi", situation.build());

  @AfterEach
  void close() {
    tea.close();
  }

  @Test
  void outputGoesToTheLogLineByLine() {
    tea.call(call("print"), utf8("☕"));
    assertThat(situation.lines)
        .containsExactlyInAnyOrder(
            new TestSituation.Line("tea", "tea-1", 2, "out: ☕", "call-1"),
            new TestSituation.Line("tea", "tea-1", 2, "second", "call-1"),
            new TestSituation.Line("tea", "tea-1", 3, "err: ☕", "call-1"));
  }

  @Test
  void theEnvironmentIsTheConfiguration() {
    assertReturned(tea.call(call("currency"), new byte[0]), utf8("EUR"));
  }

  @Test
  void sleepingTakesTime() {
    assertReturned(tea.call(call("later"), new byte[0]), utf8("later"));
  }

  @Test
  void entropyIsTheSituations() {
    byte[] bytes = ((Returned) tea.call(call("random_bytes"), new byte[0])).response();
    assertThat(bytes).hasSize(16).isNotEqualTo(new byte[16]);
  }

  @Test
  void thereAreNoFiles() {
    assertReturned(tea.call(call("open_file"), new byte[0]), utf8("refused"));
  }
}
