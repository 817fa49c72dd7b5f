package dev.parigot.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parigot.fleet.Replacement;
import dev.parigot.fleet.TestPlatform;
import dev.parigot.gate.GateRun;
import dev.parigot.problem.Problem;
import dev.parigot.release.Release;
import dev.parigot.timing.Trace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class GatedPushTest {
  private static final String BY = "ada@example.org";

  /** Two services pay from one account, and one of them may forget what the other one did. */
  private static final Path RACE = Path.of("../wasm-exec/src/test/resources/apps/evil/h1");

  @TempDir Path folder;
  TestPlatform platform;
  final List<String> told = new ArrayList<>();

  @BeforeEach
  void open() {
    platform = new TestPlatform(folder);
  }

  @AfterEach
  void close() {
    platform.close();
  }

  @Test
  void testsThatPassAreToldBetweenTheChangesAndTheLaunch() {
    Release release = prepare(echoing("hello")).commit();

    assertThat(release.state()).isEqualTo(Release.State.LIVE);
    assertThat(told)
        .startsWith(
            "Parigot app detected: 1 service, 1 test module",
            "Added: hello",
            "Integration tests: 1 passed",
            "Launching v1");
    GateRun run = run();
    assertThat(run.outcome()).isEqualTo(GateRun.Outcome.PASSED);
    assertThat(run.tests()).extracting(GateRun.Tested::name).containsExactly("echoing.testEcho");
    assertThat(run.by()).isEqualTo(BY);
  }

  @Test
  void aTestThatFailsRefusesThePushAndNothingIsChanged() {
    prepare(echoing("hello")).commit();

    Problem refusal = refusal(echoing("refusing"));

    assertThat(refusal.status()).isEqualTo(422);
    assertThat(refusal.what()).isEqualTo("1 of 1 integration tests failed:");
    assertThat(refusal.details().getFirst()).isEqualTo("echoing.testEcho: 1001 not today");
    assertThat(refusal.next()).contains("parigot test . --filter echoing.testEcho", "-o skip-gate");
    assertThat(platform.releases.of(platform.app.id(), 0, 10)).hasSize(1);
    assertThat(platform.returned("hello", "echo", "hi")).isEqualTo("hi");
    assertThat(run().outcome()).isEqualTo(GateRun.Outcome.FAILED);
  }

  @Test
  void anOrderThatFailsRefusesThePushAndIsKeptToBeReplayed() throws Exception {
    Problem refusal = refusal(racing("buggy"));

    assertThat(refusal.what()).isEqualTo("A timing test failed:");
    assertThat(refusal.details().getLast()).startsWith("  why: ");
    assertThat(told).anyMatch(line -> line.matches("Timing tests: \\d+ schedules.*: 1 failures"));
    GateRun.Explored test = run().timing().getFirst();
    GateRun.Found found = Objects.requireNonNull(test.failure());
    assertThat(found.steps()).filteredOn(GateRun.Moment::decisive).isNotEmpty();
    assertThat(found.passing()).isNotEmpty();
    Trace trace = Trace.read(found.trace().getBytes(StandardCharsets.UTF_8));
    assertThat(trace.test()).isEqualTo(test.name());
    assertThat(trace.choices()).isNotEmpty();
    assertThat(platform.releases.of(platform.app.id(), 0, 10)).isEmpty();
  }

  @Test
  void theSamePushesWithoutTheBugAreLive() throws Exception {
    assertThat(prepare(racing("fixed")).commit().state()).isEqualTo(Release.State.LIVE);
    assertThat(told).anyMatch(line -> line.matches("Timing tests: 60 schedules.*: 0 failures"));
  }

  @Test
  void theGateIsPassedByOnlyIfThatIsWishedAndItIsNoted() throws Exception {
    Release release =
        platform
            .pipeline
            .prepare(
                platform.app,
                BY,
                racing("buggy"),
                new DeployOptions(Replacement.CHANGED, true),
                progress())
            .commit();

    assertThat(release.state()).isEqualTo(Release.State.LIVE);
    assertThat(told).contains("Tests: passed by, as you asked; this is noted");
    assertThat(run().outcome()).isEqualTo(GateRun.Outcome.SKIPPED);
    assertThat(run().by()).isEqualTo(BY);
  }

  private static FilesTree echoing(String module) {
    return FilesTree.with(
            """
            [services.hello]
            wasm = "hello.wasm"
            timeout = "1s"
            [tests.echoing]
            wasm = "t.wasm"
            """)
        .module("hello.wasm", module)
        .module("t.wasm", "tests");
  }

  private static FilesTree racing(String twin) throws IOException {
    String manifest = Files.readString(RACE.resolve("parigot.toml"));
    return FilesTree.with(manifest + "timing = { services = [], schedules = 60 }\n")
        .file("program.wasm", Files.readAllBytes(RACE.resolve(twin + ".wasm")))
        .file("tests.wasm", Files.readAllBytes(RACE.resolve("tests.wasm")));
  }

  private GateRun run() {
    return platform.gateRuns.of(platform.app.id(), 0, 1).getFirst();
  }

  private Pipeline.Prepared prepare(SourceTree tree) {
    return platform.pipeline.prepare(platform.app, BY, tree, progress());
  }

  private Problem refusal(SourceTree tree) {
    return catchThrowableOfType(Problem.class, () -> prepare(tree));
  }

  private Progress progress() {
    return new Progress() {
      @Override
      public void step(String text) {
        told.add(text);
      }

      @Override
      public void detail(String text) {}
    };
  }
}
