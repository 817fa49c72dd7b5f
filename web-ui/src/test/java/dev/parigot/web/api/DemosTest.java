package dev.parigot.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.web.testing.Client;
import dev.parigot.web.testing.Running;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Demos over REST, and what their addresses have for a stranger. */
class DemosTest {
  private static int apps;

  private final Running platform = Running.shared();
  private final Client ada = platform.account();
  private final Client stranger = platform.stranger();
  private final String app = "demoed-" + apps++;

  @TempDir private Path folder;

  @BeforeEach
  void deploy() throws IOException {
    Files.createDirectories(folder.resolve("demo"));
    Files.copy(
        Path.of("../sdk/abi/conformance/modules/config.wasm"), folder.resolve("service.wasm"));
    Files.writeString(folder.resolve("demo/data.json"), "{\"tea\": \"from the repository\"}");
    Files.writeString(
        folder.resolve("parigot.toml"),
        """
        [services.secret]
        wasm = "service.wasm"
        [config]
        CURRENCY = "EUR"
        [config.demo]
        CURRENCY = "demo coins"
        [config.production]
        DATABASE = "of production"
        [outbound]
        allow = ["api.example.org", "other.example.org:8443"]
        [demo]
        data = "demo/data.json"
        """);
    ada.create(app);
    ada.deploy(app, folder).mustBe(201);
  }

  private JsonNode share(String json) {
    return ada.post("apps/" + app + "/demos", json).mustBe(201).json();
  }

  private static String host(JsonNode demo) {
    return URI.create(demo.get("url").stringValue()).getHost();
  }

  private String path(JsonNode demo) {
    return "apps/" + app + "/demos/" + demo.get("id").stringValue();
  }

  @Test
  void aDemoHasAnAddressThatNobodyCanGuessAndThatAnybodyCanOpen() {
    JsonNode demo = share("{\"name\": \"for the fair\"}");

    assertThat(demo.get("id").stringValue()).matches("[a-z2-7]{26}");
    assertThat(demo.get("url").stringValue())
        .isEqualTo(
            "http://%s--demo.localhost:%d/"
                .formatted(demo.get("id").stringValue(), platform.port()));
    assertThat(demo.get("warning").stringValue()).contains("private ones too");
    assertThat(demo.get("release").isNull()).isTrue();
    assertThat(demo.get("state").stringValue()).isEqualTo("open");
    Client.Answer page = stranger.visit(host(demo), "/").mustBe(200);
    assertThat(page.type()).startsWith("text/html");
    assertThat(page.text()).contains("<title>" + app + "</title>");
  }

  @Test
  void everyAnswerIsGuarded() {
    JsonNode demo = share("{\"name\": \"guarded\"}");
    for (String path : List.of("/", "/parigot-sw.js", "/nothing")) {
      Client.Answer answer = stranger.visit(host(demo), path);
      assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
          .as(path)
          .startsWith("default-src 'none'")
          .contains("frame-ancestors 'none'")
          .doesNotContain(" 'unsafe-eval'", " *");
      assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
      assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }
    Client.Answer worker = stranger.visit(host(demo), "/" + runtime(demo) + "worker.js");
    assertThat(worker.mustBe(200).headers().firstValue("Content-Security-Policy").orElse(""))
        .startsWith("default-src 'none'")
        .contains("connect-src 'self' api.example.org:* other.example.org:8443");
  }

  @Test
  void filesNamedByTheirContentAreKeptForEverAndThePageIsAskedForAnew() throws Exception {
    JsonNode demo = share("{\"name\": \"cached\"}");
    Client.Answer page = stranger.visit(host(demo), "/");
    assertThat(page.headers().firstValue("Cache-Control")).contains("no-cache");
    String file = "/" + runtime(demo) + "shell.js";

    HttpResponse<byte[]> compressed = raw(host(demo), file, "Accept-Encoding", "br, gzip;q=0.9");

    assertThat(compressed.headers().firstValue("Cache-Control"))
        .contains("public, max-age=31536000, immutable");
    assertThat(compressed.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(compressed.headers().firstValue("Vary")).contains("Accept-Encoding");
    String whole = stranger.visit(host(demo), file).mustBe(200).text();
    assertThat(compressed.body().length).isLessThan(whole.length() / 2);
    String etag = compressed.headers().firstValue("ETag").orElseThrow();
    HttpResponse<byte[]> unchanged =
        raw(host(demo), file, "Accept-Encoding", "gzip", "If-None-Match", etag);
    assertThat(unchanged.statusCode()).isEqualTo(304);
    assertThat(unchanged.body()).isEmpty();
  }

  @Test
  void nothingOfTheConsoleIsReachableFromADemo() {
    JsonNode demo = share("{\"name\": \"apart\"}");
    for (String path :
        List.of(
            "/api/v1/openapi.json", "/login", "/health", "/git/" + app + ".git/HEAD", "/x/../")) {
      assertThat(stranger.visit(host(demo), path).mustBe(404).text()).doesNotContain("Vaadin");
    }
    assertThat(ada.visit(host(demo), "/api/v1/apps").status()).as("with a token").isEqualTo(404);
    stranger.visit(host(demo), "POST", "/secret/echo", BodyPublishers.ofString("{}")).mustBe(405);
  }

  @Test
  void aDemoHasTheManifestsConfigurationAndNeverWhatIsSetInTheConsole() {
    ada.patch("apps/" + app + "/config", "{\"API_KEY\": \"s3cr3t\", \"CURRENCY\": \"set\"}")
        .mustBe(200);
    JsonNode demo = share("{\"name\": \"configured\"}");

    JsonNode description = description(demo);

    assertThat(description.get("config").toString()).isEqualTo("{\"CURRENCY\":\"demo coins\"}");
    assertThat(description.toString()).doesNotContain("s3cr3t", "of production");
  }

  @Test
  void aDemoBeginsWithTheRepositorysDataOrItsOwn() {
    JsonNode plain = share("{\"name\": \"plain\"}");
    JsonNode own =
        share(
            "{\"name\": \"own\", \"data\": {\"tea\": \"sent\", \"raw\": {\"base64\": \"/w==\"}}}");

    assertThat(description(plain).get("data").toString())
        .isEqualTo("{\"tea\":\"from the repository\"}");
    assertThat(plain.get("ownData").booleanValue()).isFalse();
    assertThat(description(own).get("data").toString())
        .isEqualTo("{\"tea\":\"sent\",\"raw\":{\"base64\":\"/w==\"}}");
    assertThat(own.get("ownData").booleanValue()).isTrue();
    Client.Answer wrong =
        ada.post("apps/" + app + "/demos", "{\"name\": \"x\", \"data\": {\"tea\": 12, \"\": \"\"}}")
            .mustBeProblem(400, "starting-data-invalid");
    assertThat(wrong.json().get("details")).hasSize(2);
  }

  @Test
  void thePinnedReleaseStaysAndTheLatestFollows() throws IOException {
    JsonNode pinned = share("{\"name\": \"pinned\", \"release\": 1}");
    JsonNode latest = share("{\"name\": \"latest\"}");
    String before = stranger.visit(host(latest), "/").text();
    String file = "/" + descriptionPath(latest);
    Files.writeString(folder.resolve("demo/data.json"), "{\"tea\": \"newer\"}");
    ada.deploy(app, folder).mustBe(201);

    assertThat(description(latest).get("data").toString()).isEqualTo("{\"tea\":\"newer\"}");
    assertThat(stranger.visit(host(pinned), "/").text()).isEqualTo(before);
    stranger.visit(host(latest), file).mustBe(200);
    ada.post("apps/" + app + "/demos", "{\"name\": \"none\", \"release\": 9}")
        .mustBeProblem(404, "not-found");
  }

  @Test
  void opensAreLoadsOfThePageByBrowsers() throws Exception {
    JsonNode demo = share("{\"name\": \"counted\"}");
    stranger.visit(host(demo), "/").mustBe(200);
    raw(host(demo), "/", "Accept", "text/html", "Sec-Fetch-Dest", "iframe");
    raw(host(demo), "/", "Accept", "text/html", "Sec-Purpose", "prefetch");
    assertThat(ada.get(path(demo)).json().get("opens").intValue()).isZero();

    raw(host(demo), "/", "Accept", "text/html,*/*", "Sec-Fetch-Dest", "document");

    JsonNode told = ada.get(path(demo)).mustBe(200).json();
    assertThat(told.get("opens").intValue()).isEqualTo(1);
    assertThat(told.get("lastOpened").isString()).isTrue();
  }

  @Test
  void aPausedDemoSaysSoAndTakesItselfOffWhereItWasOpened() throws Exception {
    JsonNode demo = share("{\"name\": \"paused\"}");

    JsonNode paused = ada.patch(path(demo), "{\"paused\": true}").mustBe(200).json();

    assertThat(paused.get("state").stringValue()).isEqualTo("paused");
    Client.Answer page = stranger.visit(host(demo), "/").mustBe(503);
    assertThat(page.text()).contains("paused");
    assertThat(page.headers().firstValue("Clear-Site-Data")).isEmpty();
    HttpResponse<byte[]> worker = raw(host(demo), "/parigot-sw.js", "Service-Worker", "script");
    assertThat(worker.statusCode()).isEqualTo(200);
    assertThat(new String(worker.body(), StandardCharsets.UTF_8)).contains("unregister");
    ada.patch(path(demo), "{\"paused\": false}").mustBe(200);
    stranger.visit(host(demo), "/").mustBe(200);
  }

  @Test
  void aRevokedDemoIsGoneForEverAndBrowsersForgetIt() {
    JsonNode demo = share("{\"name\": \"revoked\"}");
    String file = "/" + descriptionPath(demo);

    ada.delete(path(demo)).mustBe(204);

    for (String path : List.of("/", "/parigot-sw.js", file)) {
      Client.Answer gone = stranger.visit(host(demo), path).mustBe(410);
      assertThat(gone.headers().firstValue("Clear-Site-Data")).contains("\"cache\", \"storage\"");
      assertThat(gone.headers().firstValue("Cache-Control")).contains("no-store");
    }
    ada.get(path(demo)).mustBeProblem(404, "not-found");
    ada.delete(path(demo)).mustBeProblem(404, "not-found");
    assertThat(ada.get("apps/" + app + "/demos").items()).isEmpty();
  }

  @Test
  void aDemoExpiresAndItsTermsCanBeChanged() {
    JsonNode demo = share("{\"name\": \"short\", \"expires\": \"2100-01-01T00:00:00Z\"}");
    assertThat(demo.get("expires").stringValue()).isEqualTo("2100-01-01T00:00:00Z");

    JsonNode changed =
        ada.patch(path(demo), "{\"name\": \"long\", \"expires\": null}").mustBe(200).json();

    assertThat(changed.get("name").stringValue()).isEqualTo("long");
    assertThat(changed.get("expires").isNull()).isTrue();
    Client.Answer wrong =
        ada.patch(path(demo), "{\"expires\": \"soon\", \"paused\": 1, \"id\": \"mine\"}")
            .mustBeProblem(400, "invalid-request");
    assertThat(wrong.json().get("fields").propertyNames())
        .containsExactlyInAnyOrder("expires", "paused", "id");
    ada.patch(path(demo), "{\"expires\": \"2001-01-01T00:00:00Z\"}")
        .mustBeProblem(400, "demo-expired");
  }

  @Test
  void demosAreListedInPartsNewestFirst() {
    for (String name : List.of("a", "b", "c")) {
      share("{\"name\": \"" + name + "\"}");
    }

    Client.Answer first = ada.get("apps/" + app + "/demos?limit=2").mustBe(200);
    Client.Answer rest =
        ada.get("apps/" + app + "/demos?limit=2&after=" + first.json().get("next").stringValue());

    assertThat(first.items())
        .extracting(it -> it.get("name").stringValue())
        .containsExactly("c", "b");
    assertThat(rest.items()).extracting(it -> it.get("name").stringValue()).containsExactly("a");
    assertThat(rest.json().get("next").isNull()).isTrue();
  }

  @Test
  void anAppWithoutAReleaseHasNothingToShare() {
    ada.create(app + "-empty");
    ada.post("apps/" + app + "-empty/demos", "{\"name\": \"x\"}")
        .mustBeProblem(409, "nothing-deployed");
  }

  @Test
  void theDemosOfADeletedAppAreGone() {
    JsonNode demo = share("{\"name\": \"orphan\"}");

    ada.delete("apps/" + app).mustBe(204);

    stranger.visit(host(demo), "/").mustBe(410);
  }

  @Test
  void aLabelThatNobodyWasGivenIsNoDemo() {
    for (String label : List.of("x", "a".repeat(26), "main--shop")) {
      assertThat(stranger.visit(label + "--demo.localhost", "/").mustBe(404).text())
          .contains("no such demo");
    }
  }

  private String runtime(JsonNode demo) {
    return found(stranger.visit(host(demo), "/").text(), "parigot-demo/runtime-[0-9a-f]+/");
  }

  private String descriptionPath(JsonNode demo) {
    return found(stranger.visit(host(demo), "/").text(), "parigot-demo/files/[0-9a-f]{64}\\.json");
  }

  private JsonNode description(JsonNode demo) {
    return stranger.visit(host(demo), "/" + descriptionPath(demo)).mustBe(200).json();
  }

  private static String found(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(pattern).isTrue();
    return matcher.group();
  }

  private HttpResponse<byte[]> raw(String host, String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + platform.port() + path))
            .header("Host", host);
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }
  }
}
