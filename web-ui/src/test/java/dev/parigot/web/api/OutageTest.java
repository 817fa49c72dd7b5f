package dev.parigot.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.artifact.EmbeddedS3;
import dev.parigot.artifact.S3Settings;
import dev.parigot.web.testing.Client;
import dev.parigot.web.testing.Running;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told while something that the platform depends on does not work. */
class OutageTest {
  @TempDir Path folder;

  @Test
  void aDatabaseThatIsGoneIsTemporaryAndNoDefect() throws Exception {
    EmbeddedPostgres postgres = EmbeddedPostgres.start();
    try (Running platform =
        Running.with(
            "--parigot.database.url=" + postgres.getJdbcUrl("postgres", "postgres"),
            "--parigot.database.user=postgres")) {
      Client ada = platform.account();
      ada.get("apps").mustBe(200);
      postgres.close();

      ada.get("apps").mustBeProblem(503, "database-unreachable");
      platform
          .stranger()
          .post(
              "accounts",
              "{\"email\": \"late@example.org\", \"password\": \"correct horse\", \"name\": \"L\"}")
          .mustBeProblem(503, "database-unreachable");
      Client.Answer git =
          ada.basic(ada.email(), Client.PASSWORD)
              .visit("localhost", "/git/x.git/info/refs?service=git-receive-pack")
              .mustBe(503);
      assertThat(git.text()).contains("database does not answer").doesNotContain("\tat ");
      assertThat(platform.stranger().visit("localhost", "/health").mustBe(503).text())
          .contains("down");
    } finally {
      postgres.close();
    }
  }

  @Test
  void anArtifactStoreThatIsGoneFailsADeploymentAndLeavesTheAppAlone() {
    EmbeddedS3 s3 = EmbeddedS3.start(folder, new SecureRandom());
    S3Settings settings = s3.settings();
    try (Running platform =
        Running.with(
            "--parigot.s3.endpoint=" + settings.endpoint(),
            "--parigot.s3.access-key=" + settings.accessKey(),
            "--parigot.s3.secret-key=" + settings.secretKey(),
            "--parigot.s3.bucket=" + settings.bucket())) {
      Client ada = platform.account();
      ada.create("storeless");
      s3.close();

      ada.deploy("storeless", Path.of("../examples/hello"))
          .mustBeProblem(503, "artifact-store-unreachable");
      assertThat(ada.get("apps/storeless/releases").mustBe(200).items()).isEmpty();
    }
  }
}
