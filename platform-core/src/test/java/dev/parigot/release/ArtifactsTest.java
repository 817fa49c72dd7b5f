package dev.parigot.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parigot.artifact.ArtifactStore;
import dev.parigot.artifact.Digest;
import dev.parigot.artifact.EmbeddedS3;
import dev.parigot.database.Database;
import dev.parigot.database.TestDatabase;
import dev.parigot.problem.Problem;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactsTest {
  @TempDir Path folder;
  private final Database database = TestDatabase.H2.empty();
  private final Ledger ledger =
      new Ledger(database.jdbc(), database.transactions(), Clock.systemUTC());

  @Test
  void failuresOfTheStoreAreExternalProblems() {
    EmbeddedS3 s3 = EmbeddedS3.start(folder, new SecureRandom());
    try (s3;
        ArtifactStore store = ArtifactStore.open(s3.settings())) {
      Artifacts artifacts = new Artifacts(store, ledger);
      String digest = artifacts.put(new byte[] {1, 2, 3});
      assertThat(artifacts.get(digest)).containsExactly(1, 2, 3);

      assertExternal(
          "artifact-missing", () -> artifacts.get(Digest.sha256(new byte[0]).toString()));
    }
    try (ArtifactStore store = stopped()) {
      Artifacts artifacts = new Artifacts(store, ledger);
      assertExternal("artifact-store-unreachable", () -> artifacts.put(new byte[] {4}));
    }
  }

  private ArtifactStore stopped() {
    try (EmbeddedS3 s3 = EmbeddedS3.start(folder, new SecureRandom())) {
      return ArtifactStore.open(s3.settings());
    }
  }

  private static void assertExternal(String type, Runnable call) {
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(call::run)
        .returns(Problem.Kind.EXTERNAL, Problem::kind)
        .returns(503, Problem::status)
        .returns(type, Problem::type);
  }
}
