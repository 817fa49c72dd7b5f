package dev.parigot.engine;

import static dev.parigot.engine.TestSituation.call;
import static dev.parigot.engine.TestSituation.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.engine.CallOutcome.Failed;
import dev.parigot.engine.CallOutcome.Limit;
import dev.parigot.engine.CallOutcome.LimitReached;
import dev.parigot.engine.CallOutcome.Returned;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ServiceCallTest {
  private final TestSituation situation = new TestSituation();

  @Test
  void aResponseMayAliasItsRequest() {
    assertReturns("service", "echo", utf8("two teas"), utf8("two teas"));
  }

  @Test
  void emptyRequestsAndResponsesAreNeverAllocatedOrFreed() {
    try (Instance tea = Guests.start("service", situation.build())) {
      assertReturned(tea.call(call("echo"), new byte[0]), new byte[0]);
      assertThat(number(tea.call(call("freed"), new byte[0]))).isZero();
    }
  }

  @Test
  void everyRequestIsFreedOnce() {
    try (Instance tea = Guests.start("service", situation.build())) {
      for (int i = 0; i < 5; i++) {
        tea.call(call("echo"), utf8("tea"));
      }
      assertThat(number(tea.call(call("freed"), new byte[0]))).isEqualTo(5);
    }
  }

  @Test
  void memoryLivesAcrossCallsAndIsNotSharedByInstances() {
    try (Instance one = Guests.start("service", situation.build());
        Instance two = Guests.start("service", situation.build())) {
      one.call(call("count"), new byte[0]);
      one.call(call("count"), new byte[0]);
      assertThat(number(one.call(call("count"), new byte[0]))).isEqualTo(3);
      assertThat(number(two.call(call("count"), new byte[0]))).isEqualTo(1);
    }
  }

  @Test
  void aMegabyteIsEchoedToTheByte() {
    byte[] request = new byte[1 << 20];
    new Random(1).nextBytes(request);
    assertReturns("service", "echo", request, request);
  }

  @Test
  void anErrorHasItsCodeAndText() {
    assertFails("service", "own_error", new byte[0], 1026, "no tea left");
  }

  @Test
  void theCodesOfHttpErrorsAreKept() {
    assertFails("service", "echo_error", error(404, "no such tea"), 404, "no such tea");
    assertFails("service", "echo_error", error(599, "x"), 599, "x");
    assertFails("service", "echo_error", error(-1, "unsigned"), -1, "unsigned");
  }

  @Test
  void otherCodesCountAs500() {
    for (int code : new int[] {0, 7, 200, 399, 600, 999}) {
      try (Instance tea = Guests.start("service", situation.build())) {
        Failed failed = (Failed) tea.call(call("echo_error"), error(code, "lucky"));
        assertThat(failed.code()).isEqualTo(500);
        assertThat(failed.message()).contains("code " + code, "lucky");
      }
    }
  }

  @Test
  void anErrorWithoutACodeIsA500() {
    assertFails(
        "service", "short_error", new byte[0], 500, "The service answered an error without a code");
  }

  @Test
  void aResponseOutsideTheMemoryIsA500AndTheInstanceLives() {
    try (Instance tea = Guests.start("service", situation.build())) {
      assertThat(tea.call(call("out_of_range"), new byte[0]).code()).isEqualTo(500);
      assertReturned(tea.call(call("echo"), utf8("tea")), utf8("tea"));
    }
  }

  @Test
  void messagesHaveAtMostTenMebibytes() {
    try (Instance tea = Guests.start("service", situation.build())) {
      assertThat(tea.call(call("echo"), new byte[10 << 20]).code()).isZero();
      assertThat(tea.call(call("echo"), new byte[(10 << 20) + 1]).code()).isEqualTo(413);
      assertThat(tea.call(call("largest"), new byte[0]).code()).isZero();
      assertThat(tea.call(call("huge"), new byte[0]).code()).isEqualTo(413);
      assertThat(tea.usable()).isTrue();
    }
  }

  @Test
  void anUnknownMethodIsA404() {
    assertFails("service", "brew", new byte[0], 404, "There is no method brew");
    assertThat(outcome("service", "parigot_alloc", new byte[0]).code()).isEqualTo(404);
  }

  @Test
  void aServiceWithoutRoomFailsWith507AndIsDiscarded() {
    try (Instance tea = Guests.start("no-room", situation.build())) {
      assertThat(tea.call(call("take"), utf8("tea"))).isEqualTo(new LimitReached(Limit.MEMORY));
      assertThat(tea.usable()).isFalse();
    }
  }

  @Test
  void anEmptyRequestNeedsNoRoom() {
    assertThat(outcome("no-room", "take", new byte[0]).code()).isZero();
  }

  @Test
  void aTrapInFreeLetsTheResponseStandAndEndsTheInstance() {
    try (Instance tea = Guests.start("trapping-free", situation.build())) {
      assertReturned(tea.call(call("echo"), utf8("tea")), utf8("tea"));
      assertThat(tea.usable()).isFalse();
    }
  }

  @Test
  void theMemorysSizeIsTold() {
    try (Instance tea = Guests.start("service", situation.build())) {
      tea.call(call("echo"), new byte[1 << 20]);
      assertThat(tea.memoryBytes()).isBetween(1L << 20, 2L << 20);
    }
  }

  private CallOutcome outcome(String guest, String method, byte[] request) {
    try (Instance tea = Guests.start(guest, situation.build())) {
      return tea.call(call(method), request);
    }
  }

  private void assertReturns(String guest, String method, byte[] request, byte[] response) {
    assertReturned(outcome(guest, method, request), response);
  }

  private void assertFails(String guest, String method, byte[] request, int code, String text) {
    assertThat(outcome(guest, method, request)).isEqualTo(new Failed(code, text));
  }

  static void assertReturned(CallOutcome outcome, byte[] response) {
    assertThat(outcome).isInstanceOf(Returned.class);
    assertThat(((Returned) outcome).response()).isEqualTo(response);
  }

  /** The i64 that a guest answered. */
  static long number(CallOutcome outcome) {
    assertThat(outcome).isInstanceOf(Returned.class);
    byte[] bytes = ((Returned) outcome).response();
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  private static byte[] error(int code, String text) {
    byte[] bytes = utf8(text);
    return ByteBuffer.allocate(4 + bytes.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(code)
        .put(bytes)
        .array();
  }
}
