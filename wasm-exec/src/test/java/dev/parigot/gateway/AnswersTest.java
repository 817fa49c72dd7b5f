package dev.parigot.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AnswersTest {
  @Test
  void codesOfHttpAreThemselvesAndCodesOfTheAppAreA422() {
    assertThat(Answers.failed(404, "").status()).isEqualTo(404);
    assertThat(Answers.failed(999, "").status()).isEqualTo(500);
    GatewayResponse own = Answers.failed(-1, "");
    assertThat(own.status()).isEqualTo(422);
    assertThat(own.headers().all("Parigot-Error")).containsExactly("4294967295");
  }

  @Test
  void whoIsTurnedAwayIsToldWhenToTryAgain() {
    assertThat(Answers.notBegun(429, "").headers().all("Retry-After")).containsExactly("1");
    assertThat(Answers.notBegun(503, "").headers().all("Retry-After")).containsExactly("1");
    assertThat(Answers.notBegun(500, "").headers().has("Retry-After")).isFalse();
    assertThat(Answers.failed(503, "").headers().has("Retry-After")).as("a method's own").isFalse();
  }
}
