package dev.parigot.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.parigot.contract.Contract;
import dev.parigot.contract.Role;
import dev.parigot.engine.CallOutcome;
import dev.parigot.situation.Call;
import dev.parigot.situation.Time;
import dev.parigot.situation.WallTime;
import dev.parigot.wasm.WasmReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Services that a platform calls for whoever is signed in, as a local app sees them. */
class SignedInRemoteTest {
  private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  private static final String METHOD = "/api/v1/apps/shop/services/stock/methods/reserve";

  private final Time time = new WallTime(Clock.systemUTC(), System::nanoTime);
  private final Map<String, String> asked = new ConcurrentHashMap<>();
  private HttpServer platform;
  private Remote remote;

  private record Answer(int status, Map<String, String> headers, String body) {}

  private final Map<String, Answer> answers = new HashMap<>();

  @BeforeEach
  void start() throws IOException {
    platform = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    platform.createContext(
        "/",
        exchange -> {
          exchange
              .getRequestHeaders()
              .forEach((name, values) -> asked.put(name.toLowerCase(), values.getFirst()));
          asked.put(
              "body", new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          Answer answer = answers.get(exchange.getRequestURI().toString());
          if (answer == null) {
            return; // It never answers.
          }
          byte[] body = answer.body.getBytes(StandardCharsets.UTF_8);
          answer.headers.forEach(exchange.getResponseHeaders()::set);
          exchange.sendResponseHeaders(answer.status, body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    platform.start();
    URI api =
        URI.create("http://localhost:" + platform.getAddress().getPort() + "/api/v1/apps/shop");
    remote =
        Remote.of(
            new Elsewhere.SignedIn("http://shop.localhost", api, "secret"),
            new HttpExchange(),
            time);
  }

  @AfterEach
  void stop() {
    platform.stop(0);
  }

  private CallOutcome call(Duration timeout) {
    long deadline = time.monotonicNanos() + timeout.toNanos();
    return remote.call(
        new Call("1", "stock", "reserve", "cart", deadline, 1, TRACE),
        "beret".getBytes(StandardCharsets.UTF_8));
  }

  private CallOutcome answered(int status, Map<String, String> headers, String body) {
    answers.put(METHOD, new Answer(status, headers, body));
    return call(Duration.ofSeconds(10));
  }

  @Test
  void aCallTakesItsTokenItsCallerItsTraceAndWhatTimeItHas() {
    assertThat(answered(200, Map.of(), "done"))
        .isInstanceOfSatisfying(
            CallOutcome.Returned.class,
            returned -> assertThat(returned.response()).asString().isEqualTo("done"));
    assertThat(asked)
        .containsEntry("authorization", "Bearer secret")
        .containsEntry("traceparent", TRACE)
        .containsEntry("parigot-caller", "cart")
        .containsEntry("body", "beret");
    assertThat(Integer.parseInt(asked.get("parigot-timeout"))).isBetween(5_000, 10_000);
  }

  @Test
  void errorsOfTheServiceComeBackAsTheyAre() {
    assertThat(answered(422, Map.of("Parigot-Error", "4000000000"), "sold out"))
        .isEqualTo(new CallOutcome.Failed((int) 4_000_000_000L, "sold out"));
    assertThat(answered(404, Map.of("Parigot-Error", "404"), "no beret"))
        .isEqualTo(new CallOutcome.Failed(404, "no beret"));
  }

  @Test
  void whatThePlatformRefusesSaysWhichServiceAndWhy() {
    assertThat(answered(401, Map.of(), "{}"))
        .isEqualTo(
            new CallOutcome.Failed(
                401,
                "stock at http://shop.localhost can't be called: the platform does not take your"
                    + " access token any more; log in again (parigot login)"));
    assertThat(
            answered(
                429, Map.of(), "{\"detail\": \"Too often.\", \"next\": \"Try again in 1 s.\"}"))
        .isEqualTo(
            new CallOutcome.Failed(
                429,
                "stock at http://shop.localhost can't be called: Too often. Try again in 1 s."));
    assertThat(answered(302, Map.of("Location", "/"), ""))
        .isEqualTo(
            new CallOutcome.Failed(
                502,
                "stock at http://shop.localhost can't be called: the platform answered with status"
                    + " 302"));
  }

  @Test
  void whoDoesNotAnswerIsLateAndWhoIsGoneIsUnavailable() {
    assertThat(call(Duration.ofMillis(200)).code()).isEqualTo(408);
    platform.stop(0);
    assertThat(call(Duration.ofSeconds(5)).code()).isEqualTo(503);
  }

  @Test
  void whatIsNotDeployedThereIsSaidBeforeTheFirstCall() throws IOException {
    Contract hello =
        Contract.of(
            WasmReader.read(
                Files.readAllBytes(
                    Path.of("../platform-core/src/test/resources/modules/hello.wasm"))),
            Role.SERVICE);
    String listing = "/api/v1/apps/shop/services?limit=100&after=";
    answers.put(
        listing, new Answer(200, Map.of(), "{\"items\": [{\"name\": \"a\"}], \"next\": \"a\"}"));
    answers.put(
        listing + "a",
        new Answer(
            200,
            Map.of(),
            "{\"items\": [{\"name\": \"stock\", \"methods\": [\"echo\", \"odd\", \"trap\","
                + " \"count\"]}], \"next\": null}"));

    assertThat(remote.lacks("stock", hello))
        .contains(
            "stock at http://shop.localhost has no method sold_out, spin: deploy it, or run it"
                + " here");
    assertThat(remote.lacks("absent", hello))
        .contains("http://shop.localhost has no service absent");
    answers.put(listing, new Answer(401, Map.of(), ""));
    assertThat(remote.lacks("stock", hello).orElseThrow()).contains("log in again");
  }
}
