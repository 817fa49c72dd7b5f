package dev.parigot.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.web.testing.Client;
import dev.parigot.web.testing.Running;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

@Timeout(60)
class LoadTest {
  private static final String APP = "loaded";

  private static Client ada;

  @BeforeAll
  static void deploy() {
    ada = Running.shared().account();
    ada.create(APP);
    ada.deploy(APP, Path.of("../examples/hello")).mustBe(201);
  }

  @Test
  void theLoadOfAServiceIsToldInSteps() {
    JsonNode load = ada.get("apps/loaded/services/greeter/load?minutes=2").mustBe(200).json();

    assertThat(load.get("service").stringValue()).isEqualTo("greeter");
    assertThat(load.get("stepSeconds").intValue()).isEqualTo(5);
    List<JsonNode> points = load.get("points").valueStream().toList();
    assertThat(points).hasSize(24);
    Instant first = Instant.parse(points.get(0).get("at").stringValue());
    assertThat(points.get(1).get("at").stringValue()).isEqualTo(first.plusSeconds(5).toString());
    assertThat(points.get(0).propertyNames())
        .containsExactly(
            "at",
            "calls",
            "errors",
            "running",
            "waiting",
            "waitP95Millis",
            "instances",
            "cores",
            "memoryBytes");
  }

  @Test
  void whyAServiceWasScaledIsToldAfterASecondOrTwo() throws InterruptedException {
    List<JsonNode> decisions = List.of();
    while (decisions.isEmpty()) {
      TimeUnit.MILLISECONDS.sleep(100);
      decisions = ada.get("apps/loaded/scaling?service=greeter").mustBe(200).items();
    }
    JsonNode started = decisions.getLast();
    assertThat(started.get("service").stringValue()).isEqualTo("greeter");
    assertThat(started.get("from").intValue()).isZero();
    assertThat(started.get("to").intValue()).isEqualTo(1);
    assertThat(started.get("reason").stringValue()).startsWith("started with its release");
  }

  @Test
  void theServicesTellTheirNewestLoad() {
    JsonNode greeter = ada.get("apps/loaded/services").mustBe(200).items().getFirst();
    assertThat(greeter.get("load").get("running").isNumber()).isTrue();
  }

  @Test
  void aServiceThatThereIsNotIsA404ThatNamesThoseThatThereAre() {
    for (String path : List.of("services/greater/load", "scaling?service=greater")) {
      Client.Answer answer = ada.get("apps/loaded/" + path);
      answer.mustBeProblem(404, "no-such-service");
      assertThat(answer.text()).contains("There are: greeter, phrases.");
    }
  }

  @Test
  void moreThanAnHourIsNotKept() {
    assertThat(ada.get("apps/loaded/services/greeter/load?minutes=61").status()).isEqualTo(400);
  }
}
