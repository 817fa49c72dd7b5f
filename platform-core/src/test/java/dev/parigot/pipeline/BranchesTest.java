package dev.parigot.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parigot.app.App;
import dev.parigot.app.Branch;
import dev.parigot.engine.CallOutcome;
import dev.parigot.fleet.TestPlatform;
import dev.parigot.manifest.ChannelRules;
import dev.parigot.manifest.Manifest;
import dev.parigot.problem.Problem;
import dev.parigot.release.Release;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Branches in situations of their own, and the way from there to production. */
@Timeout(120)
class BranchesTest {
  private static final String BY = "ada@example.org";
  private static final Branch MAIN = Branch.of("main");
  private static final Branch FEATURE = Branch.of("feature");
  private static final String MANIFEST =
      """
      name = "shop"
      [services.hello]
      wasm = "hello.wasm"
      public = true
      [config]
      CURRENCY = "EUR"
      GREETING = "Hello"
      [config.staging]
      CURRENCY = "test money"
      [config.production]
      VAT = 19
      """;

  @TempDir Path folder;
  TestPlatform platform;
  Branches branches;
  final List<String> told = new ArrayList<>();

  @BeforeEach
  void open() {
    platform = new TestPlatform(folder);
    branches = new Branches(platform.stagings, platform.pipeline, this::remove);
  }

  @AfterEach
  void close() {
    platform.close();
  }

  @Test
  void mainIsProductionAndAnyOtherBranchIsASituationOfItsOwn() {
    push(MAIN, tree("hello"));
    Release release = push(FEATURE, tree("hello-changed"));

    assertThat(release.number()).isEqualTo(1);
    assertThat(told.getLast()).startsWith("http://feature--shop.localhost:8080/  live in ");
    assertThat(soldOut(platform.app)).isEqualTo("sold out");
    assertThat(soldOut(staged())).isEqualTo("sold up!");
    assertThat(platform.releases.of(platform.app.id(), 0, 10)).hasSize(1);
  }

  @Test
  void stagingIsConfiguredByItsOwnTableAndItsOwnSettings() {
    platform.apps.patchConfig(platform.app.id(), Map.of("GREETING", "Bonjour", "PRICE", "9"));
    assertThat(push(FEATURE, tree("hello")).config())
        .isEqualTo(Map.of("CURRENCY", "test money", "GREETING", "Hello"));

    platform.pipeline.reconfigure(staged(), Map.of("GREETING", "Hej"), BY, Progress.SILENT);

    assertThat(live(staged()).config()).containsEntry("GREETING", "Hej");
    assertThat(push(FEATURE, tree("hello-changed")).config()).containsEntry("GREETING", "Hej");
    assertThat(push(MAIN, tree("hello")).config())
        .isEqualTo(Map.of("CURRENCY", "EUR", "GREETING", "Bonjour", "PRICE", "9", "VAT", "19"));
  }

  @Test
  void theNextPushGoesToTheSameSituation() {
    push(FEATURE, tree("hello"));
    App before = staged();
    assertThat(push(FEATURE, tree("hello-changed")).number()).isEqualTo(2);
    assertThat(staged()).isEqualTo(before);
  }

  @Test
  void aFirstPushThatIsRefusedOrGivenUpLeavesNoSituation() {
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> push(FEATURE, FilesTree.with("[services.hello]\nwasm = \"none.wasm\"")));
    assertThat(platform.stagings.of(platform.app)).isEmpty();

    branches
        .prepare(platform.app, FEATURE, BY, tree("hello"), DeployOptions.DEFAULT, Progress.SILENT)
        .abandon("the client went away");
    assertThat(platform.stagings.of(platform.app)).isEmpty();
    assertThat(platform.apps.all()).containsExactly(platform.app);
  }

  @Test
  void aLaterPushThatIsRefusedLeavesWhatWasLive() {
    push(FEATURE, tree("hello"));
    assertThatExceptionOfType(Problem.class).isThrownBy(() -> push(FEATURE, tree("stillborn")));
    branches
        .prepare(
            platform.app,
            FEATURE,
            BY,
            tree("hello-changed"),
            DeployOptions.DEFAULT,
            Progress.SILENT)
        .abandon("the client went away");
    assertThat(soldOut(staged())).isEqualTo("sold out");
  }

  @Test
  void aBranchThatIsRemovedTakesItsSituationAlong() {
    push(MAIN, tree("hello"));
    push(FEATURE, tree("hello-changed"));
    App staged = staged();

    assertThat(branches.remove(platform.app, FEATURE)).isTrue();
    assertThat(branches.remove(platform.app, FEATURE)).isFalse();

    assertThat(platform.fleet.active(staged.id())).isEmpty();
    assertThat(platform.releases.of(staged.id(), 0, 10)).isEmpty();
    assertThat(soldOut(platform.app)).isEqualTo("sold out");
  }

  @Test
  void aReleaseThatGoesLiveAfterItsSituationWasRemovedDoesNotRun() {
    push(FEATURE, tree("hello"));
    App staged = staged();
    Pipeline.Prepared late =
        branches.prepare(
            platform.app,
            FEATURE,
            BY,
            tree("hello-changed"),
            DeployOptions.DEFAULT,
            Progress.SILENT);
    branches.remove(platform.app, FEATURE);
    assertThatExceptionOfType(Problem.class).isThrownBy(late::commit).returns(404, Problem::status);
    assertThat(platform.fleet.active(staged.id())).isEmpty();
  }

  @Test
  void aPromotionReleasesTheVerySameArtifactsAsProductionIsConfigured() {
    push(MAIN, tree("hello").text("site/index.html", "before"));
    platform.apps.patchConfig(platform.app.id(), Map.of("GREETING", "Bonjour"));
    Release tried = push(FEATURE, tree("hello-changed").commit("c".repeat(40)));
    told.clear();

    Release promoted = platform.pipeline.promote(platform.app, staged(), BY, progress());

    assertThat(promoted.number()).isEqualTo(2);
    assertThat(promoted.origin()).isEqualTo(new Release.Origin.Promotion("feature", 1));
    assertThat(promoted.commit()).isEqualTo("c".repeat(40));
    assertThat(promoted.contents()).isEqualTo(tried.contents().withConfig(promoted.config()));
    assertThat(promoted.config())
        .isEqualTo(Map.of("CURRENCY", "EUR", "GREETING", "Bonjour", "VAT", "19"));
    assertThat(promoted.changes().changed()).containsExactly("hello");
    assertThat(soldOut(platform.app)).isEqualTo("sold up!");
    assertThat(told)
        .startsWith("Promoting v1 of feature", "Changed: hello", "Launching v2")
        .last()
        .asString()
        .startsWith("http://shop.localhost:8080/  live in ");
    assertThat(platform.releases.byNumber(platform.app.id(), 2)).contains(promoted);
  }

  @Test
  void afterAPromotionTheBranchMayGoAndTheWayBackStays() {
    push(MAIN, tree("hello"));
    push(FEATURE, tree("hello-changed"));
    platform.pipeline.promote(platform.app, staged(), BY, Progress.SILENT);
    branches.remove(platform.app, FEATURE);
    assertThat(soldOut(platform.app)).isEqualTo("sold up!");

    platform.pipeline.rollback(platform.app, 1, BY, Progress.SILENT);

    assertThat(soldOut(platform.app)).isEqualTo("sold out");
  }

  @Test
  void whatProductionRunsAlreadyOrNothingIsNotPromoted() {
    App empty = platform.stagings.create(platform.app, Branch.of("empty"));
    refused("nothing-to-promote", empty);
    push(MAIN, tree("hello"));
    push(FEATURE, tree("hello"));
    refused("promotion-changes-nothing", staged());

    platform.apps.patchConfig(platform.app.id(), Map.of("GREETING", "Bonjour"));
    assertThat(platform.pipeline.promote(platform.app, staged(), BY, Progress.SILENT).number())
        .isEqualTo(2);
  }

  @Test
  void aPromotionThatCanNotStartLeavesProduction() {
    push(MAIN, tree("hello"));
    push(FEATURE, tree("hello-changed"));
    App staged = staged();
    Release tried = live(staged);
    Release broken =
        platform.releases.create(
            staged.id(),
            null,
            BY,
            new Release.Contents(
                List.of(platform.service("hello", "stillborn")),
                Map.of(),
                null,
                tried.config(),
                Map.of(),
                Map.of(),
                ChannelRules.NONE,
                List.of(),
                tried.contents().manifest(),
                null,
                Map.of(),
                Manifest.SignIn.DEFAULT));
    platform.releases.markLive(broken);

    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> platform.pipeline.promote(platform.app, staged, BY, Progress.SILENT));

    assertThat(soldOut(platform.app)).isEqualTo("sold out");
    assertThat(live(platform.app).number()).isEqualTo(1);
  }

  private void refused(String type, App staged) {
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> platform.pipeline.promote(platform.app, staged, BY, Progress.SILENT))
        .returns(409, Problem::status)
        .returns(type, Problem::type);
  }

  private static FilesTree tree(String module) {
    return FilesTree.with(MANIFEST).module("hello.wasm", module);
  }

  private Release push(Branch branch, SourceTree tree) {
    return branches
        .prepare(platform.app, branch, BY, tree, DeployOptions.DEFAULT, progress())
        .commit();
  }

  private App staged() {
    return platform.stagings.find(platform.app, FEATURE).orElseThrow();
  }

  private Release live(App app) {
    return platform.releases.live(app.id()).orElseThrow();
  }

  private void remove(App app) {
    platform.apps.delete(app);
    platform.fleet.stop(app.id());
  }

  private String soldOut(App app) {
    return switch (platform.fleet.call(app.id(), "hello", "sold_out", new byte[0])) {
      case CallOutcome.Failed(int _, String text, boolean _) -> text;
      case CallOutcome.Returned(byte[] response) -> new String(response, StandardCharsets.UTF_8);
      case CallOutcome other -> other.toString();
    };
  }

  private Progress progress() {
    return new Progress() {
      @Override
      public void step(String text) {
        told.add(text);
      }

      @Override
      public void detail(String text) {
        told.add(text);
      }
    };
  }
}
