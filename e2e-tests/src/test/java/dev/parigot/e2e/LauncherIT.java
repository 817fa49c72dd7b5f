package dev.parigot.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code ./parigot}, as it is typed. */
class LauncherIT {
  @TempDir Path data;

  @Test
  void aSecondUpOnTheSameDataIsRefusedWithTheReason() throws Exception {
    try (Platform first = Platform.up(data);
        Platform second = Platform.launch(data, Platform.freePort())) {
      assertThat(second.awaitReady()).isFalse();
      assertThat(second.awaitExit()).isEqualTo(3);
      assertThat(second.output())
          .contains("in use")
          .contains(data.toString())
          .doesNotContain("\tat ");
      Rest.anonymous(first).get("apps").mustBe(401);
    }
  }

  @Test
  void aPortInUseIsRefusedWithTheReason() throws Exception {
    try (ServerSocket taken = new ServerSocket(0);
        Platform platform = Platform.launch(data, taken.getLocalPort())) {
      assertThat(platform.awaitReady()).isFalse();
      assertThat(platform.awaitExit()).isEqualTo(3);
      assertThat(platform.output())
          .contains(String.valueOf(taken.getLocalPort()))
          .doesNotContain("\tat ");
    }
  }

  @Test
  void ctrlCStopsItCleanlyAndTheNextStartHasEverything() throws Exception {
    try (Platform platform = Platform.up(data)) {
      Rest.signUp(platform, "ada@example.org", "correct horse")
          .post("apps", Map.of("name", "kept"))
          .mustBe(201);
      platform.interrupt();
      assertThat(platform.awaitExit()).isIn(0, 130);
      assertThat(platform.output()).doesNotContain("Exception");
    }
    try (Platform again = Platform.up(data)) {
      Rest.signIn(again, "ada@example.org", "correct horse").get("apps/kept").mustBe(200);
    }
  }

  @Test
  void wrongUsageEndsWithTwoAndTellsTheUsage() throws Exception {
    assertThat(run("fly")).isEqualTo(2);
    assertThat(run("up", "--prot", "1")).isEqualTo(2);
    assertThat(run("up", "--port", "eighty")).isEqualTo(2);
  }

  /** Looks for a version that nobody has, so that every JDK of this machine is another one. */
  @Test
  void aJdkOfAnotherVersionIsRefusedByName() throws Exception {
    String script = Files.readString(Platform.root().resolve(".mvn/find-jdk.sh"));
    Path wanting =
        Files.writeString(data.resolve("find-jdk.sh"), script.replace("jdk=25", "jdk=1"));
    String home = System.getProperty("java.home");
    ProcessBuilder builder = new ProcessBuilder("sh", wanting.toString()).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", home);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(output)
        .contains(
            "Parigot needs a JDK 1, and found none.",
            "JDK " + Runtime.version().feature() + " in " + home,
            "set JAVA_HOME");
  }

  private int run(String... arguments) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("./parigot").directory(Platform.root().toFile());
    builder.command().addAll(List.of(arguments));
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(output).contains("parigot up");
    return process.waitFor();
  }
}
