package dev.parigot.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parigot.fleet.TestPlatform;
import dev.parigot.manifest.ChannelRules;
import dev.parigot.manifest.Manifest;
import dev.parigot.problem.Problem;
import dev.parigot.release.Release;
import dev.parigot.release.ReleasedService;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TimingRunsTest {
  private static final String BY = "ada@example.org";
  private static final Path RACE = Path.of("../wasm-exec/src/test/resources/apps/evil/h1");
  private static final String TEST = "evil.test_no_image_outlives_its_account";

  @TempDir Path folder;
  TestPlatform platform;
  TimingRuns runs;
  final ExecutorService threads = Executors.newCachedThreadPool();

  @BeforeEach
  void open() {
    platform = new TestPlatform(folder);
    runs =
        new TimingRuns(
            platform.gate,
            platform.gateRuns,
            platform.releases,
            platform.artifacts,
            threads,
            Clock.systemUTC());
  }

  @AfterEach
  void close() {
    runs.close();
    threads.shutdown();
    platform.close();
  }

  @Test
  void whatIsLiveIsTriedWithTheTestsThatWereDeployedWithIt() throws Exception {
    live("buggy");

    GateRun run = runs.start(platform.app, wish(List.of("gallery", "account"), 200), BY);

    assertThat(run.outcome()).isEqualTo(GateRun.Outcome.RUNNING);
    GateRun ended = ended(run);
    assertThat(ended.outcome()).isEqualTo(GateRun.Outcome.FAILED);
    assertThat(ended.failures()).containsExactly(TEST);
    assertThat(platform.gateRuns.picture(ended, TEST)).isPresent();
    assertThat(ended.wish()).extracting(Wish::release).isEqualTo(1);
  }

  @Test
  void oneThatWasStoppedGoesOnFromTheScheduleThatItCameTo() throws Exception {
    live("fixed");
    GateRun run = runs.start(platform.app, wish(List.of("gallery"), 100_000), BY);
    GateRun some = when(run, each -> each.schedules() > 0);
    Problem second =
        catchThrowableOfType(Problem.class, () -> runs.start(platform.app, wish(List.of(), 1), BY));
    assertThat(second.status()).isEqualTo(409);
    assertThat(Progress.of(some).secondsLeft()).isPositive();

    assertThat(runs.stop(platform.app, run.id()).outcome()).isEqualTo(GateRun.Outcome.STOPPED);
    GateRun resumed = runs.resume(platform.app, run.id());
    int before = resumed.schedules();

    assertThat(before).isGreaterThanOrEqualTo(some.schedules());
    int covered = resumed.timing().getFirst().classes();
    assertThat(covered).isPositive();
    assertThat(when(run, each -> each.schedules() > before).outcome())
        .isEqualTo(GateRun.Outcome.RUNNING);
    assertThat(runs.stop(platform.app, run.id()).outcome()).isEqualTo(GateRun.Outcome.STOPPED);
    runs.close();
    assertThat(platform.gateRuns.uncover(run.id(), TEST).kept().length)
        .isGreaterThan(Long.BYTES * covered);
  }

  @Test
  void oneWhosePlatformHasEndedIsToldAsStoppedAndGoesOn() throws Exception {
    live("fixed");
    GateRun run = runs.start(platform.app, wish(List.of("gallery"), 100_000), BY);
    Clock later = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(1));
    GateRuns restarted = new GateRuns(platform.jdbc, later);

    assertThat(restarted.of(platform.app, 0, 1).getFirst().outcome())
        .isEqualTo(GateRun.Outcome.STOPPED);
    assertThat(platform.gateRuns.resume(run.id())).isFalse();
    assertThat(restarted.resume(run.id())).isTrue();
    assertThat(restarted.of(platform.app, 0, 1).getFirst().outcome())
        .isEqualTo(GateRun.Outcome.RUNNING);
  }

  @Test
  void whatThereIsNotIsToldWithWhatThereIs() throws Exception {
    live("fixed");

    Problem problem =
        catchThrowableOfType(
            Problem.class, () -> runs.start(platform.app, wish(List.of("galery"), 1), BY));

    assertThat(problem.status()).isEqualTo(400);
    assertThat(problem.what()).contains("galery");
    assertThat(problem.next()).contains("gallery");
  }

  @Test
  void aReleaseWithoutTestsCannotBeTried() {
    platform.deploy(platform.service("hello", "hello"));

    Problem problem =
        catchThrowableOfType(Problem.class, () -> runs.start(platform.app, wish(List.of(), 1), BY));

    assertThat(problem.status()).isEqualTo(409);
    assertThat(problem.type()).isEqualTo("no-tests");
  }

  @Test
  void aFailureIsSharedByALinkUntilThatIsRevoked() throws Exception {
    live("buggy");
    GateRun run = ended(runs.start(platform.app, wish(List.of(), 200), BY));
    SharedFailures shared =
        new SharedFailures(platform.jdbc, new SecureRandom(), Clock.systemUTC());

    String label = shared.share(run, TEST, BY).orElseThrow();

    assertThat(shared.share(run, TEST, BY)).contains(label);
    assertThat(SharedFailures.isLabel(label)).isTrue();
    assertThat(shared.find(label)).isPresent();
    assertThat(shared.rerun(label).orElseThrow()).contains("\"failing\":{\"strands\":[\"evil call");
    List<String> needed = new ArrayList<>();
    platform.gateRuns.tell(needed::add);
    assertThat(needed).hasSize(2).allMatch(digest -> shared.needs(label, digest));
    assertThat(shared.needs(label, "sha256:" + "0".repeat(64))).isFalse();
    assertThat(shared.revoke(run, TEST)).isTrue();
    assertThat(shared.find(label)).isEmpty();
    assertThat(shared.rerun(label)).isEmpty();
    assertThat(shared.needs(label, needed.getFirst())).isFalse();
    assertThat(shared.share(run, TEST, BY).orElseThrow()).isNotEqualTo(label);
  }

  private static Wish wish(List<String> services, int schedules) {
    return new Wish(0, List.of(), services, schedules, 1, "mix", 2);
  }

  private GateRun ended(GateRun run) throws InterruptedException {
    return when(run, each -> each.outcome() != GateRun.Outcome.RUNNING);
  }

  private GateRun when(GateRun run, Predicate<GateRun> holds) throws InterruptedException {
    while (true) {
      GateRun now = runs.require(platform.app, run.id());
      if (holds.test(now)) {
        return now;
      }
      Thread.sleep(50);
    }
  }

  private void live(String twin) throws IOException {
    byte[] program = Files.readAllBytes(RACE.resolve(twin + ".wasm"));
    String manifest = Files.readString(RACE.resolve("parigot.toml"));
    List<ReleasedService> services =
        Stream.of("gallery", "account", "noise1", "noise2", "noise3", "noise4")
            .map(name -> platform.service(name, program))
            .toList();
    Release.Contents contents =
        new Release.Contents(
            services,
            Map.of(),
            null,
            Map.of(),
            Map.of(),
            Map.of(),
            ChannelRules.NONE,
            List.of(),
            platform.artifacts.put(manifest.getBytes(StandardCharsets.UTF_8)),
            null,
            Map.of("evil", platform.artifacts.put(Files.readAllBytes(RACE.resolve("tests.wasm")))),
            Manifest.SignIn.DEFAULT);
    platform.releases.markLive(platform.release(contents));
  }
}
