package dev.parigot.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parigot.artifact.ArtifactException.Reason;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Over the S3 protocol, against the embedded service. */
class ArtifactStoreTest {
  @TempDir Path folder;
  private EmbeddedS3 s3;
  private ArtifactStore store;

  @BeforeEach
  void start() {
    s3 = EmbeddedS3.start(folder, new SecureRandom());
    store = ArtifactStore.open(s3.settings());
  }

  @AfterEach
  void stop() {
    store.close();
    s3.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1000, 5 << 20, (5 << 20) + 1, 64 << 20})
  void givesBackWhatItWasGiven(int size) {
    byte[] content = random(size);

    Digest digest = store.put(content);

    assertThat(digest).isEqualTo(Digest.sha256(content));
    assertThat(store.exists(digest)).isTrue();
    assertThat(store.get(digest)).isEqualTo(content);
    try (ArtifactStore other = ArtifactStore.open(s3.settings())) {
      assertThat(other.get(digest)).isEqualTo(content);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 1 << 20})
  void puttingAgainChangesNothing(int size) throws IOException {
    byte[] content = random(size);
    Digest digest = store.put(content);
    Object identity = Files.getAttribute(file(digest), "unix:ino");

    assertThat(store.put(content)).isEqualTo(digest);

    assertThat(Files.getAttribute(file(digest), "unix:ino")).isEqualTo(identity);
  }

  @Test
  void manyMayPutTheSameAtATime() throws Exception {
    byte[] content = random(200_000);
    List<Callable<Digest>> puts = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      puts.add(() -> store.put(content));
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(puts.size())) {
      for (Future<Digest> put : threads.invokeAll(puts)) {
        assertThat(put.get()).isEqualTo(Digest.sha256(content));
      }
    }
    assertThat(files()).containsExactly(file(Digest.sha256(content)));
  }

  @Test
  void whatACallerDoesToItsBytesIsItsOwnAffair() {
    Digest digest = store.put(bytes("mine"));
    store.get(digest)[0] = 'f';
    store.get(digest)[0] = 'f';
    assertThat(store.get(digest)).isEqualTo(bytes("mine"));
  }

  @Test
  void anAbsentArtifactIsMissing() {
    Digest absent = Digest.sha256(bytes("never put"));
    assertThat(store.exists(absent)).isFalse();
    assertThatExceptionOfType(ArtifactException.class)
        .isThrownBy(() -> store.get(absent))
        .withMessageContaining(absent.toString())
        .returns(Reason.MISSING, ArtifactException::reason);
  }

  @Test
  void otherBytesUnderADigestAreNotGivenOut() throws IOException {
    Digest digest = store.put(bytes("original"));
    Files.write(file(digest), bytes("tampered"));
    assertThatExceptionOfType(ArtifactException.class)
        .isThrownBy(() -> store.get(digest))
        .returns(Reason.DAMAGED, ArtifactException::reason);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 1 << 20})
  void puttingAgainMendsWhatWasCutShort(int size) throws IOException {
    byte[] content = random(size);
    Digest digest = store.put(content);
    Files.write(file(digest), Arrays.copyOf(content, size / 2));

    store.put(content);

    assertThat(store.get(digest)).isEqualTo(content);
  }

  @Test
  void aServiceThatIsAwayIsUnreachable() throws IOException {
    int unused;
    try (ServerSocket socket = new ServerSocket(0)) {
      unused = socket.getLocalPort();
    }
    URI nowhere = URI.create("http://127.0.0.1:" + unused);
    assertThatExceptionOfType(ArtifactException.class)
        .isThrownBy(() -> ArtifactStore.open(at(nowhere, "key", "secret")))
        .withMessageContaining(nowhere.toString())
        .returns(Reason.UNREACHABLE, ArtifactException::reason);

    Digest digest = store.put(bytes("x"));
    s3.close();
    List<Runnable> calls =
        List.of(() -> store.get(digest), () -> store.exists(digest), () -> store.put(bytes("y")));
    assertThat(calls)
        .allSatisfy(call ->
            assertThatExceptionOfType(ArtifactException.class)
                .isThrownBy(call::run)
                .returns(Reason.UNREACHABLE, ArtifactException::reason));
    s3 = EmbeddedS3.start(folder, new SecureRandom());
  }

  @Test
  void wrongCredentialsAreRefused() {
    S3Settings wrong = at(s3.settings().endpoint(), s3.settings().accessKey(), "guessed");
    assertThatExceptionOfType(ArtifactException.class)
        .isThrownBy(() -> ArtifactStore.open(wrong))
        .returns(Reason.UNREACHABLE, ArtifactException::reason);
  }

  @Test
  void everythingIsThereAfterARestart() {
    Digest digest = store.put(bytes("kept"));
    restart();
    assertThat(store.get(digest)).isEqualTo(bytes("kept"));
  }

  @Test
  void whatAKilledUploadLeftIsSweptAtTheNextStart() throws IOException {
    Digest digest = store.put(bytes("kept"));
    Path stray = Path.of(file(digest) + "-6a0e2b5e-0f0f-4f0f-8f0f-0123456789ab");
    Files.write(stray, bytes("ke"));

    restart();

    assertThat(files()).containsExactly(file(digest));
  }

  @Test
  void aFolderIsServedOnce() {
    assertThatExceptionOfType(ArtifactException.class)
        .isThrownBy(() -> EmbeddedS3.start(folder, new SecureRandom()))
        .withMessageContaining(folder.toString());
  }

  @Test
  void settingsDoNotTellTheirSecret() {
    assertThat(s3.settings().toString()).doesNotContain(s3.settings().secretKey());
  }

  private void restart() {
    stop();
    start();
  }

  private S3Settings at(URI endpoint, String accessKey, String secretKey) {
    return new S3Settings(endpoint, accessKey, secretKey, "artifacts", "us-east-1");
  }

  private Path file(Digest digest) {
    String hex = digest.hex();
    return folder.resolve("buckets/artifacts/sha256/" + hex.substring(0, 2) + "/" + hex);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("buckets"))) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private static byte[] random(int size) {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    return content;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
