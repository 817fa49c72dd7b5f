package dev.parigot.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Deployments while the app is being called, from a process of its own. */
class DeploysIT {
  private static final int DEPLOYS = 50;
  private static final String GREETING = "{\"name\":\"Ada\"}";

  /** A custom section without content; each more makes it another module that does the same. */
  private static final byte[] SECTION = {0, 2, 1, 'n'};

  @TempDir Path data;
  @TempDir Path work;

  @Test
  void noCallFailsDuringFiftyDeploysInARow() throws Exception {
    try (Platform platform = Platform.upCold(data)) {
      Rest rest = Rest.signUp(platform, "ada@example.org", "correct horse");
      rest.post("apps", Map.of("name", "hello")).mustBe(201);
      Path app = work.resolve("hello");
      Git.of(Platform.root().resolve("examples/hello"), app);
      rest.deploy("hello", archive(app)).mustBe(201);
      rest.call("hello", "greeter/greet", GREETING).mustBe(200);

      Load.Outcome outcome;
      try (Load load = Load.on(platform, "hello", "greeter/greet", GREETING)) {
        for (int i = 0; i < DEPLOYS; i++) {
          Files.write(app.resolve("build/phrases.wasm"), SECTION, StandardOpenOption.APPEND);
          JsonNode release = rest.deploy("hello", archive(app)).mustBe(201).json();
          assertThat(release.get("state").asString()).isEqualTo("live");
          assertThat(release.get("changed").toString()).isEqualTo("[\"phrases\"]");
          assertThat(release.get("unchanged").toString()).isEqualTo("[\"greeter\"]");
        }
        outcome = load.stop();
      }
      System.out.printf("%d deploys, %d calls meanwhile%n", DEPLOYS, outcome.calls());
      assertThat(outcome.failures()).isEmpty();
      assertThat(outcome.calls()).isGreaterThan(DEPLOYS);
      JsonNode newest = rest.get("apps/hello/releases").mustBe(200).json().get("items").get(0);
      assertThat(newest.get("number").asInt()).isEqualTo(DEPLOYS + 1);
    }
  }

  private byte[] archive(Path app) throws IOException, InterruptedException {
    Path archive = work.resolve("app.tar.gz");
    Process tar =
        new ProcessBuilder(
                "tar", "czf", archive.toString(), "--exclude=.git", "-C", app.toString(), ".")
            .inheritIO()
            .start();
    assertThat(tar.waitFor()).isZero();
    return Files.readAllBytes(archive);
  }
}
