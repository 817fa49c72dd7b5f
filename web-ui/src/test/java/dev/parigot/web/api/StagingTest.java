package dev.parigot.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.web.testing.Client;
import dev.parigot.web.testing.Running;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Branches in staging, over REST and at their addresses. */
class StagingTest {
  private static final Path LINKS = Path.of("../examples/links");
  private static final Path HELLO = Path.of("../examples/hello");
  private static final AtomicInteger APPS = new AtomicInteger();

  private final Running platform = Running.shared();
  private final Client ada = platform.account();
  private final Client visitor = platform.stranger();
  private final String app = "staged-" + APPS.incrementAndGet();
  private final String staging = "apps/" + app + "/staging";

  @BeforeEach
  void create() {
    ada.create(app);
  }

  @Test
  void aBranchIsMadeDeployedToAndFoundAtItsAddress() {
    Client.Answer made = ada.post(staging, "{\"branch\": \"fix/rounding\"}").mustBe(201);

    String id = made.json().get("id").stringValue();
    assertThat(id).matches("fix-rounding-[0-9a-f]{6}");
    assertThat(made.headers().firstValue("Location")).hasValue("/api/v1/" + staging + "/" + id);
    assertThat(made.json().get("live").isNull()).isTrue();
    assertThat(made.json().get("url").stringValue())
        .isEqualTo("http://" + id + "--" + app + ".localhost:" + platform.port() + "/");
    String host = id + "--" + app + ".localhost";
    assertThat(visitor.visit(host, "/").mustBe(404).text())
        .contains("git push parigot fix/rounding", "/git/" + app + ".git");

    ada.deploy(id + "--" + app, HELLO).mustBe(201);

    assertThat(visitor.visit(host, "/").mustBe(200).type()).startsWith("text/html");
    assertThat(visitor.visit(app + ".localhost", "/").mustBe(404).text()).contains("first push");
    assertThat(ada.get(staging + "/" + id).mustBe(200).json().get("branch").stringValue())
        .isEqualTo("fix/rounding");
  }

  @Test
  void itIsAnAppOfItsOwnThatIsInNoListOfApps() {
    stage("feature", HELLO);

    JsonNode told = ada.get("apps/feature--" + app).mustBe(200).json();
    assertThat(told.get("situation").stringValue()).isEqualTo("staging");
    assertThat(told.get("branch").stringValue()).isEqualTo("feature");
    assertThat(told.get("gitUrl").stringValue()).endsWith("/git/" + app + ".git");
    assertThat(ada.get("apps/" + app).json().get("situation").stringValue())
        .isEqualTo("production");
    assertThat(ada.get("apps").items())
        .extracting(it -> it.get("name").stringValue())
        .containsExactly(app);
    assertThat(ada.get("apps/feature--" + app + "/services").items()).hasSize(2);
    assertThat(ada.get("apps/" + app + "/services").items()).isEmpty();
    ada.get("apps/feature--" + app + "/staging").mustBeProblem(404, "in-staging");
    ada.post("apps/feature--" + app + "/demos", "{\"name\": \"x\"}")
        .mustBeProblem(404, "in-staging");
  }

  @Test
  void dataAndConfigurationOfOneAreNotTheOthers() {
    ada.deploy(app, LINKS).mustBe(201);
    stage("feature", LINKS);
    shorten("feature--" + app, "https://example.org/staging");
    ada.patch("apps/feature--" + app + "/config", "{\"A\": \"1\"}").mustBe(200);

    assertThat(links("feature--" + app)).contains("example.org/staging");
    assertThat(links(app)).doesNotContain("example.org");
    assertThat(ada.get("apps/" + app + "/config").text()).isEqualTo("{}");
  }

  @Test
  void whatDiffersFromProductionIsListedByBranch() {
    ada.deploy(app, LINKS).mustBe(201);
    stage("same", LINKS);
    stage("other", HELLO);
    ada.post(staging, "{\"branch\": \"empty\"}").mustBe(201);
    ada.patch("apps/same--" + app + "/config", "{\"A\": \"1\"}").mustBe(200);

    var found = ada.get(staging).mustBe(200).items();

    assertThat(found)
        .extracting(it -> it.get("branch").stringValue())
        .containsExactly("empty", "other", "same");
    assertThat(found.getFirst().get("difference").isNull()).isTrue();
    JsonNode other = found.get(1).get("difference");
    assertThat(other.get("services").valueStream())
        .extracting(it -> it.get("change").stringValue() + " " + it.get("name").stringValue())
        .containsExactly("added greeter", "added phrases", "removed links", "removed export");
    assertThat(other.get("site").get("added").toString()).contains("index.html");
    JsonNode same = found.getLast().get("difference");
    assertThat(same.get("services")).isEmpty();
    assertThat(same.get("config").get("added").toString()).isEqualTo("[\"A\"]");
    assertThat(ada.get(staging + "?limit=1&after=empty").items())
        .extracting(it -> it.get("branch").stringValue())
        .containsExactly("other");
  }

  @Test
  void aPromotionIsANewReleaseInProduction() {
    ada.deploy(app, LINKS).mustBe(201);
    shorten(app, "https://example.org/kept");
    stage("feature", HELLO);

    JsonNode release = ada.post(staging + "/feature/promote", "").mustBe(201).json();

    assertThat(release.get("number").intValue()).isEqualTo(2);
    assertThat(release.get("state").stringValue()).isEqualTo("live");
    assertThat(release.get("origin").stringValue()).isEqualTo("promotion");
    assertThat(release.get("promotedBranch").stringValue()).isEqualTo("feature");
    assertThat(release.get("promotedRelease").intValue()).isEqualTo(1);
    assertThat(visitor.visit(app + ".localhost", "/").mustBe(200).type()).startsWith("text/html");
    ada.post(staging + "/feature/promote", "").mustBeProblem(409, "promotion-changes-nothing");
    ada.post("apps/" + app + "/rollback", "{\"release\": 1}").mustBe(201);
    assertThat(links(app)).contains("example.org/kept");
  }

  @Test
  void aPromotionTellsWhatItDoes() {
    stage("feature", HELLO);

    String events = ada.watch(staging + "/feature/promote", "application/json", new byte[0]).text();

    assertThat(events)
        .containsSubsequence(
            "event: step",
            "Promoting v1 of feature",
            "Added: greeter, phrases",
            "Launching v1",
            "event: detail",
            "http://" + app + ".localhost:" + platform.port() + "/  live in",
            "event: release");
  }

  @Test
  void aBranchThatIsDeletedIsGoneWithItsDataAndItsAddress() {
    ada.deploy(app, LINKS).mustBe(201);
    stage("feature", LINKS);
    shorten("feature--" + app, "https://example.org/staging");

    ada.delete(staging + "/feature").mustBe(204);

    ada.get(staging + "/feature").mustBeProblem(404, "no-such-staging");
    ada.get("apps/feature--" + app + "/releases").mustBeProblem(404, "not-found");
    assertThat(visitor.visit("feature--" + app + ".localhost", "/links/").mustBe(404).text())
        .contains("staging of a branch");
    visitor.visit(app + ".localhost", "/links/").mustBe(200);
    stage("feature", LINKS);
    assertThat(links("feature--" + app)).doesNotContain("example.org");
  }

  @Test
  void anAppThatIsDeletedLeavesNoBranch() {
    stage("feature", HELLO);
    visitor.visit("feature--" + app + ".localhost", "/").mustBe(200);

    ada.delete("apps/" + app).mustBe(204);

    visitor.visit("feature--" + app + ".localhost", "/").mustBe(404);
    ada.get("apps/feature--" + app).mustBeProblem(404, "not-found");
  }

  @Test
  void whatCanNotBeInStagingIsRefused() {
    ada.post(staging, "{\"branch\": \"main\"}").mustBeProblem(409, "branch-is-production");
    ada.post(staging, "{\"branch\": \"a..b\"}").mustBeProblem(400, "branch-invalid");
    ada.post(staging, "{}").mustBeProblem(400, "invalid-request");
    for (int i = 0; i < 20; i++) {
      ada.post(staging, "{\"branch\": \"b" + i + "\"}").mustBe(201);
    }
    ada.post(staging, "{\"branch\": \"one-more\"}").mustBeProblem(409, "staging-full");
    ada.post(staging, "{\"branch\": \"b1\"}").mustBeProblem(409, "staging-exists");
    ada.post(staging + "/b1/promote", "").mustBeProblem(409, "nothing-to-promote");
  }

  private void stage(String branch, Path folder) {
    ada.post(staging, "{\"branch\": \"" + branch + "\"}").mustBe(201);
    ada.deploy(branch + "--" + app, folder).mustBe(201);
  }

  private void shorten(String where, String url) {
    visitor
        .visit(
            where + ".localhost",
            "POST",
            "/links/",
            BodyPublishers.ofString("url=" + URLEncoder.encode(url, StandardCharsets.UTF_8)))
        .mustBe(201);
  }

  private String links(String where) {
    return visitor.visit(where + ".localhost", "/export/links.csv").mustBe(200).text();
  }
}
