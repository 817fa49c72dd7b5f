package dev.parigot.engine;

import static dev.parigot.engine.TestSituation.call;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parigot.engine.CallOutcome.Failed;
import dev.parigot.engine.CallOutcome.Limit;
import dev.parigot.engine.CallOutcome.LimitReached;
import dev.parigot.engine.CallOutcome.Returned;
import dev.parigot.engine.CallOutcome.Trapped;
import dev.parigot.http.Headers;
import dev.parigot.http.HttpRequest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A CGI program, run once for each request. */
class CommandTest {
  private final TestSituation situation = new TestSituation();

  @Test
  void theRequestIsItsEnvironmentAboveTheConfiguration() {
    assertThat(text(run("/env?a=b", "")))
        .startsWith("Content-Type: text/plain\n\n")
        .contains("\nCURRENCY=EUR\n")
        .contains("\nQUERY_STRING=a=b\n")
        .contains("\nSCRIPT_NAME=/tea\n")
        .contains("\nHTTP_X_COLOUR=blue\n");
  }

  @Test
  void theBodyIsItsInput() {
    String body = "0123456789".repeat(500);
    assertThat(text(run("/echo", body))).endsWith("\n\n" + body);
  }

  @Test
  void everyRunHasAFreshMemory() {
    assertThat(text(run("/runs", ""))).endsWith("1 of tea");
    assertThat(text(run("/runs", ""))).endsWith("1 of tea");
  }

  @Test
  void anInstanceRunsOnce() {
    Instance instance = Guests.start("cgi", situation.build());
    assertThat(instance.usable()).isTrue();
    instance.call(call("http"), request("/runs", ""));
    assertThat(instance.usable()).isFalse();
    assertThatThrownBy(() -> instance.call(call("http"), request("/runs", "")))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void itsErrorsGoToTheLogLineByLine() {
    assertThat(text(run("/complain", ""))).isEqualTo("Status: 204\n\n");
    assertThat(situation.lines)
        .extracting(TestSituation.Line::message)
        .containsExactly("first", "second");
  }

  @Test
  void onlyTheExitCode0IsAnAnswer() {
    assertThat(text(run("/exit0", ""))).endsWith("kept");
    assertThat(run("/exit", "")).isInstanceOf(Trapped.class);
    assertThat(run("/trap", "")).isInstanceOf(Trapped.class);
  }

  @Test
  void itEndsAtTheDeadline() {
    Instance instance = Guests.start("cgi", situation.build());
    assertThat(instance.call(call("http", Duration.ofMillis(300)), request("/spin", "")))
        .isEqualTo(new LimitReached(Limit.TIME));
  }

  @Test
  void itsOutputIsBounded() {
    assertThat(run("/flood", "")).isEqualTo(new Failed(413, "the command wrote more than 10 MiB"));
  }

  @Test
  void itTakesHttpMessagesAndNothingElse() {
    Instance instance = Guests.start("cgi", situation.build());
    assertThat(instance.call(call("http"), "hello".getBytes(UTF_8)).code()).isEqualTo(400);
    instance = Guests.start("cgi", situation.build());
    assertThat(instance.call(call("brew"), request("/", "")).code()).isEqualTo(404);
  }

  private CallOutcome run(String target, String body) {
    return Guests.start("cgi", situation.build()).call(call("http"), request(target, body));
  }

  private static byte[] request(String target, String body) {
    Headers headers = Headers.of("X-Colour", "blue");
    return new HttpRequest("POST", "/tea" + target, headers, body.getBytes(UTF_8)).bytes();
  }

  private static String text(CallOutcome outcome) {
    return new String(((Returned) outcome).response(), UTF_8);
  }
}
