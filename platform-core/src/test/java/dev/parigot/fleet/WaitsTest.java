package dev.parigot.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WaitsTest {
  private final Waits waits = new Waits();

  @Test
  void timeIsAddedUpForAllThatWait() {
    waits.begin(100);
    waits.begin(110);
    waits.end(130, 100);

    Waits.Seen seen = waits.read(140);
    assertThat(seen.sumNanos()).isEqualTo(10 + 2 * 20 + 10);
    assertThat(seen.now()).isEqualTo(1);
    assertThat(seen.endedNanos()).containsExactly(30);
  }

  @Test
  void whatWasReadIsForgottenAndWhoStillWaitsIsNot() {
    waits.begin(100);
    waits.read(140);

    Waits.Seen seen = waits.read(150);
    assertThat(seen.sumNanos()).isEqualTo(10);
    assertThat(seen.now()).isEqualTo(1);
    assertThat(seen.endedNanos()).isEmpty();
  }

  @Test
  void ofManyWaitsTheNewestAreKept() {
    for (int i = 1; i <= 1000; i++) {
      waits.begin(0);
      waits.end(i, 0);
    }
    assertThat(waits.read(1000).endedNanos()).hasSize(512).startsWith(489).endsWith(1000);
  }
}
