package dev.parigot.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.app.App;
import dev.parigot.app.AppName;
import dev.parigot.engine.CallOutcome;
import dev.parigot.release.Release;
import dev.parigot.release.ReleasedService;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An app that means harm beside a quiet one. */
@Timeout(300)
class HostileNeighbourTest {
  private static final Duration SHORT = Duration.ofMillis(500);

  @TempDir Path folder;
  private TestPlatform platform;
  private App quiet;

  @BeforeEach
  void open() {
    platform = new TestPlatform(folder, new FleetSettings(4, 4, 4, 50, 4, Duration.ofMillis(10)));
    quiet = platform.apps.create(platform.owner(), AppName.of("quiet"));
    ReleasedService hello =
        TestPlatform.sized(platform.service("hello", "hello"), 0, 4, Duration.ofMinutes(2));
    Release release =
        platform.releases.create(
            quiet.id(), null, "ada@example.org", Release.Contents.of(List.of(hello)));
    platform.fleet.activate(platform.fleet.start(release));
  }

  @AfterEach
  void close() {
    platform.close();
  }

  @ParameterizedTest
  @CsvSource({
    "loop, 408",
    "flood, 408",
    "recurse, 500",
    "recurse_over_imports, 500",
    "trap, 500",
    "answer_gigabytes, 500"
  })
  void theCallerGetsTheCodeAndTheNeighbourGoesOn(String method, int code) {
    boolean endless = code == 408;
    deployHostile(endless ? SHORT : Duration.ofMinutes(2));
    assertThat(hostile(method).code()).isEqualTo(code);
    assertQuietGoesOn();
  }

  @Test
  void anInstanceThatTrappedIsReplaced() {
    deployHostile(Duration.ofMinutes(2));
    assertThat(hostileText("count")).isEqualTo("1");
    assertThat(hostileText("count")).isEqualTo("2");
    hostile("trap");
    assertThat(hostileText("count")).isEqualTo("1");
  }

  @Test
  void aRequestForWhichThereIsNoRoomIsA507() {
    deployHostile(Duration.ofMinutes(2));
    CallOutcome outcome =
        platform.fleet.call(platform.app.id(), "hostile", "take", new byte[60_001]);
    assertThat(outcome.code()).isEqualTo(507);
    assertQuietGoesOn();
  }

  @Test
  void manyLoopsAtOnceTakeNoMoreThanTheirShare() {
    deployHostile(Duration.ofSeconds(3));
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<Integer>> loops =
          Stream.generate(
                  () -> CompletableFuture.supplyAsync(() -> hostile("loop").code(), callers))
              .limit(30)
              .toList();
      assertQuietGoesOn();
      assertThat(loops.stream().map(CompletableFuture::join)).containsOnly(408, 429).contains(429);
    }
  }

  @Test
  void callsThatMultiplyAreRefusedAtABoundAndTheNeighbourGoesOn() {
    deployHostile(Duration.ofSeconds(5));
    assertThat(hostile("multiply").code()).isZero();
    assertQuietGoesOn();
    assertThat(hostileText("count")).isNotEmpty();
  }

  @Test
  void aServiceThatWaitsForItselfEndsAtItsDeadline() {
    deployHostile(Duration.ofSeconds(2));
    assertThat(hostile("recurse_by_waiting").code()).isEqualTo(408);
    assertQuietGoesOn();
  }

  private void deployHostile(Duration timeout) {
    platform.deploy(TestPlatform.sized(platform.service("hostile", "hostile"), 0, 4, timeout));
  }

  private CallOutcome hostile(String method) {
    return platform.fleet.call(platform.app.id(), "hostile", method, new byte[0]);
  }

  private String hostileText(String method) {
    return platform.returned("hostile", method, "");
  }

  private void assertQuietGoesOn() {
    for (int i = 0; i < 20; i++) {
      byte[] request = ("call " + i).getBytes(StandardCharsets.UTF_8);
      assertThat(platform.fleet.call(quiet.id(), "hello", "echo", request))
          .isInstanceOfSatisfying(
              CallOutcome.Returned.class,
              returned -> assertThat(returned.response()).isEqualTo(request));
    }
  }
}
