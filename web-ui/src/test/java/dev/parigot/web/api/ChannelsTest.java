package dev.parigot.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.web.testing.Client;
import dev.parigot.web.testing.Running;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Channels of an app: who listens at its address, and the REST calls about them. */
@Timeout(120)
class ChannelsTest {
  private static final Path MODULES = Path.of("../platform-core/src/test/resources/modules");

  /** More than the threads that answer requests on any machine that runs this. */
  private static final int MANY = 300;

  private static int apps;

  private final Running platform = Running.shared();
  private final Client ada = platform.account();
  private final String app = "channels-" + apps++;

  @TempDir private Path folder;

  @BeforeEach
  void deploy() throws IOException {
    Files.copy(MODULES.resolve("telling.wasm"), folder.resolve("telling.wasm"));
    ada.create(app);
    release("public = true");
  }

  private void release(String orders) throws IOException {
    Files.writeString(
        folder.resolve("parigot.toml"),
        """
        [services.telling]
        wasm = "telling.wasm"
        public = true
        [channels.orders]
        %s
        [channels."thing-*"]
        """
            .formatted(orders));
    ada.deploy(app, folder).mustBe(201);
  }

  @Test
  void manyListenAndTheAppAnswersAllTheSame() throws Exception {
    List<BufferedReader> listeners = new ArrayList<>();
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (int i = 0; i < MANY; i++) {
        listeners.add(listen(client, ""));
      }
      assertThat(channel("orders").get("listeners").asInt()).isEqualTo(MANY);
      tell("{\"sold\": 1}");
      for (BufferedReader listener : listeners) {
        assertThat(next(listener, "data: ")).isEqualTo("{\"sold\": 1}");
        listener.close();
      }
    }
    assertThat(channel("orders").get("perMinute").asInt()).isEqualTo(1);
  }

  /** Those who have gone are found out when they are written to, while others come. */
  @Test
  void whoGoesEndsNobodyElsesStream() throws Exception {
    for (int round = 0; round < 12; round++) {
      List<BufferedReader> listeners = new ArrayList<>();
      try (HttpClient client = HttpClient.newHttpClient()) {
        for (int i = 0; i < 40; i++) {
          listeners.add(listen(client, ""));
        }
        for (int i = 0; i < 20; i++) {
          tell("message " + i);
          for (BufferedReader listener : listeners) {
            assertThat(next(listener, "data: ")).isEqualTo("message " + i);
          }
        }
        client.shutdownNow();
      }
    }
  }

  @Test
  void whoComesAgainGetsWhatWasMissed() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      String last;
      try (BufferedReader listener = listen(client, "")) {
        tell("first");
        last = next(listener, "id: ");
        assertThat(next(listener, "data: ")).isEqualTo("first");
      }
      tell("second");
      try (BufferedReader listener = listen(client, last)) {
        assertThat(next(listener, "data: ")).isEqualTo("second");
      }
    }
  }

  @Test
  void whoMayNotListenIsToldThatThereIsNothing() throws Exception {
    for (String name : List.of("thing-1", "nothing", "a%20b")) {
      assertThat(ada.visit(host(), "/_parigot/channels/" + name).status()).isEqualTo(404);
    }
    assertThat(ada.visit(host(), "/_parigot/client.js").mustBe(200).type())
        .startsWith("text/javascript");
    try (HttpClient client = HttpClient.newHttpClient();
        BufferedReader listener = listen(client, "")) {
      release("public = false");
      // The stream ends, and who comes again is refused.
      while (listener.readLine() != null) {}
      assertThat(ada.visit(host(), "/_parigot/channels/orders").status()).isEqualTo(404);
    }
  }

  @Test
  void whatTheOwnerPublishesIsToldAndListed() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient();
        BufferedReader listener = listen(client, "")) {
      ada.post("apps/" + app + "/channels/orders", "{\"sold\": 2}").mustBe(200);
      assertThat(next(listener, "data: ")).isEqualTo("{\"sold\": 2}");
    }
    ada.post("apps/" + app + "/channels/thing-7", "\"of one thing\"").mustBe(200);
    assertThat(ada.get("apps/" + app + "/channels").items())
        .extracting(it -> it.get("name").asString() + " " + it.get("audience").asString())
        .containsExactly("orders everyone", "thing-* nobody", "thing-7 nobody");
    assertThat(ada.get("apps/" + app + "/channels/orders").items())
        .extracting(it -> it.get("text").asString())
        .containsExactly("{\"sold\": 2}");
    ada.post("apps/" + app + "/channels/other", "1").mustBeProblem(404, "not-found");
    ada.post("apps/" + app + "/channels/o*", "1").mustBeProblem(400, "no-channel-name");
    ada.post("apps/" + app + "/channels/orders", "\"" + "x".repeat(64 << 10) + "\"")
        .mustBeProblem(413, "request-too-large");
  }

  @Test
  void theOwnerFollowsWhatIsKeptAndWhatComes() throws Exception {
    ada.post("apps/" + app + "/channels/thing-7", "1").mustBe(200);
    try (BufferedReader events =
        new BufferedReader(
            new InputStreamReader(
                ada.open("apps/" + app + "/channels/thing-7?follow=true"),
                StandardCharsets.UTF_8))) {
      assertThat(next(events, "data: ")).contains("\"text\":\"1\"", "\"at\":\"");
      ada.post("apps/" + app + "/channels/thing-7", "2").mustBe(200);
      assertThat(next(events, "data: ")).contains("\"text\":\"2\"");
    }
    ada.get("apps/" + app + "/channels/other?follow=true").mustBeProblem(404, "not-found");
  }

  @Test
  void whoIsBlockedHearsNothingMore() throws Exception {
    release("public = \"signed-in\"");
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> signedUp =
          client.send(
              at("/_parigot/auth/sign-up")
                  .header("Content-Type", "application/json")
                  .POST(
                      BodyPublishers.ofString(
                          "{\"email\": \"bob@example.org\", \"password\": \"long enough\"}"))
                  .build(),
              BodyHandlers.ofString());
      String cookie = signedUp.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
      String id = JsonMapper.shared().readTree(signedUp.body()).get("id").asString();
      try (BufferedReader heard =
          lines(client, at("/_parigot/channels/orders").header("Cookie", cookie))) {
        assertThat(next(heard, "id: ")).isNotEmpty();
        tell("first");
        assertThat(next(heard, "data: ")).isEqualTo("first");
        ada.patch("apps/" + app + "/users/" + id, "{\"blocked\": true}").mustBe(200);
        tell("second");
        assertThat(heard.readAllAsString()).doesNotContain("second", "still here");
      }
    }
  }

  private JsonNode channel(String name) {
    return ada.get("apps/" + app + "/channels").items().stream()
        .filter(it -> it.get("name").asString().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private String host() {
    return app + ".localhost";
  }

  private void tell(String text) {
    ada.visit(host(), "POST", "/telling/tell", BodyPublishers.ofString(text)).mustBe(200);
  }

  private BufferedReader listen(HttpClient client, String last)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = at("/_parigot/channels/orders");
    if (!last.isEmpty()) {
      request.header("Last-Event-ID", last);
    }
    BufferedReader lines = lines(client, request);
    assertThat(next(lines, "id: ")).isNotEmpty();
    return lines;
  }

  private HttpRequest.Builder at(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + platform.port() + path))
        .header("Host", host() + ":" + platform.port());
  }

  private static BufferedReader lines(HttpClient client, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    HttpResponse<InputStream> response = client.send(request.build(), BodyHandlers.ofInputStream());
    assertThat(response.statusCode()).isEqualTo(200);
    return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
  }

  private static String next(BufferedReader lines, String field) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(field)) {
        return line.substring(field.length());
      }
    }
    throw new AssertionError("the stream has ended");
  }
}
