package dev.parigot.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A platform that runs and is used, its backup by one command, and a new platform made of it. */
class BackupIT {
  private static final String PASSWORD = "correct horse";

  private static final String MANIFEST =
      """
      [services.hello]
      wasm = "hello.wasm"
      [services.busy]
      wasm = "busy.wasm"
      public = true
      [services.counter]
      wasm = "counter.wasm"
      public = true
      [queues.letters]
      deliver = "hello.sold_out"
      attempts = 50
      """;

  @TempDir private Path folder;

  private record Ran(int exit, String said) {}

  private Ran parigot(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(Platform.root() + "/parigot"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ran(process.waitFor(), said);
  }

  @Test
  void aPlatformInUseIsSavedAndRestoredWithAllThatItHas() throws Exception {
    Path backup = folder.resolve("monday.zip");
    int acknowledged;
    String commit;
    try (Platform platform = Platform.upCold(folder.resolve("data"))) {
      Rest ada = Rest.signUp(platform, "ada@example.org", PASSWORD);
      commit = deploy(platform, ada);
      AtomicInteger counted = new AtomicInteger();
      AtomicBoolean done = new AtomicBoolean();
      Thread load = Thread.ofVirtual().start(() -> count(ada, counted, done));
      while (counted.get() < 5) {
        Thread.sleep(10);
      }
      acknowledged = counted.get();

      Ran ran = parigot("backup", backup.toString(), "--data", folder.resolve("data").toString());

      assertThat(ran.said()).startsWith("Backup of ").contains(", which runs,", "1 repositories");
      assertThat(ran.exit()).isZero();
      done.set(true);
      load.join();
      assertThat(counted.get()).as("it went on meanwhile").isGreaterThan(acknowledged);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backup)))
          .isEqualTo("rw-------");
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(folder.resolve("data/operator"))))
          .isEqualTo("rw-------");
      ada.delete("apps/counting").mustBe(204);
      assertThat(parigot("backup", backup.toString(), "--data", "data"))
          .isEqualTo(new Ran(1, "parigot: " + backup + " exists already. Name another file.\n"));
    }

    assertThat(parigot("restore", "monday.zip", "--data", "data"))
        .isEqualTo(
            new Ran(
                1,
                "parigot: The data folder "
                    + folder.resolve("data")
                    + " is not empty. Name another one with --data; nothing was changed.\n"));
    damagedOnesAreRefused(backup);
    Ran restored = parigot("restore", "monday.zip", "--data", "restored");
    assertThat(restored.said()).startsWith("Restored the backup of ");
    assertThat(restored.exit()).isZero();
    try (Platform platform = Platform.upCold(folder.resolve("restored"))) {
      Rest ada = Rest.signIn(platform, "ada@example.org", PASSWORD);
      everythingIsThere(platform, ada, acknowledged, commit);
    }
    Ran stopped = parigot("backup", "stopped.zip", "--data", "restored");
    assertThat(stopped.exit()).as(stopped.said()).isZero();
    assertThat(stopped.said()).doesNotContain("which runs");
  }

  /** Answers the commit. */
  private String deploy(Platform platform, Rest ada) throws Exception {
    Path app = Files.createDirectory(folder.resolve("app"));
    Path modules = Platform.root().resolve("platform-core/src/test/resources/modules");
    Files.copy(modules.resolve("hello.wasm"), app.resolve("hello.wasm"));
    Files.copy(
        Platform.root().resolve("cli/src/test/resources/modules/busy.wasm"),
        app.resolve("busy.wasm"));
    Files.copy(
        Platform.root().resolve("wasm-exec/src/test/resources/apps/race/counter.wasm"),
        app.resolve("counter.wasm"));
    Files.writeString(app.resolve("parigot.toml"), MANIFEST);
    ada.post("apps", Map.of("name", "counting")).mustBe(201);
    ada.patch("apps/counting/config", Map.of("CURRENCY", "EUR")).mustBe(200);
    Git git = Git.of(app, folder.resolve("work"));
    git.push(remote(platform), "main");
    ada.call("counting", "busy/write", "a letter").mustBe(200);
    return git.head();
  }

  private static String remote(Platform platform) {
    return "http://ada%%40example.org:%s@localhost:%d/git/counting.git"
        .formatted(PASSWORD.replace(" ", "%20"), platform.port());
  }

  /** Uses it as the world does, until it is told to end. */
  private static void count(Rest ada, AtomicInteger counted, AtomicBoolean done) {
    try {
      while (!done.get() && counted.get() < 250) {
        ada.call("counting", "counter/increment", "").mustBe(200);
        counted.incrementAndGet();
        Thread.sleep(100);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What the app has counted, which is kept as one byte. */
  private static int counted(Rest ada) throws IOException, InterruptedException {
    return ada.callForBytes("counting", "counter/read", new byte[0])[0] & 0xff;
  }

  private void everythingIsThere(Platform platform, Rest ada, int acknowledged, String commit)
      throws Exception {
    int restored = counted(ada);
    assertThat(restored)
        .as("what was acknowledged before the backup began")
        .isBetween(Math.min(acknowledged, 255), 255);
    assertThat(ada.get("apps/counting/config").mustBe(200).text()).contains("EUR");
    assertThat(ada.get("apps/counting/releases").mustBe(200).text()).contains(commit);
    Git clone = Git.clone(remote(platform), folder.resolve("clone"));
    assertThat(clone.head()).isEqualTo(commit);

    // The letter that nobody took is still there, and is delivered once somebody does.
    Path manifest = clone.folder().resolve("parigot.toml");
    Files.writeString(manifest, MANIFEST.replace("hello.sold_out", "counter.increment"));
    clone.commit("Letters are taken").push(remote(platform), "main");
    for (int i = 0; i < 300 && counted(ada) == restored; i++) {
      Thread.sleep(200);
    }
    assertThat(counted(ada)).isEqualTo(restored + 1);
  }

  private void damagedOnesAreRefused(Path backup) throws IOException, InterruptedException {
    byte[] whole = Files.readAllBytes(backup);
    Path damaged = folder.resolve("damaged.zip");
    Files.write(damaged, Arrays.copyOf(whole, whole.length - 100));
    Ran refused = parigot("restore", "damaged.zip", "--data", "nowhere");
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.said()).contains("is no whole backup");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .doesNotContain("nowhere")
          .noneMatch(name -> name.startsWith(".nowhere"));
    }
  }
}
