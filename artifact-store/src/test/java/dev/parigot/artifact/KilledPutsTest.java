package dev.parigot.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process with an embedded S3 service while it takes artifacts. */
class KilledPutsTest {
  private static final int ROUNDS = 3;

  @TempDir Path folder;

  @Test
  void whatWasAcknowledgedIsNeverLost() throws Exception {
    Random random = new Random(1);
    List<Digest> acknowledged = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      acknowledged.addAll(putsUntilKilled(round, 1 + random.nextInt(60)));
    }

    try (EmbeddedS3 s3 = EmbeddedS3.start(folder, new SecureRandom());
        ArtifactStore store = ArtifactStore.open(s3.settings())) {
      assertThat(acknowledged).hasSizeGreaterThan(ROUNDS);
      assertThat(acknowledged)
          .allSatisfy(digest -> assertThat(Digest.sha256(store.get(digest))).isEqualTo(digest));
      assertThat(files()).allMatch(name -> name.matches("[0-9a-f]{64}"));
    }
  }

  private List<Digest> putsUntilKilled(int seed, int puts) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Putter.class.getName(),
                folder.toString(),
                Integer.toString(seed))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<Digest> acknowledged = new ArrayList<>();
    try (BufferedReader lines = process.inputReader(StandardCharsets.US_ASCII)) {
      String line;
      while ((line = lines.readLine()) != null) {
        acknowledged.add(Digest.of(line));
        if (acknowledged.size() == puts) {
          process.toHandle().destroyForcibly();
        }
      }
    }
    return acknowledged;
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("buckets"))) {
      return files.filter(Files::isRegularFile).map(file -> file.getFileName().toString()).toList();
    }
  }

  /** Puts artifacts from four threads, and prints the digest of each that was acknowledged. */
  static final class Putter {
    private Putter() {}

    public static void main(String[] args) {
      EmbeddedS3 s3 = EmbeddedS3.start(Path.of(args[0]), new SecureRandom());
      ArtifactStore store = ArtifactStore.open(s3.settings());
      for (int i = 0; i < 4; i++) {
        Random random = new Random(Long.parseLong(args[1]) * 4 + i);
        Thread.ofPlatform().start(() -> putForever(store, random));
      }
    }

    private static void putForever(ArtifactStore store, Random random) {
      while (true) {
        byte[] content = new byte[random.nextInt(500_000)];
        random.nextBytes(content);
        Digest digest = store.put(content);
        synchronized (System.out) {
          System.out.println(digest);
          System.out.flush();
        }
      }
    }
  }
}
