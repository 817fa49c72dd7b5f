package dev.parigot.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parigot.engine.CallOutcome;
import dev.parigot.fleet.Replacement;
import dev.parigot.fleet.TestPlatform;
import dev.parigot.problem.Problem;
import dev.parigot.release.Release;
import dev.parigot.release.ReleasedService;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class PipelineTest {
  private static final String BY = "ada@example.org";
  private static final String TWO_SERVICES =
      """
      [services.hello]
      wasm = "build/hello.wasm"
      public = true
      [services.front]
      wasm = "build/front.wasm"
      public = ["relay"]
      """;

  @TempDir Path folder;
  TestPlatform platform;
  final Lines lines = new Lines();

  @BeforeEach
  void open() {
    platform = new TestPlatform(folder);
  }

  @AfterEach
  void close() {
    platform.close();
  }

  @Test
  void aPushBecomesALiveRelease() {
    Release release = deploy(shop().commit("c".repeat(40)));

    assertThat(release.state()).isEqualTo(Release.State.LIVE);
    assertThat(release.number()).isEqualTo(1);
    assertThat(release.commit()).isEqualTo("c".repeat(40));
    assertThat(platform.returned("front", "relay", "hi")).isEqualTo("hi");
    assertThat(lines.told)
        .hasSize(4)
        .startsWith(
            "-----> Parigot app detected: 2 services",
            "-----> Added: hello, front",
            "-----> Launching v1");
    assertThat(lines.told.getLast())
        .matches(" {7}http://shop\\.localhost:8080/ {2}live in \\d+\\.\\d s");
  }

  @Test
  void thePublicPartAndTheCallsAreInTheRelease() {
    Release release = deploy(shop());
    assertThat(release.services().getFirst().allPublic()).isTrue();
    assertThat(release.services().getLast().publicMethods()).containsExactly("relay");
    assertThat(release.services().getLast().dependsOn())
        .extracting(call -> call.service() + "." + call.method())
        .containsExactly("hello.echo", "hello.trap");
  }

  @Test
  void whatChangedIsToldByContent() {
    deploy(shop());
    lines.told.clear();
    FilesTree tree =
        FilesTree.with(
                """
                [services.hello]
                wasm = "elsewhere.wasm"
                [services.sums]
                wasm = "sums.wasm"
                """)
            .module("elsewhere.wasm", "hello")
            .module("sums.wasm", "sums");

    deploy(tree);

    assertThat(lines.told).contains("-----> Unchanged: hello   Added: sums   Removed: front");
  }

  @Test
  void callsGoToTheOldReleaseUntilTheNewOneIsCommitted() {
    deploy(shop());
    Pipeline.Prepared prepared = prepare(changed());
    assertThat(soldOut()).isEqualTo("sold out");
    assertThat(prepared.release().state()).isEqualTo(Release.State.STARTING);

    prepared.commit();

    assertThat(soldOut()).isEqualTo("sold up!");
    assertThat(platform.releases.byNumber(platform.app.id(), 1).orElseThrow().state())
        .isEqualTo(Release.State.REPLACED);
  }

  @Test
  void anAbandonedReleaseFailedAndChangesNothing() {
    deploy(shop());
    prepare(changed()).abandon("the push was not accepted");
    assertThat(soldOut()).isEqualTo("sold out");
    Release failed = platform.releases.byNumber(platform.app.id(), 2).orElseThrow();
    assertThat(failed.state()).isEqualTo(Release.State.FAILED);
    assertThat(failed.failure()).isEqualTo("the push was not accepted");
    assertThat(deploy(changed()).number()).isEqualTo(3);
  }

  @Test
  void everyMistakeIsToldAtOnce() {
    FilesTree tree =
        FilesTree.with(
                """
                name = "shoop"
                [services.broken]
                wasm = "broken.wasm"
                [services.gone]
                wasm = "gone.wasm"
                [services.link]
                wasm = "link.wasm"
                [services.module]
                wasm = "vendor/module.wasm"
                [services.large]
                wasm = "large.wasm"
                [services.pointer]
                wasm = "pointer.wasm"
                [services.front]
                wasm = "front.wasm"
                [site]
                dir = "public"
                """)
            .file("broken.wasm", new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0, 99})
            .entry("link.wasm", SourceTree.Kind.SYMLINK, 0)
            .entry("vendor", SourceTree.Kind.SUBMODULE, 0)
            .entry("large.wasm", SourceTree.Kind.FILE, (64 << 20) + 1)
            .text("pointer.wasm", "version https://git-lfs.github.com/spec/v1\noid sha256:1\n")
            .module("front.wasm", "front")
            .text("../evil", "x");

    Problem problem = refusal(tree);

    assertThat(problem.status()).isEqualTo(422);
    assertThat(problem.details())
        .anySatisfy(line -> assertThat(line).startsWith("../evil: a name that leaves the tree"))
        .anySatisfy(line -> assertThat(line).contains("name = \"shoop\"", "app \"shop\""))
        .anySatisfy(line -> assertThat(line).startsWith("broken (broken.wasm): offset 0x8: "))
        .anySatisfy(
            line -> assertThat(line).startsWith("parigot.toml:4: there is no file gone.wasm"))
        .anySatisfy(line -> assertThat(line).contains("link.wasm is a symbolic link"))
        .anySatisfy(line -> assertThat(line).contains("is inside the submodule vendor"))
        .anySatisfy(line -> assertThat(line).contains("large.wasm has 65 MiB; at most 64 MiB"))
        .anySatisfy(line -> assertThat(line).contains("pointer.wasm is a Git LFS pointer"))
        .anySatisfy(line ->
            assertThat(line)
                .startsWith("front (front.wasm): import section, offset 0x")
                .contains("hello"))
        .anySatisfy(line -> assertThat(line).contains("the site's folder public has no files"))
        .hasSize(11);
    assertThat(platform.releases.of(platform.app.id(), 0, 10)).isEmpty();
  }

  @Test
  void aCommandIsReleasedAsIfItHadOneMethod() {
    FilesTree tree =
        FilesTree.with("[services.page]\nwasm = \"c.wasm\"\npublic = true\n")
            .module("c.wasm", "command");

    ReleasedService page = deploy(tree).services().getFirst();

    assertThat(page.kind()).isEqualTo("command");
    assertThat(page.methods()).containsExactly("http");
  }

  @Test
  void aReleaseHasTheQueuesAndTheOutboundHostsOfItsManifest() {
    FilesTree tree =
        FilesTree.with(
                """
                [services.hello]
                wasm = "h.wasm"
                [queues.orders]
                deliver = "hello.enqueue"
                attempts = 3
                [outbound]
                allow = ["API.example.org"]
                """)
            .module("h.wasm", "queueing");
    Release.Contents contents = deploy(tree).contents();
    assertThat(contents.queues())
        .containsExactly(Map.entry("orders", new Release.Queue("hello", "enqueue", 3)));
    assertThat(contents.outbound()).containsExactly("api.example.org");
  }

  @Test
  void whatSchedulesAndQueuesCallIsReachableByNobodyElse() {
    FilesTree tree =
        FilesTree.with(
                """
                [services.shop]
                wasm = "o.wasm"
                public = true
                [services.hello]
                wasm = "h.wasm"
                public = ["count", "echo"]
                [queues.orders]
                deliver = "shop.take"
                [cron.hourly]
                schedule = "0 * * * *"
                call = "hello.count"
                """)
            .module("o.wasm", "orders")
            .module("h.wasm", "hello");
    Release release = deploy(tree);
    assertThat(release.services().getFirst().allPublic()).isFalse();
    assertThat(release.services().getFirst().publicMethods()).containsExactly("place", "misplace");
    assertThat(release.services().getLast().publicMethods()).containsExactly("echo");
  }

  @Test
  void aMalformedManifestIsToldByLine() {
    Problem problem =
        refusal(FilesTree.with("[services.hello]\nwasm = 7\n[servces.x]\nwasm = \"x.wasm\"\n"));
    assertThat(problem.details())
        .anySatisfy(line -> assertThat(line).startsWith("parigot.toml:2:"))
        .anySatisfy(line -> assertThat(line).startsWith("parigot.toml:3:").contains("services"));
  }

  @Test
  void aMissingManifestIsHelped() {
    Problem problem = refusal(new FilesTree().text("README.md", "hello"));
    assertThat(problem.what()).contains("There is no parigot.toml");
    assertThat(problem.next()).contains("[services.hello]");
  }

  @Test
  void aCycleOfCallsIsRefusedAndPrinted() {
    FilesTree tree =
        FilesTree.with(
                """
                [services.ping]
                wasm = "ping.wasm"
                [services.pong]
                wasm = "pong.wasm"
                """)
            .module("ping.wasm", "ping")
            .module("pong.wasm", "pong");
    assertThat(refusal(tree).details())
        .anySatisfy(line -> assertThat(line).startsWith("p").contains("ping", "pong", "offset"));
  }

  @Test
  void aCallToWhatCouldNotBeReadIsNotAnotherMistake() {
    FilesTree tree = FilesTree.with(TWO_SERVICES).text("build/hello.wasm", "no module");
    tree.module("build/front.wasm", "front");
    assertThat(refusal(tree).details()).hasSize(1);
  }

  @Test
  void aServiceThatCannotStartFailsTheReleaseAndLeavesTheOldOne() {
    deploy(shop());
    FilesTree tree =
        FilesTree.with(TWO_SERVICES + "[services.dead]\nwasm = \"dead.wasm\"\n")
            .module("build/hello.wasm", "hello-changed")
            .module("build/front.wasm", "front")
            .module("dead.wasm", "stillborn");

    assertThat(refusal(tree).details().getFirst()).startsWith("dead: ");
    assertThat(soldOut()).isEqualTo("sold out");
    Release failed = platform.releases.byNumber(platform.app.id(), 2).orElseThrow();
    assertThat(failed.state()).isEqualTo(Release.State.FAILED);
    assertThat(failed.failure()).contains("\ndead: ");
    assertThat(deploy(shop()).number()).isEqualTo(3);
  }

  @Test
  void theConfigurationIsTheManifestsAndTheAppsAboveIt() {
    Map<String, @Nullable String> config = new HashMap<>();
    config.put("CURRENCY", "USD");
    platform.apps.patchConfig(platform.app.id(), config);
    Release release =
        deploy(
            FilesTree.with(
                    "[services.hello]\nwasm = \"h.wasm\"\n[config]\nCURRENCY = \"EUR\"\nVAT = 19\n")
                .module("h.wasm", "hello"));
    assertThat(release.config()).isEqualTo(Map.of("CURRENCY", "USD", "VAT", "19"));
  }

  @Test
  void aChangeOfConfigurationIsANewRelease() {
    deploy(shop());
    Map<String, @Nullable String> change = new HashMap<>();
    change.put("CURRENCY", "USD");

    Optional<Release> release = platform.pipeline.reconfigure(platform.app, change, BY, lines);

    assertThat(release.orElseThrow().number()).isEqualTo(2);
    assertThat(platform.fleet.active(platform.app.id()).orElseThrow().config())
        .containsEntry("CURRENCY", "USD");
  }

  @Test
  void aChangeOfConfigurationThatCannotStartChangesNothing() {
    deploy(FilesTree.with("[services.picky]\nwasm = \"p.wasm\"\n").module("p.wasm", "picky"));
    Map<String, @Nullable String> change = new HashMap<>();
    change.put("MOOD", "bad");

    Problem problem =
        catchThrowableOfType(
            Problem.class, () -> platform.pipeline.reconfigure(platform.app, change, BY, lines));

    assertThat(problem.details().getFirst()).startsWith("picky: ");
    assertThat(platform.apps.config(platform.app.id())).isEmpty();
    assertThat(platform.releases.live(platform.app.id()).orElseThrow().number()).isEqualTo(1);
  }

  @Test
  void aChangeOfConfigurationWaitsForItsTurnBeforeAnybodySeesIt() throws Exception {
    deploy(shop());
    Pipeline.Prepared push = prepare(changed());
    Map<String, @Nullable String> change = new HashMap<>();
    change.put("CURRENCY", "USD");
    Lines waiting = new Lines();
    CompletableFuture<Optional<Release>> configured =
        CompletableFuture.supplyAsync(
            () -> platform.pipeline.reconfigure(platform.app, change, BY, waiting));
    while (waiting.told.isEmpty()) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    assertThat(platform.apps.config(platform.app.id())).isEmpty();

    push.commit();

    Release last = configured.get().orElseThrow();
    assertThat(last.number()).isEqualTo(3);
    assertThat(last.config()).containsEntry("CURRENCY", "USD");
    assertThat(last.services()).isEqualTo(push.release().services());
  }

  @Test
  void whatNobodyStartsAnyMoreIsSettledBeforeTheNextDeployment() {
    deploy(shop());
    Release lost =
        platform.releases.create(platform.app.id(), null, BY, Release.Contents.of(List.of()));

    assertThat(deploy(changed()).number()).isEqualTo(3);
    assertThat(platform.releases.byNumber(platform.app.id(), lost.number()).orElseThrow().state())
        .isEqualTo(Release.State.FAILED);
  }

  @Test
  void settlingLeavesADeploymentThatRunsAlone() {
    deploy(shop());
    Pipeline.Prepared prepared = prepare(changed());
    platform.pipeline.settle();
    assertThat(prepared.commit().state()).isEqualTo(Release.State.LIVE);

    Release lost =
        platform.releases.create(platform.app.id(), null, BY, Release.Contents.of(List.of()));
    platform.pipeline.settle();
    assertThat(platform.releases.starting()).isEmpty();
    assertThat(lost.number()).isEqualTo(3);
  }

  @Test
  void ofAPushTheUnchangedServicesKeepTheirMemoryUnlessAllAreReplaced() {
    deploy(counting("hello"));
    assertThat(count()).isEqualTo("1");
    deploy(counting("hello-changed"));
    assertThat(count()).isEqualTo("2");

    platform
        .pipeline
        .prepare(
            platform.app,
            BY,
            counting("hello-changed"),
            new DeployOptions(Replacement.ALL, false),
            lines)
        .commit();

    assertThat(count()).isEqualTo("1");
    assertThat(lines.told).contains("-----> All services get new instances, as you asked");
  }

  @Test
  void aLiveReleaseTellsHowLongThePartsOfItsDeploymentTook() {
    Release release = deploy(shop());
    assertThat(platform.releases.steps(release))
        .extracting(Release.Step::name)
        .containsExactly("check", "test", "store", "start", "accept");
  }

  @Test
  void siteFilesAreReleasedByTheirPathInTheFolder() {
    Release release =
        deploy(
            FilesTree.with("[services.h]\nwasm = \"h.wasm\"\n[site]\ndir = \"site\"\n")
                .module("h.wasm", "hello")
                .text("site/index.html", "<h1>")
                .text("site/h/x.txt", "x")
                .text("site/_parigot/y.txt", "y")
                .text("sitemap.txt", "not of the site"));
    assertThat(release.site()).containsOnlyKeys("index.html", "h/x.txt", "_parigot/y.txt");
    assertThat(lines.told).anySatisfy(line -> assertThat(line).contains("Warning: the service h "));
    assertThat(lines.told)
        .anySatisfy(line -> assertThat(line).contains("the site's folder _parigot/"));
  }

  @Test
  void aRollbackIsANewReleaseOfTheOldArtifacts() {
    deploy(shop());
    deploy(changed());
    assertThat(soldOut()).isEqualTo("sold up!");

    Release release = platform.pipeline.rollback(platform.app, 1, BY, lines);

    assertThat(release.origin()).isEqualTo(new Release.Origin.Rollback(1));

    assertThat(release.number()).isEqualTo(3);
    assertThat(soldOut()).isEqualTo("sold out");
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> platform.pipeline.rollback(platform.app, 3, BY, lines))
        .returns(409, Problem::status);
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> platform.pipeline.rollback(platform.app, 9, BY, lines))
        .returns(404, Problem::status);
  }

  @Test
  void aDeploymentIsSeenWhileItRunsAndNotAfter() {
    assertThat(platform.pipeline.underway(platform.app)).isEmpty();
    Pipeline.Prepared prepared =
        platform.pipeline.prepare(platform.app, BY, shop(), Progress.SILENT);

    Underway underway = platform.pipeline.underway(platform.app).orElseThrow();
    assertThat(underway.by()).isEqualTo(BY);
    assertThat(underway.steps())
        .startsWith("Parigot app detected: 2 services")
        .endsWith("Launching v1");
    prepared.commit();
    assertThat(platform.pipeline.underway(platform.app)).isEmpty();
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> platform.pipeline.rollback(platform.app, 9, BY, Progress.SILENT));
    assertThat(platform.pipeline.underway(platform.app)).isEmpty();
  }

  @Test
  void deploymentsOfOneAppWaitForEachOther() throws Exception {
    Pipeline.Prepared first = prepare(shop());
    Lines second = new Lines();
    CompletableFuture<Release> waiting =
        CompletableFuture.supplyAsync(
            () -> platform.pipeline.prepare(platform.app, BY, changed(), second).commit());
    while (second.told.isEmpty()) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    assertThat(second.told).containsExactly("-----> Waiting for the deployment before this one");

    first.commit();

    assertThat(waiting.get().number()).isEqualTo(2);
    assertThat(soldOut()).isEqualTo("sold up!");
  }

  private FilesTree shop() {
    return FilesTree.with(TWO_SERVICES)
        .module("build/hello.wasm", "hello")
        .module("build/front.wasm", "front");
  }

  private FilesTree changed() {
    return FilesTree.with(TWO_SERVICES)
        .module("build/hello.wasm", "hello-changed")
        .module("build/front.wasm", "front");
  }

  /** A counter, and a neighbour that may change. */
  private static FilesTree counting(String neighbour) {
    return FilesTree.with(
            """
            [services.counter]
            wasm = "counter.wasm"
            [services.neighbour]
            wasm = "neighbour.wasm"
            """)
        .module("counter.wasm", "hello")
        .module("neighbour.wasm", neighbour);
  }

  /** How often the instance that the counter has was asked. */
  private String count() {
    CallOutcome outcome = platform.fleet.call(platform.app.id(), "counter", "count", new byte[0]);
    return outcome instanceof CallOutcome.Returned(byte[] response)
        ? new String(response, StandardCharsets.UTF_8)
        : outcome.toString();
  }

  private Release deploy(SourceTree tree) {
    return prepare(tree).commit();
  }

  private Pipeline.Prepared prepare(SourceTree tree) {
    return platform.pipeline.prepare(platform.app, BY, tree, lines);
  }

  private Problem refusal(SourceTree tree) {
    return catchThrowableOfType(Problem.class, () -> prepare(tree));
  }

  private String soldOut() {
    CallOutcome outcome = platform.fleet.call(platform.app.id(), "hello", "sold_out", new byte[0]);
    return outcome instanceof CallOutcome.Failed(int _, String text, boolean _)
        ? text
        : outcome.toString();
  }

  private static final class Lines implements Progress {
    final List<String> told = Collections.synchronizedList(new ArrayList<>());

    @Override
    public void step(String text) {
      told.add("-----> " + text);
    }

    @Override
    public void detail(String text) {
      told.add("       " + text);
    }
  }
}
