package dev.parigot.web.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.artifact.Digest;
import dev.parigot.web.testing.Client;
import dev.parigot.web.testing.Running;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A deployment of which only what the platform lacks is sent. */
class UploadsTest {
  private static final Path HELLO = Path.of("../examples/hello");
  private static final JsonMapper JSON = new JsonMapper();
  private static int apps;

  private final Running platform = Running.shared();
  private final Client ada = platform.account();
  private final String app = "uploaded-" + apps++;
  private final Map<String, byte[]> files = hello();

  @BeforeEach
  void makeTheApp() {
    ada.create(app);
  }

  @Test
  void onlyWhatThePlatformLacksHasToBeSent() {
    assertThat(missing(ada, app)).containsExactlyInAnyOrderElementsOf(digests().values());
    sendAll(ada, app);
    assertThat(missing(ada, app)).isEmpty();

    JsonNode release = deploy("\"" + "c".repeat(40) + "\"").mustBe(201).json();

    assertThat(release.get("state").stringValue()).isEqualTo("live");
    assertThat(release.get("commit").stringValue()).isEqualTo("c".repeat(40));
    assertThat(greeting()).contains("Ada");
    assertThat(missing(ada, app)).isEmpty();
    files.put("site/new.txt", "new".getBytes(UTF_8));
    assertThat(missing(ada, app)).containsExactly(digest("new".getBytes(UTF_8)));
  }

  @Test
  void theSameFilesMakeTheSameReleaseAsAnArchive() {
    ada.deploy(app, HELLO).mustBe(201);
    sendAll(ada, app);

    JsonNode release = deploy("null").mustBe(201).json();

    assertThat(release.get("unchanged").toString()).isEqualTo("[\"greeter\",\"phrases\"]");
    assertThat(release.get("commit").isNull()).isTrue();
  }

  @Test
  void whatIsMissingIsNamedAndNothingIsChanged() {
    Client.Answer refused = deploy("null").mustBeProblem(409, "uploads-missing");

    assertThat(refused.json().get("details").toString())
        .contains("parigot.toml: sha256:", "build/greeter.wasm: sha256:");
    assertThat(ada.get("apps/" + app + "/releases").items()).isEmpty();
  }

  @Test
  void bytesOfAnotherDigestAreRefused() {
    ada.send(app, digest("these".getBytes(UTF_8)), "others".getBytes(UTF_8))
        .mustBeProblem(422, "digest-differs");
    ada.send(app, "sha256:short", new byte[1]).mustBeProblem(400, "invalid-request");
    ada.post("apps/" + app + "/uploads", "{\"digests\": [\"md5:0\"]}")
        .mustBeProblem(400, "invalid-request");
  }

  @Test
  void aFileLargerThanAReleaseTakesIsRefusedBeforeItIsRead() {
    byte[] large = new byte[(64 << 20) + 1];

    ada.send(app, digest(large), large).mustBeProblem(413, "request-too-large");
  }

  @Test
  void knowingADigestGivesNoAccessToAnotherAppsFile() {
    sendAll(ada, app);
    deploy("null").mustBe(201);
    Client eve = platform.account();
    eve.create("eves-" + app);

    assertThat(missing(eve, "eves-" + app)).containsExactlyInAnyOrderElementsOf(digests().values());
    eve.post("apps/eves-" + app + "/releases", body("null")).mustBeProblem(409, "uploads-missing");
    ada.create("other-" + app);
    assertThat(missing(ada, "other-" + app)).hasSameSizeAs(files.keySet());
  }

  @Test
  void eachStepIsToldAsAnEventAndTheReleaseInTheEnd() {
    sendAll(ada, app);

    Client.Answer told =
        ada.watch("apps/" + app + "/releases", "application/json", body("null").getBytes(UTF_8))
            .mustBe(200);

    assertThat(told.type()).startsWith("text/event-stream");
    List<String> events = List.of(told.text().split("\n\n", -1));
    assertThat(events.subList(0, 3))
        .containsExactly(
            "event: step\ndata: {\"text\":\"Parigot app detected: 2 services\"}",
            "event: step\ndata: {\"text\":\"Added: greeter, phrases\"}",
            "event: step\ndata: {\"text\":\"Launching v1\"}");
    assertThat(events.get(events.size() - 3)).startsWith("event: detail\n").contains("live in");
    assertThat(events.get(events.size() - 2))
        .startsWith("event: release\ndata: {\"number\":1,\"state\":\"live\"");
  }

  @Test
  void archivesAndRollbacksAreToldLikewise() {
    byte[] archive = Client.archive(HELLO);
    ada.upload("apps/" + app + "/releases", archive).mustBe(201);

    Client.Answer second = ada.watch("apps/" + app + "/releases", "application/gzip", archive);
    Client.Answer back =
        ada.watch(
            "apps/" + app + "/rollback", "application/json", "{\"release\": 1}".getBytes(UTF_8));

    assertThat(second.text())
        .contains("Unchanged: greeter, phrases", "event: release\ndata: {\"number\":2,");
    assertThat(back.text()).contains("Launching v3", "event: release\ndata: {\"number\":3,");
  }

  @Test
  void aRefusalIsTheLastEvent() {
    files.put("parigot.toml", "[services.greeter]\nwasm = \"build/gone.wasm\"".getBytes(UTF_8));
    sendAll(ada, app);

    Client.Answer told =
        ada.watch("apps/" + app + "/releases", "application/json", body("null").getBytes(UTF_8));

    assertThat(told.text())
        .startsWith("event: problem\ndata: {\"type\":\"urn:parigot:problem:push-refused\"")
        .contains("parigot.toml:1: there is no file build/gone.wasm");
    assertThat(ada.get("apps/" + app + "/releases").items()).isEmpty();
  }

  @Test
  @Timeout(30)
  void aClientThatGoesAwayBeforeAcceptanceGetsNoRelease() throws InterruptedException {
    sendAll(ada, app);

    ada.abandon("apps/" + app + "/releases", body("null"));

    JsonNode release = release();
    while (release.path("state").asString("starting").equals("starting")) {
      Thread.sleep(20);
      release = release();
    }
    assertThat(release.get("state").stringValue()).isEqualTo("failed");
    assertThat(release.get("failure").stringValue()).contains("client went away");
  }

  private JsonNode release() {
    return ada.get("apps/" + app + "/releases").json().get("items").path(0);
  }

  @Test
  void aCommitThatIsNoneIsNamed() {
    assertThat(deploy("\"main\"").mustBeProblem(400, "invalid-request").text())
        .contains("full commit id");
  }

  private static Map<String, byte[]> hello() {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(HELLO)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(HELLO.relativize(file).toString(), Files.readAllBytes(file));
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return files;
  }

  private static String digest(byte[] content) {
    return Digest.sha256(content).toString();
  }

  private Map<String, String> digests() {
    return files.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, file -> digest(file.getValue())));
  }

  private List<String> missing(Client client, String of) {
    String wanted = JSON.writeValueAsString(Map.of("digests", digests().values()));
    return client
        .post("apps/" + of + "/uploads", wanted)
        .mustBe(200)
        .json()
        .get("missing")
        .valueStream()
        .map(JsonNode::stringValue)
        .toList();
  }

  private void sendAll(Client client, String to) {
    files.values().forEach(content -> client.send(to, digest(content), content).mustBe(204));
  }

  private String body(String commit) {
    return "{\"commit\": %s, \"files\": %s}".formatted(commit, JSON.writeValueAsString(digests()));
  }

  private Client.Answer deploy(String commit) {
    return ada.post("apps/" + app + "/releases", body(commit));
  }

  private String greeting() {
    return platform
        .stranger()
        .visit(
            app + ".localhost",
            "POST",
            "/greeter/greet",
            BodyPublishers.ofString("{\"name\": \"Ada\"}"))
        .mustBe(200)
        .text();
  }
}
