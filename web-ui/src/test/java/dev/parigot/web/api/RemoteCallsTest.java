package dev.parigot.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.web.testing.Client;
import dev.parigot.web.testing.Running;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Services of an app called by its owner's own machine, private ones too. */
@Timeout(60)
class RemoteCallsTest {
  private static final Path MODULES = Path.of("../platform-core/src/test/resources/modules");
  private static int apps;

  private final Running platform = Running.shared();
  private final Client ada = platform.account();
  private final String app = "remote-" + apps++;

  @TempDir private Path folder;

  @BeforeEach
  void deployWhatIsPrivate() throws IOException {
    Files.copy(MODULES.resolve("hello.wasm"), folder.resolve("hello.wasm"));
    Files.copy(Path.of("../sdk/abi/conformance/modules/call.wasm"), folder.resolve("asked.wasm"));
    Files.writeString(
        folder.resolve("parigot.toml"),
        """
        [services.hello]
        wasm = "hello.wasm"
        timeout = "20s"
        [services.asked]
        wasm = "asked.wasm"
        """);
    ada.create(app);
    ada.deploy(app, folder).mustBe(201);
  }

  private Client.Answer call(String method, String request) {
    return call(method, request, Map.of());
  }

  private Client.Answer call(String method, String request, Map<String, String> headers) {
    return ada.callRemotely(app, method, request.getBytes(StandardCharsets.UTF_8), headers);
  }

  @Test
  void aPrivateMethodAnswersItsOwnerWithItsBytesWhateverTheirTypeIsCalled() {
    Client.Answer answer = call("hello.echo", "a=%C3%A9&b");

    assertThat(answer.mustBe(200).text()).isEqualTo("a=%C3%A9&b");
    assertThat(answer.type()).isEqualTo("application/octet-stream");
    Map<String, String> form = Map.of("Content-Type", "application/x-www-form-urlencoded");
    assertThat(call("hello.echo", "b=1+1&a", form).mustBe(200).text()).isEqualTo("b=1+1&a");
    assertThat(call("hello.echo", "").mustBe(200).text()).isEmpty();
  }

  @Test
  void errorsOfTheGuestHaveTheirCodesAndThoseOfThePlatformNone() {
    Client.Answer soldOut = call("hello.sold_out", "").mustBe(422);
    assertThat(soldOut.headers().firstValue("Parigot-Error")).contains("1234");
    assertThat(soldOut.text()).isEqualTo("sold out");
    Client.Answer odd = call("hello.odd", "").mustBe(500);
    assertThat(odd.headers().firstValue("Parigot-Error")).contains("500");
    Client.Answer trap = call("hello.trap", "").mustBe(500);
    assertThat(trap.headers().firstValue("Parigot-Error")).contains("500");
    assertThat(trap.text()).startsWith("hello trapped: ");
    Client.Answer absent = call("hello.absent", "").mustBe(404);
    assertThat(absent.headers().firstValue("Parigot-Error")).contains("404");

    Client.Answer refused = ada.callRemotely("nobodys", "hello.echo", new byte[0], Map.of());
    refused.mustBeProblem(404, "not-found");
    assertThat(refused.headers().firstValue("Parigot-Error")).isEmpty();
  }

  @Test
  void anotherAccountAndAStrangerAreTurnedAway() {
    byte[] nothing = {};
    platform
        .account()
        .callRemotely(app, "hello.echo", nothing, Map.of())
        .mustBeProblem(404, "not-found");
    platform
        .stranger()
        .callRemotely(app, "hello.echo", nothing, Map.of())
        .mustBeProblem(401, "unauthenticated");
  }

  @Test
  void aCallTakesNoLongerThanItsCallerWaits() {
    long start = System.nanoTime();

    Client.Answer late = call("hello.spin", "", Map.of("Parigot-Timeout", "300")).mustBe(408);

    assertThat(late.headers().firstValue("Parigot-Error")).contains("408");
    assertThat((System.nanoTime() - start) / 1_000_000).isBetween(250L, 10_000L);
    call("hello.echo", "", Map.of("Parigot-Timeout", "0")).mustBe(400);
  }

  @Test
  void theTraceGoesOnAndTheCallerIsTold() {
    String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    Map<String, String> headers = Map.of("traceparent", trace, "Parigot-Caller", "hello");

    assertThat(call("asked.echo", "traceparent", headers).mustBe(200).text())
        .startsWith(trace.substring(0, 36))
        .isNotEqualTo(trace);
    assertThat(call("asked.echo", "caller", headers).mustBe(200).text()).isEqualTo("hello");
    Map<String, String> nobody = Map.of("Parigot-Caller", "nobody", "traceparent", "00-no-trace");
    assertThat(call("asked.echo", "caller", nobody).text()).isEmpty();
    assertThat(call("asked.echo", "traceparent", nobody).mustBe(200).text()).startsWith("00-");
  }

  @Test
  void eachCallIsALineOfTheLog() {
    call("hello.echo", "four").mustBe(200);
    call("hello.sold_out", "").mustBe(422);

    assertThat(ada.get("apps/" + app + "/logs?service=parigot").items())
        .extracting(line -> line.get("message").stringValue().replaceFirst(" in [0-9.]+ ms", ""))
        .contains(
            ada.email() + " called hello.echo from elsewhere: 4 bytes",
            ada.email() + " called hello.sold_out from elsewhere: error 1234");
  }

  @Test
  void tooManyCallsAreRefusedForTheAccountAndTheAppAlone() {
    try (Running strict = Running.with("--parigot.remote-calls-per-second=1")) {
      Client eve = strict.account();
      eve.create("busy");
      eve.deploy("busy", folder).mustBe(201);
      eve.create("calm");
      eve.deploy("calm", folder).mustBe(201);
      Client.Answer answer = eve.callRemotely("busy", "hello.echo", new byte[0], Map.of());
      for (int i = 1; i < 20 && answer.status() == 200; i++) {
        answer = eve.callRemotely("busy", "hello.echo", new byte[0], Map.of());
      }
      answer.mustBeProblem(429, "too-many-remote-calls");
      assertThat(answer.json().get("next").stringValue()).matches("Try again in \\d+ s\\.");
      eve.callRemotely("calm", "hello.echo", new byte[0], Map.of()).mustBe(200);
    }
  }

  @Test
  void aRequestHasTenMebibytes() {
    int limit = 10 << 20;
    assertThat(ada.callRemotely(app, "hello.echo", new byte[limit + 1], Map.of()).status())
        .isEqualTo(413);
  }
}
