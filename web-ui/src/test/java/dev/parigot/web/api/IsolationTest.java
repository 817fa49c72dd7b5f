package dev.parigot.web.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.web.testing.Client;
import dev.parigot.web.testing.Running;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One account never sees or touches what is another's; a stranger nothing at all. */
class IsolationTest {
  private static final String APP = "isolated";

  /** Every call that is about one app, by method and path below the app's, with a valid body. */
  private static final Map<String, String> CALLS =
      Map.ofEntries(
          Map.entry("GET ", ""),
          Map.entry("DELETE ", ""),
          Map.entry("GET /services", ""),
          Map.entry("GET /services/{service}/load", ""),
          Map.entry("GET /scaling", ""),
          Map.entry("GET /releases", ""),
          Map.entry("POST /releases", ""),
          Map.entry("POST /uploads", "{\"digests\": []}"),
          Map.entry("PUT /blobs/{digest}", "the bytes"),
          Map.entry("GET /releases/{number}", ""),
          Map.entry("GET /releases/{number}/changes", ""),
          Map.entry("POST /rollback", "{\"release\": 1}"),
          Map.entry("GET /tests", ""),
          Map.entry("GET /timing", ""),
          Map.entry("GET /traces", ""),
          Map.entry("GET /timing/{run}/traces/{test}", ""),
          Map.entry("GET /tests/{run}/failures/{test}", ""),
          Map.entry("PUT /tests/{run}/failures/{test}/link", ""),
          Map.entry("DELETE /tests/{run}/failures/{test}/link", ""),
          Map.entry("POST /timing", "{\"schedules\": 1}"),
          Map.entry("GET /timing/{run}", ""),
          Map.entry("POST /timing/{run}/stop", ""),
          Map.entry("POST /timing/{run}/continue", ""),
          Map.entry("POST /services/{service}/methods/{method}", ""),
          Map.entry("GET /domains", ""),
          Map.entry("POST /domains", "{\"host\": \"stolen.example.org\"}"),
          Map.entry("GET /domains/{host}", ""),
          Map.entry("POST /domains/{host}/verify", ""),
          Map.entry("DELETE /domains/{host}", ""),
          Map.entry("GET /config", ""),
          Map.entry("PATCH /config", "{\"STOLEN\": \"yes\"}"),
          Map.entry("GET /secrets", ""),
          Map.entry("PATCH /secrets", "{\"STOLEN\": \"yes\"}"),
          Map.entry("GET /cron", ""),
          Map.entry("POST /cron/{name}/run", ""),
          Map.entry("GET /cron/{name}/runs", ""),
          Map.entry("GET /cron/{name}/runs/{run}", ""),
          Map.entry("GET /queues", ""),
          Map.entry("POST /history", ""),
          Map.entry("GET /queues/{name}/dead", ""),
          Map.entry("DELETE /queues/{name}/dead", ""),
          Map.entry("POST /queues/{name}/dead/resend", ""),
          Map.entry("GET /queues/{name}/dead/{message}", ""),
          Map.entry("DELETE /queues/{name}/dead/{message}", ""),
          Map.entry("POST /queues/{name}/dead/{message}/resend", ""),
          Map.entry("GET /channels", ""),
          Map.entry("GET /channels/{name}", ""),
          Map.entry("POST /channels/{name}", "\"stolen\""),
          Map.entry("GET /users", ""),
          Map.entry("GET /users/{id}", ""),
          Map.entry("PATCH /users/{id}", "{\"blocked\": true}"),
          Map.entry("DELETE /users/{id}", ""),
          Map.entry("GET /demos", ""),
          Map.entry("POST /demos", "{\"name\": \"stolen\"}"),
          Map.entry("GET /demos/{id}", ""),
          Map.entry("PATCH /demos/{id}", "{\"paused\": true}"),
          Map.entry("DELETE /demos/{id}", ""),
          Map.entry("GET /staging", ""),
          Map.entry("POST /staging", "{\"branch\": \"stolen\"}"),
          Map.entry("GET /staging/{branch}", ""),
          Map.entry("DELETE /staging/{branch}", ""),
          Map.entry("POST /staging/{branch}/promote", ""),
          Map.entry("GET /logs", ""),
          Map.entry("GET /logs?follow=true", ""),
          Map.entry("GET /channels/{name}?follow=true", ""));

  private static Running platform;
  private static Client owner;
  private static Client other;
  private static String demo;

  @BeforeAll
  static void makeTheApp() {
    platform = Running.shared();
    owner = platform.account();
    other = platform.account();
    owner.create(APP);
    owner.deploy(APP, Path.of("../examples/hello")).mustBe(201);
    owner.post("apps/" + APP + "/staging", "{\"branch\": \"hers\"}").mustBe(201);
    demo =
        owner
            .post("apps/" + APP + "/demos", "{\"name\": \"hers\"}")
            .mustBe(201)
            .json()
            .get("id")
            .stringValue();
  }

  static Stream<Arguments> calls() {
    return CALLS.entrySet().stream()
        .map(call -> {
          String[] parts = call.getKey().split(" ", 2);
          return Arguments.of(parts[0], parts[1], call.getValue());
        });
  }

  @ParameterizedTest(name = "{0} apps/(app){1}")
  @MethodSource("calls")
  void anotherAccountsAppIsAnsweredLikeNone(String method, String path, String body) {
    Client.Answer others = send(other, method, "apps/" + APP + path, body);
    Client.Answer none = send(other, method, "apps/nobodys-app" + path, body);

    others.mustBeProblem(404, "not-found");
    assertThat(others.text().replace(APP, "nobodys-app")).isEqualTo(none.text());
    owner.get("apps/" + APP).mustBe(200);
    assertThat(owner.get("apps/" + APP + "/releases").items()).hasSize(1);
    assertThat(owner.get("apps/" + APP + "/demos").items())
        .extracting(it -> it.get("state").stringValue())
        .containsExactly("open");
    assertThat(owner.get("apps/" + APP + "/staging").items())
        .extracting(it -> it.get("branch").stringValue())
        .containsExactly("hers");
    assertThat(owner.get("apps/" + APP + "/config").text()).isEqualTo("{}");
    assertThat(owner.get("apps/" + APP + "/secrets").items()).isEmpty();
  }

  @ParameterizedTest(name = "{0} apps/(app){1}")
  @MethodSource("calls")
  void aStrangerIsAskedForAToken(String method, String path, String body) {
    Client.Answer refused = send(platform.stranger(), method, "apps/" + APP + path, body);

    refused.mustBeProblem(401, "unauthenticated");
    assertThat(refused.headers().firstValue("WWW-Authenticate")).isPresent();
    assertThat(refused.headers().firstValue("Set-Cookie")).isEmpty();
  }

  /** So that a new call can't be forgotten above. */
  @Test
  void theseAreAllCallsThatTheDescriptionHas() {
    Set<String> described = new TreeSet<>();
    platform
        .stranger()
        .get("openapi.json")
        .mustBe(200)
        .json()
        .get("paths")
        .properties()
        .forEach(path -> {
          if (path.getKey().startsWith("/api/v1/apps/{app}")) {
            path.getValue()
                .propertyNames()
                .forEach(method ->
                    described.add(
                        method.toUpperCase(java.util.Locale.ROOT)
                            + " "
                            + path.getKey().substring("/api/v1/apps/{app}".length())));
          }
        });
    Set<String> checked = new TreeSet<>(CALLS.keySet());
    checked.removeIf(call -> call.contains("?"));

    assertThat(described).isEqualTo(checked);
  }

  @Test
  void listsHoldOnlyOnesOwn() {
    assertThat(other.get("apps").mustBe(200).items()).isEmpty();
    String id = owner.get("tokens").items().getFirst().get("id").asString();

    assertThat(other.get("tokens").items()).noneMatch(it -> it.get("id").asString().equals(id));
    other.delete("tokens/" + id).mustBeProblem(404, "not-found");
    owner.get("apps").mustBe(200);
  }

  private static Client.Answer send(
      Client client, String method, String template, @Nullable String body) {
    String path =
        template
            .replace("{id}", demo)
            .replace("{branch}", "hers")
            .replace("{service}", "greeter")
            .replace("{name}", "orders")
            .replace("{host}", "stolen.example.org")
            .replace("{method}", "greet")
            .replace("{test}", "a.test")
            .replaceAll("\\{(run|message|number)}", "1");
    if (path.endsWith("/releases") && method.equals("POST")) {
      return client.upload(path, Client.archive(Path.of("../examples/hello")));
    }
    if (path.endsWith("/blobs/{digest}")) {
      String app = path.split("/", -1)[1];
      return client.send(app, "sha256:" + "0".repeat(64), String.valueOf(body).getBytes(UTF_8));
    }
    return client.call(method, path, body == null || body.isEmpty() ? null : body);
  }
}
