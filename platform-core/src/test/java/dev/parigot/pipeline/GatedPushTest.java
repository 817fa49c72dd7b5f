package dev.parigot.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parigot.app.Branch;
import dev.parigot.fleet.Replacement;
import dev.parigot.fleet.TestPlatform;
import dev.parigot.gate.GateRun;
import dev.parigot.picture.Picture;
import dev.parigot.problem.Problem;
import dev.parigot.release.Release;
import dev.parigot.timing.Trace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    assertThat(refusal.details().getLast())
        .isEqualTo("See the picture: http://localhost:8080/apps/shop/tests/" + run().id());
    assertThat(refusal.details()).anyMatch(line -> line.startsWith("  why: "));
    assertThat(told).anyMatch(line -> line.matches("Timing tests: \\d+ schedules.*: 1 failure"));
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
  void anOrderThatFailsIsDrawnBesideOneThatPasses() throws Exception {
    refusal(racing("buggy"));

    GateRun run = run();
    Picture picture = platform.gateRuns.picture(run, run.failures().getFirst()).orElseThrow();
    assertThat(picture.sentence()).matches("[a-z].*`.*` before .*[.]").doesNotContain("(step");
    assertThat(picture.failing().rows())
        .filteredOn(row -> row.decides() > 0)
        .extracting(Picture.Row::decides)
        .containsExactly(1, 2);
    Picture.Side passing = Objects.requireNonNull(picture.passing());
    assertThat(passing.rows())
        .filteredOn(row -> row.decides() > 0)
        .extracting(Picture.Row::decides)
        .containsExactly(2, 1);
    assertThat(picture.common()).isPositive();
    assertThat(picture.failing().rows()).anyMatch(row -> !row.changes().isEmpty());
    assertThat(picture.failing().rows())
        .filteredOn(row -> row.kind() == Picture.Kind.BEGIN)
        .anyMatch(row -> row.from() >= 0);
    assertThat(picture.failing().rows())
        .allMatch(row -> row.lane() < picture.failing().lanes().size());
  }

  @Test
  void aTestThatFailsIsDrawnToo() {
    refusal(echoing("refusing"));

    Picture picture = platform.gateRuns.picture(run(), "echoing.testEcho").orElseThrow();
    assertThat(picture.passing()).isNull();
    assertThat(picture.failing().rows()).isNotEmpty();
    assertThat(picture.failure()).contains("not today");
  }

  @Test
  void testModulesAreKeptWithTheRelease() {
    Release release = prepare(echoing("hello")).commit();

    Map<String, String> tests = release.contents().tests();
    assertThat(tests).containsOnlyKeys("echoing");
    assertThat(platform.artifacts.get(tests.values().iterator().next()))
        .isEqualTo(TestPlatform.module("tests"));
  }

  @Test
  void aFirstPushOfABranchThatIsRefusedLeavesItsRun() {
    Branches branches = new Branches(platform.stagings, platform.pipeline, platform.apps::delete);

    Problem refusal =
        catchThrowableOfType(
            Problem.class,
            () ->
                branches.prepare(
                    platform.app,
                    new Branch("rounding"),
                    BY,
                    echoing("refusing"),
                    DeployOptions.DEFAULT,
                    progress()));

    assertThat(refusal.status()).isEqualTo(422);
    assertThat(platform.stagings.of(platform.app)).isEmpty();
    assertThat(run().branch()).isEqualTo("rounding");
    assertThat(run().outcome()).isEqualTo(GateRun.Outcome.FAILED);
  }

  @Test
  void aBranchIsPassedByIfTheManifestWantsThat() {
    FilesTree tree = echoing("refusing", "[gate]\nskip = [\"m*n\"]\n");

    assertThat(prepare(tree).commit().state()).isEqualTo(Release.State.LIVE);
    assertThat(told)
        .contains("Tests: passed by on this branch, as the manifest wants; this is noted");
    assertThat(run().outcome()).isEqualTo(GateRun.Outcome.SKIPPED);
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
    return echoing(module, "");
  }

  private static FilesTree echoing(String module, String more) {
    return FilesTree.with(
            more
                + """
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
    return platform.gateRuns.of(platform.app, 0, 1).getFirst();
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
