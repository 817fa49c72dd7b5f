package dev.parigot.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.web.testing.Client;
import dev.parigot.web.testing.Running;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** An app from its first release to its end, over REST. */
class ReleasesTest {
  private static final Path HELLO = Path.of("../examples/hello");
  private static int apps;

  private final Running platform = Running.shared();
  private final Client ada = platform.account();
  private final String app = "released-" + apps++;

  @BeforeEach
  void makeTheApp() {
    ada.create(app);
  }

  @Test
  void aDeployedArchiveIsLiveAndAnswers() {
    JsonNode release = ada.deploy(app, HELLO).mustBe(201).json();

    assertThat(release.get("number").intValue()).isEqualTo(1);
    assertThat(release.get("state").stringValue()).isEqualTo("live");
    assertThat(release.get("by").stringValue()).isEqualTo(ada.email());
    assertThat(release.get("commit").isNull()).isTrue();
    assertThat(release.get("added").valueStream().map(JsonNode::stringValue))
        .containsExactly("greeter", "phrases");
    Client.Answer greeting = greet().mustBe(200);
    assertThat(greeting.type()).startsWith("application/json");
    assertThat(greeting.json().get("greeting").stringValue()).contains("Ada");
  }

  @Test
  void theServicesTellWhatTheyAreAndWhatTheyCall() {
    ada.deploy(app, HELLO).mustBe(201);
    greet().mustBe(200);

    List<JsonNode> services = ada.get("apps/" + app + "/services").mustBe(200).items();

    assertThat(services).hasSize(2);
    JsonNode greeter = services.getFirst();
    assertThat(greeter.get("name").stringValue()).isEqualTo("greeter");
    assertThat(greeter.get("kind").stringValue()).isEqualTo("service");
    assertThat(greeter.get("state").stringValue()).isEqualTo("running");
    assertThat(greeter.get("digest").stringValue()).matches("sha256:[0-9a-f]{64}");
    assertThat(greeter.get("methods").toString()).isEqualTo("[\"greet\"]");
    assertThat(greeter.get("dependsOn").toString())
        .isEqualTo("[{\"service\":\"phrases\",\"method\":\"pick\",\"async\":false}]");
  }

  @Test
  void aRollbackIsANewReleaseOfTheOldArtifacts() {
    ada.deploy(app, HELLO).mustBe(201);
    ada.deploy(app, HELLO).mustBe(201);

    JsonNode rolledBack =
        ada.post("apps/" + app + "/rollback", "{\"release\": 1}").mustBe(201).json();

    assertThat(rolledBack.get("number").intValue()).isEqualTo(3);
    assertThat(rolledBack.get("origin").stringValue()).isEqualTo("rollback");
    assertThat(rolledBack.get("rolledBackTo").intValue()).isEqualTo(1);
    assertThat(states()).containsExactly("3 live", "2 replaced", "1 replaced");
    ada.post("apps/" + app + "/rollback", "{\"release\": 9}").mustBe(404);
  }

  @Test
  void aReleaseTellsWhatItIsMadeOf() {
    ada.deploy(app, HELLO).mustBe(201);

    JsonNode details = ada.get("apps/" + app + "/releases/1").mustBe(200).json();

    assertThat(details.get("release").get("state").stringValue()).isEqualTo("live");
    JsonNode greeter = details.get("services").get(0);
    assertThat(greeter.get("methods").toString()).isEqualTo("[\"greet\"]");
    assertThat(greeter.get("exposed").toString()).isEqualTo("[\"greet\"]");
    assertThat(greeter.get("calls").toString())
        .isEqualTo("[{\"service\":\"phrases\",\"method\":\"pick\",\"async\":false}]");
    assertThat(greeter.get("capabilities").toString()).contains("parigot:log");
    assertThat(details.get("siteFiles").intValue()).isPositive();
    assertThat(details.get("steps").findValuesAsString("name"))
        .containsExactly("check", "test", "store", "start", "accept");
    ada.get("apps/" + app + "/releases/2").mustBe(404);
    ada.get("apps/" + app + "/releases/none").mustBeProblem(400, "invalid-request");
  }

  @Test
  void anyTwoReleasesCanBeCompared() {
    ada.deploy(app, HELLO).mustBe(201);
    ada.patch("apps/" + app + "/config", "{\"PASSWORD\": \"hidden\"}").mustBe(200);
    ada.deploy(app, HELLO).mustBe(201);

    JsonNode first = ada.get("apps/" + app + "/releases/1/changes").mustBe(200).json();
    Client.Answer configured = ada.get("apps/" + app + "/releases/2/changes").mustBe(200);
    JsonNode back = ada.get("apps/" + app + "/releases/1/changes?since=3").mustBe(200).json();

    assertThat(first.get("since").isNull()).isTrue();
    assertThat(first.get("changes").get("services").findValuesAsString("change"))
        .containsExactly("added", "added");
    assertThat(configured.json().get("since").intValue()).isEqualTo(1);
    assertThat(configured.json().get("changes").get("config").get("added").toString())
        .isEqualTo("[\"PASSWORD\"]");
    assertThat(configured.text()).doesNotContain("hidden");
    assertThat(back.get("changes").get("config").get("removed").toString())
        .isEqualTo("[\"PASSWORD\"]");
    assertThat(back.get("changes").get("unchanged").toString())
        .isEqualTo("[\"greeter\",\"phrases\"]");
    ada.get("apps/" + app + "/releases/1/changes?since=9").mustBe(404);
  }

  @Test
  void allServicesAreReplacedIfAskedFor() {
    ada.deploy(app, HELLO).mustBe(201);
    greet().mustBe(200);
    String before = instance();
    ada.deploy(app, HELLO).mustBe(201);
    greet().mustBe(200);
    assertThat(instance()).isEqualTo(before);

    ada.upload("apps/" + app + "/releases?all=true", Client.archive(HELLO)).mustBe(201);
    greet().mustBe(200);

    assertThat(instance()).isNotEqualTo(before);
  }

  /** That wrote the newest line of the log. */
  private String instance() {
    return ada.get("apps/" + app + "/logs?service=greeter")
        .mustBe(200)
        .items()
        .getLast()
        .get("instance")
        .stringValue();
  }

  @Test
  void releasesAreListedInPartsNewestFirst() {
    for (int i = 0; i < 3; i++) {
      ada.deploy(app, HELLO).mustBe(201);
    }

    Client.Answer first = ada.get("apps/" + app + "/releases?limit=2").mustBe(200);
    Client.Answer rest =
        ada.get("apps/" + app + "/releases?limit=2&after=" + first.json().get("next").stringValue())
            .mustBe(200);

    assertThat(first.items()).extracting(it -> it.get("number").intValue()).containsExactly(3, 2);
    assertThat(rest.items()).extracting(it -> it.get("number").intValue()).containsExactly(1);
    assertThat(rest.json().get("next").isNull()).isTrue();
  }

  @Test
  void aRefusedArchiveChangesNothing() {
    ada.deploy(app, HELLO).mustBe(201);

    Client.Answer refused = ada.deploy(app, HELLO.resolve("site"));

    assertThat(refused.status()).isBetween(400, 499);
    assertThat(refused.type()).isEqualTo("application/problem+json");
    assertThat(states()).containsExactly("1 live");
    greet().mustBe(200);
  }

  @Test
  void aBodyThatIsNoArchiveIsRefused() {
    ada.upload("apps/" + app + "/releases", new byte[] {1, 2, 3})
        .mustBeProblem(400, "archive-unreadable");
    byte[] whole = Client.archive(HELLO);
    ada.upload("apps/" + app + "/releases", java.util.Arrays.copyOf(whole, whole.length / 2))
        .mustBeProblem(400, "archive-unreadable");
  }

  @Test
  void aConfigurationChangeMakesARelease() {
    ada.deploy(app, HELLO).mustBe(201);

    ada.patch("apps/" + app + "/config", "{\"LANGUAGE\": \"fr\", \"OTHER\": \"x\"}").mustBe(200);
    Client.Answer config = ada.patch("apps/" + app + "/config", "{\"OTHER\": null}").mustBe(200);

    assertThat(config.text()).isEqualTo("{\"LANGUAGE\":\"fr\"}");
    assertThat(ada.get("apps/" + app + "/config").mustBe(200).text()).isEqualTo(config.text());
    assertThat(states()).containsExactly("3 live", "2 replaced", "1 replaced");
  }

  @Test
  void aConfigurationValueThatIsNoStringIsNamed() {
    Client.Answer refused =
        ada.patch("apps/" + app + "/config", "{\"GOOD\": \"1\", \"BAD\": 1}")
            .mustBeProblem(400, "invalid-request");

    assertThat(refused.json().get("fields").propertyNames()).containsExactly("BAD");
    assertThat(ada.get("apps/" + app + "/config").mustBe(200).text()).isEqualTo("{}");
  }

  @Test
  void theLogHasWhatAServiceWrote() {
    ada.deploy(app, HELLO).mustBe(201);
    greet().mustBe(200);

    Client.Answer log = ada.get("apps/" + app + "/logs?service=greeter&level=info").mustBe(200);

    JsonNode line = log.items().getLast();
    assertThat(line.propertyNames())
        .containsExactly("at", "service", "instance", "level", "message", "call");
    assertThat(line.get("message").stringValue()).contains("Ada");
    assertThat(line.get("level").stringValue()).isEqualTo("info");
    String next = log.json().get("next").stringValue();
    assertThat(ada.get("apps/" + app + "/logs?after=" + next).mustBe(200).items()).isEmpty();
    ada.get("apps/" + app + "/logs?level=loud").mustBeProblem(400, "invalid-request");
  }

  @Test
  @Timeout(30)
  void aFollowedLogTellsEachLineAsItIsWritten() throws Exception {
    ada.deploy(app, HELLO).mustBe(201);
    try (var lines =
        new BufferedReader(
            new InputStreamReader(
                ada.open("apps/" + app + "/logs?follow=true&service=greeter"),
                StandardCharsets.UTF_8))) {
      greet().mustBe(200);

      assertThat(lines.readLine()).startsWith("id: ");
      assertThat(lines.readLine()).startsWith("data: {").contains("Ada");
      assertThat(lines.readLine()).isEmpty();
    }
  }

  @Test
  @Timeout(10)
  void aFollowedLogEndsWithItsApp() throws Exception {
    try (var lines = ada.open("apps/" + app + "/logs?follow=true")) {
      ada.delete("apps/" + app).mustBe(204);

      assertThat(lines.readAllBytes()).isNotNull();
    }
  }

  @Test
  void aDeletedAppIsGoneEverywhere() {
    ada.deploy(app, HELLO).mustBe(201);
    ada.patch("apps/" + app + "/config", "{\"KEY\": \"1\"}").mustBe(200);
    greet().mustBe(200);

    ada.delete("apps/" + app).mustBe(204);

    ada.get("apps/" + app).mustBe(404);
    greet().mustBe(404);
    ada.create(app);
    assertThat(ada.get("apps/" + app + "/releases").mustBe(200).items()).isEmpty();
    assertThat(ada.get("apps/" + app + "/logs").mustBe(200).items()).isEmpty();
    assertThat(ada.get("apps/" + app + "/config").mustBe(200).text()).isEqualTo("{}");
  }

  private List<String> states() {
    return ada.get("apps/" + app + "/releases").mustBe(200).items().stream()
        .map(it -> it.get("number").intValue() + " " + it.get("state").stringValue())
        .toList();
  }

  private Client.Answer greet() {
    return platform
        .stranger()
        .visit(
            app + ".localhost",
            "POST",
            "/greeter/greet",
            BodyPublishers.ofString("{\"name\": \"Ada\"}"));
  }
}
