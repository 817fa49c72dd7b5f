package dev.parigot.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** One account never sees or touches what is another's. */
class IsolationIT {
  private static final String PASSWORD = "correct horse";

  @TempDir Path data;
  @TempDir Path work;

  @Test
  void anotherAccountsAppDoesNotExistByRestOrGit() throws Exception {
    try (Platform platform = Platform.upCold(data)) {
      Rest ada = Rest.signUp(platform, "ada@example.org", PASSWORD);
      Rest eve = Rest.signUp(platform, "eve@example.org", PASSWORD);
      ada.post("apps", Map.of("name", "secret")).mustBe(201);
      Git git = Git.of(Platform.root().resolve("examples/hello"), work.resolve("hello"));
      git.push(
          "http://ada%%40example.org:correct%%20horse@localhost:%d/git/secret.git"
              .formatted(platform.port()),
          "main");

      for (String path : List.of("", "/services", "/releases", "/config", "/logs")) {
        ada.get("apps/secret" + path).mustBe(200);
        Rest.Answer answer = eve.get("apps/secret" + path).mustBe(404);
        assertThat(answer.type()).startsWith("application/problem+json");
        assertThat(answer.text()).isEqualTo(eve.get("apps/secret" + path).mustBe(404).text());
      }
      eve.patch("apps/secret/config", Map.of("KEY", "stolen")).mustBe(404);
      eve.post("apps/secret/rollback", Map.of("release", 1)).mustBe(404);
      eve.delete("apps/secret").mustBe(404);
      assertThat(eve.get("apps").mustBe(200).json().get("items").size()).isZero();

      String remote =
          "http://eve%%40example.org:correct%%20horse@localhost:%d/git/secret.git"
              .formatted(platform.port());
      assertThat(git.run("ls-remote", remote).exit()).isNotZero();
      assertThat(git.commit("Eve was here").run("push", remote, "HEAD:refs/heads/main").exit())
          .isNotZero();
      assertThat(
              git.run("ls-remote", remote.replace("eve%40example.org:correct%20horse@", "")).exit())
          .isNotZero();
      assertThat(ada.get("apps/secret/releases").mustBe(200).json().get("items").size())
          .isEqualTo(1);
      assertThat(ada.get("apps/secret/config").mustBe(200).json().has("KEY")).isFalse();
    }
  }

  @Test
  void aRevokedTokenOpensNothing() throws Exception {
    try (Platform platform = Platform.upCold(data)) {
      Rest ada = Rest.signUp(platform, "ada@example.org", PASSWORD);
      JsonNode made =
          Rest.basic(platform, "ada@example.org", PASSWORD)
              .post("tokens", Map.of("name", "laptop"))
              .mustBe(201)
              .json();
      Rest laptop = Rest.bearer(platform, made.get("token").asString());
      laptop.get("apps").mustBe(200);
      ada.delete("tokens/" + made.get("id").asString()).mustBe(204);
      laptop.get("apps").mustBe(401);
      assertThat(ada.get("tokens").mustBe(200).text()).doesNotContain(made.get("token").asString());
    }
  }
}
