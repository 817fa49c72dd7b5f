package dev.parigot.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.app.App;
import dev.parigot.app.AppId;
import dev.parigot.app.AppName;
import dev.parigot.app.Branch;
import dev.parigot.fleet.Replacement;
import dev.parigot.pipeline.DeployOptions;
import dev.parigot.pipeline.SourceTree;
import dev.parigot.problem.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.CannotGetJdbcConnectionException;

@Timeout(120)
class GitRemoteTest {
  private static final AppId SHOP = new AppId(7);

  @TempDir Path folder;
  GitServer server;
  WorkTree work;

  @BeforeEach
  void serve() throws Exception {
    server = new GitServer(folder);
    work = WorkTree.init(folder.resolve("work"), server.url("shop.git", GitServer.ADA));
    work.write("parigot.toml", "[services.cart]\nwasm = \"cart.wasm\"\n");
  }

  @AfterEach
  void close() throws Exception {
    server.close();
  }

  @Test
  void pushingMainDeploysAndPrintsTheProgress() throws Exception {
    String commit = work.commit("first");

    WorkTree.Result push = work.git("push", "parigot", "main");

    assertThat(push.output())
        .containsSubsequence(
            "remote: -----> Parigot app detected: 1 service",
            "remote: -----> Launching v1",
            "remote:        http://shop.localhost:8080/  live in 0.1 s",
            "[new branch]      main -> main");
    assertThat(push.exit()).isZero();
    assertThat(server.deployer.happened)
        .containsExactly("prepare shop by ada@example.org", "commit v1");
    assertThat(server.repositories.head(SHOP, Repositories.MAIN)).contains(commit);
  }

  @Test
  void whatWasPushedCanBeCloned() throws Exception {
    work.write("site/index.html", "<h1>shop</h1>").commit("first");
    work.ok("push", "parigot", "main");

    work.ok("clone", "-q", server.url("shop.git", GitServer.ADA), folder + "/clone");

    assertThat(folder.resolve("clone/site/index.html")).hasContent("<h1>shop</h1>");
    assertThat(new WorkTree(folder.resolve("clone")).ok("branch", "--show-current"))
        .isEqualTo("main\n");
  }

  @Test
  void anEmptyAppCanBeCloned() throws Exception {
    assertThat(work.git("clone", server.url("shop.git", GitServer.ADA), folder + "/clone").exit())
        .isZero();
  }

  @Test
  void thePushOptionsReplaceAllServicesAndPassTheTestsBy() throws Exception {
    work.commit("first");
    work.ok("push", "parigot", "main");
    work.commit("second");
    work.ok("push", "-o", "all", "parigot", "main");
    work.commit("third");
    work.ok("push", "-o", "skip-gate", "parigot", "main");

    assertThat(server.deployer.options)
        .containsExactly(
            DeployOptions.DEFAULT,
            new DeployOptions(Replacement.ALL, false),
            new DeployOptions(Replacement.CHANGED, true));
  }

  @Test
  void aPushOptionThatIsNoneIsRefusedWithThoseThatThereAre() throws Exception {
    work.commit("first");

    WorkTree.Result push = work.git("push", "-o", "al", "parigot", "main");

    assertThat(push.exit()).isNotZero();
    assertThat(push.output())
        .contains(
            "remote:  !     There is no push option \"al\".",
            "remote:  !     Push with -o all to give every service new instances, with -o skip-gate to go live untested, or without an option.");
    assertThat(server.deployer.happened).isEmpty();
  }

  @Test
  void masterDeploysToo() throws Exception {
    work.commit("first");
    work.ok("push", "parigot", "main:master");
    assertThat(server.deployer.happened).contains("commit v1");

    work.ok("clone", "-q", server.url("shop", GitServer.ADA), folder + "/clone");
    assertThat(folder.resolve("clone/parigot.toml")).exists();
  }

  @Test
  void anotherBranchGoesToItsStaging() throws Exception {
    String commit = work.commit("first");

    WorkTree.Result push = work.git("push", "parigot", "main:refs/heads/feature");

    assertThat(push.output())
        .containsSubsequence(
            "remote: -----> Branch feature: staging",
            "remote: -----> Parigot app detected: 1 service",
            "remote:        http://feature--shop.localhost:8080/  live in 0.1 s");
    assertThat(push.exit()).isZero();
    assertThat(server.deployer.happened)
        .containsExactly("prepare feature of shop by ada@example.org", "commit v1");
    assertThat(server.repositories.head(SHOP, "refs/heads/feature")).contains(commit);
    assertThat(server.repositories.head(SHOP, Repositories.MAIN)).isEmpty();
  }

  @Test
  void aTagIsOnlyStored() throws Exception {
    work.commit("first");
    work.ok("tag", "-a", "v0.1", "-m", "a tag");

    WorkTree.Result push = work.git("push", "parigot", "v0.1");

    assertThat(push.exit()).isZero();
    assertThat(push.output()).contains("remote: -----> Stored, not deployed: tags are kept");
    assertThat(server.deployer.happened).isEmpty();
    assertThat(work.ok("ls-remote", "parigot")).contains("refs/tags/v0.1");
  }

  @Test
  void allBranchesOfAPushAreDeployedAndProductionLast() throws Exception {
    work.commit("first");
    work.ok("tag", "v1");

    WorkTree.Result push =
        work.git("push", "parigot", "main", "main:refs/heads/b", "main:refs/heads/z", "v1");

    assertThat(push.exit()).isZero();
    assertThat(push.output())
        .containsSubsequence("Branch b: staging", "Branch z: staging", "Branch main: production");
    assertThat(server.deployer.happened)
        .containsExactly(
            "prepare b of shop by ada@example.org",
            "prepare z of shop by ada@example.org",
            "prepare shop by ada@example.org",
            "commit v1",
            "commit v2",
            "commit v3");
    assertThat(work.ok("ls-remote", "parigot"))
        .contains("refs/heads/main", "refs/heads/b", "refs/heads/z", "refs/tags/v1");
  }

  @Test
  void ifOneBranchIsRefusedNoneIsDeployed() throws Exception {
    work.commit("first");
    server.deployer.refused = "main";
    server.deployer.refusal = Problem.user(422, "no", "No.", "");

    WorkTree.Result push = work.git("push", "parigot", "main", "main:refs/heads/feature");

    assertThat(push.exit()).isNotZero();
    assertThat(server.deployer.happened).contains("abandon v1").doesNotContain("commit v1");
    assertThat(work.ok("ls-remote", "parigot")).isEmpty();
  }

  @Test
  void aBranchThatIsLiveStaysWhenAnotherCanNotBeMadeSo() throws Exception {
    work.commit("first");
    server.deployer.refused = "main";
    server.deployer.commitFailure = Problem.user(409, "no", "The database is away.", "");

    WorkTree.Result push = work.git("push", "parigot", "main", "main:refs/heads/feature");

    assertThat(push.exit()).isNotZero();
    assertThat(push.output()).contains("main -> feature", "[remote rejected] main -> main");
    assertThat(server.repositories.head(SHOP, "refs/heads/feature")).isPresent();
    assertThat(server.repositories.head(SHOP, Repositories.MAIN)).isEmpty();
  }

  @Test
  void deletingABranchRemovesItsStaging() throws Exception {
    work.commit("first");
    work.ok("push", "parigot", "main", "main:refs/heads/feature");

    WorkTree.Result deletion = work.git("push", "parigot", "--delete", "feature");

    assertThat(deletion.exit()).isZero();
    assertThat(deletion.output())
        .contains("remote: -----> Removed the staging of feature with all its data");
    assertThat(server.deployer.happened).endsWith("remove feature of shop");
    assertThat(work.ok("ls-remote", "parigot")).doesNotContain("feature");
  }

  @Test
  void aBranchThatIsDeletedOnThePlatformIsMadeAnewByTheNextPush() throws Exception {
    work.commit("first");
    work.ok("push", "parigot", "main:refs/heads/fix/rounding");

    server.repositories.deleteBranch(SHOP, Branch.of("fix/rounding"));
    server.repositories.deleteBranch(SHOP, Branch.of("never-there"));

    assertThat(work.ok("ls-remote", "parigot")).isEmpty();
    assertThat(work.git("push", "parigot", "main:refs/heads/fix/rounding").output())
        .contains("[new branch]", "live in 0.1 s");
  }

  @Test
  void pushesOfTwoBranchesDoNotWaitForEachOther() throws Exception {
    work.commit("first");
    work.ok("push", "parigot", "main");
    server.deployer.reached = new CountDownLatch(1);
    server.deployer.proceed = new CountDownLatch(1);
    CompletableFuture<WorkTree.Result> first =
        inBackground(work, "push", "parigot", "main:refs/heads/slow");
    assertThat(server.deployer.reached.await(30, TimeUnit.SECONDS)).isTrue();
    server.deployer.reached = new CountDownLatch(1);

    Process second = work.start("push", "parigot", "main:refs/heads/quick");

    assertThat(server.deployer.reached.await(30, TimeUnit.SECONDS)).isTrue();
    server.deployer.proceed.countDown();
    assertThat(first.get().exit()).isZero();
    try (BufferedReader lines = second.inputReader(StandardCharsets.UTF_8)) {
      assertThat(lines.lines()).noneMatch(line -> line.contains("Waiting"));
    }
    assertThat(second.waitFor()).isZero();
  }

  @Test
  void aRefusedPushTellsEveryMistakeAndLeavesNothing() throws Exception {
    work.commit("first");
    server.deployer.refusal =
        new Problem(
            Problem.Kind.USER,
            400,
            "push-refused",
            "What was pushed has 2 mistakes.",
            "Mend them and push again.",
            List.of(
                "parigot.toml:2: no \u001b[31mmodule",
                "cart (cart.wasm): code section, offset 0x1f3: bad opcode"));

    WorkTree.Result push = work.git("push", "parigot", "main", "main:refs/heads/copy");

    assertThat(push.exit()).isNotZero();
    assertThat(push.output())
        .contains(
            "remote:  !     What was pushed has 2 mistakes.",
            "remote:        parigot.toml:2: no ?[31mmodule",
            "remote:        cart (cart.wasm): code section, offset 0x1f3: bad opcode",
            "remote:  !     Mend them and push again.",
            "[remote rejected] main -> main");
    assertThat(work.ok("ls-remote", "parigot")).isEmpty();
    eventually(() -> objectFiles().isEmpty());
  }

  @Test
  void aRefusedPushCanBePushedAgain() throws Exception {
    String commit = work.commit("first");
    server.deployer.refusal = Problem.user(400, "no", "No.", "");
    assertThat(work.git("push", "parigot", "main").exit()).isNotZero();

    server.deployer.refusal = null;
    work.ok("push", "parigot", "main");

    assertThat(server.repositories.head(SHOP, Repositories.MAIN)).contains(commit);
  }

  @Test
  void aReleaseThatCannotGoLiveTakesTheBranchBack() throws Exception {
    String first = work.commit("first");
    work.ok("push", "parigot", "main");
    work.commit("second");
    server.deployer.commitFailure = Problem.user(409, "no", "The database is away.", "");

    WorkTree.Result push = work.git("push", "parigot", "main");

    assertThat(push.exit()).isNotZero();
    assertThat(push.output()).contains("remote:  !     The database is away.");
    assertThat(server.repositories.head(SHOP, Repositories.MAIN)).contains(first);
  }

  @Test
  void aDatabaseThatIsGoneIsToldAsSuch() throws Exception {
    work.commit("first");
    server.deployer.prepareFailure = new CannotGetJdbcConnectionException("gone");

    WorkTree.Result push = work.git("push", "parigot", "main");

    assertThat(push.exit()).isNotZero();
    assertThat(push.output())
        .contains("remote:  !     The platform's database does not answer; nothing was changed.");
    server.deployer.prepareFailure = null;
    work.ok("push", "parigot", "main");
  }

  @Test
  void aForcedPushDeploysAnotherHistory() throws Exception {
    work.commit("first");
    work.ok("push", "parigot", "main");
    work.ok("commit", "-q", "--amend", "-m", "another");

    assertThat(work.git("push", "parigot", "main").exit()).isNotZero();
    assertThat(work.git("push", "--force", "parigot", "main").exit()).isZero();
    assertThat(server.deployer.happened).contains("commit v2");
  }

  @Test
  void mainCannotBeDeletedButOtherBranchesCan() throws Exception {
    work.commit("first");
    work.ok("push", "parigot", "main", "main:refs/heads/draft");

    WorkTree.Result refused = work.git("push", "parigot", ":main");
    assertThat(refused.exit()).isNotZero();
    assertThat(refused.output()).contains("this branch is what runs");
    assertThat(work.git("push", "parigot", ":draft").exit()).isZero();
  }

  @Test
  void refsThatAreNeitherBranchesNorTagsAreRefused() throws Exception {
    work.commit("first");
    WorkTree.Result push = work.git("push", "parigot", "main:refs/notes/x", "main:refs/heads/y");
    assertThat(push.output())
        .contains("only branches and tags are kept here", "refused with the rest of the push");
    assertThat(work.ok("ls-remote", "parigot")).isEmpty();
  }

  @Test
  void othersAppsDoNotExist() throws Exception {
    work.commit("first");
    for (String url :
        List.of(
            server.url("other.git", GitServer.ADA),
            server.url("none.git", GitServer.ADA),
            server.url("shop.git", GitServer.BOB))) {
      assertThat(work.git("push", url, "main").output()).contains("not found");
      assertThat(work.git("ls-remote", url).output()).contains("not found");
    }
    assertThat(server.deployer.happened).isEmpty();
  }

  @Test
  void withoutAnAccountNothingIsAnswered() throws Exception {
    String url = server.url("shop.git", GitServer.ADA).replaceFirst("//.*@", "//");
    assertThat(work.git("ls-remote", url).exit()).isNotZero();
  }

  @Test
  void symlinksSubmodulesAndSizesAreToldToThePipeline() throws Exception {
    Files.createSymbolicLink(work.folder().resolve("link"), Path.of("parigot.toml"));
    work.write("site/a b.txt", "twelve bytes").commit("first");
    work.ok("update-index", "--add", "--cacheinfo", "160000," + "1".repeat(40) + ",module");
    work.ok("commit", "-q", "-m", "submodule");
    work.ok("push", "parigot", "main");

    assertThat(server.deployer.trees.getFirst())
        .contains(
            new SourceTree.Entry("link", SourceTree.Kind.SYMLINK, 0),
            new SourceTree.Entry("module", SourceTree.Kind.SUBMODULE, 0),
            new SourceTree.Entry("site/a b.txt", SourceTree.Kind.FILE, 12));
  }

  @Test
  void aCommitOfMoreThan20000FilesIsRefused() throws Exception {
    String blob = work.ok("hash-object", "-w", "parigot.toml").strip();
    StringBuilder index = new StringBuilder();
    for (int i = 0; i <= 20_000; i++) {
      index.append("100644 ").append(blob).append("\tsite/").append(i).append('\n');
    }
    work.fed(index.toString(), "update-index", "--index-info");
    work.ok("commit", "-q", "-m", "too many");

    WorkTree.Result push = work.git("push", "parigot", "main");

    assertThat(push.exit()).isNotZero();
    assertThat(push.output())
        .contains(
            "remote:  !     The commit has more than 20000 files.",
            "Leave out what is not deployed");
    eventually(() -> objectFiles().isEmpty());
  }

  @Test
  void aFileOfMoreThan64MebibytesIsRefused() throws Exception {
    try (RandomAccessFile file =
        new RandomAccessFile(work.folder().resolve("cart.wasm").toFile(), "rw")) {
      file.setLength((64L << 20) + 1);
    }
    work.commit("too large");

    WorkTree.Result push = work.git("push", "parigot", "main");

    assertThat(push.exit()).isNotZero();
    assertThat(push.output()).contains("Object too large (67,108,865 bytes)", "67,108,864");
    assertThat(server.deployer.happened).isEmpty();
    eventually(() -> objectFiles().isEmpty());
  }

  @Test
  void ofTwoPushesAtOnceTheSecondMustFetchFirst() throws Exception {
    work.commit("first");
    work.ok("push", "parigot", "main");
    work.ok("clone", "-q", server.url("shop.git", GitServer.ADA), folder + "/clone");
    WorkTree clone = new WorkTree(folder.resolve("clone"));
    clone.commit("theirs");
    String ours = work.commit("ours");
    server.deployer.reached = new CountDownLatch(1);
    server.deployer.proceed = new CountDownLatch(1);

    CompletableFuture<WorkTree.Result> first = inBackground(work, "push", "parigot", "main");
    assertThat(server.deployer.reached.await(30, TimeUnit.SECONDS)).isTrue();
    Process second = clone.start("push", "origin", "main");
    try (BufferedReader lines = second.inputReader(StandardCharsets.UTF_8)) {
      assertThat(lines.readLine()).contains("Waiting for the push before this one");
      server.deployer.proceed.countDown();
      assertThat(first.get().exit()).isZero();
      assertThat(String.join("\n", lines.lines().toList())).contains("was moved by another push");
    }
    assertThat(second.waitFor()).isNotZero();
    assertThat(server.repositories.head(SHOP, Repositories.MAIN)).contains(ours);
    assertThat(server.deployer.happened).doesNotContain("abandon v3");
  }

  @Test
  void aClientThatGoesAwayBeforeAcceptanceIsRefused() throws Exception {
    work.commit("first");
    server.deployer.proceed = new CountDownLatch(1);

    Process push = work.start("push", "parigot", "main");
    assertThat(server.deployer.reached.await(30, TimeUnit.SECONDS)).isTrue();
    kill(push);
    TimeUnit.SECONDS.sleep(10); // two signs of life are written in vain
    server.deployer.proceed.countDown();

    eventually(() -> server.deployer.happened.contains("abandon v1"));
    assertThat(server.repositories.head(SHOP, Repositories.MAIN)).isEmpty();
    eventually(() -> objectFiles().isEmpty());
  }

  @Test
  void silenceIsFilledWithSignsOfLife() throws Exception {
    work.commit("first");
    server.deployer.proceed = new CountDownLatch(1);

    Process push = work.start("push", "parigot", "main");
    try (BufferedReader lines = push.inputReader(StandardCharsets.UTF_8)) {
      String line = lines.readLine();
      while (line != null && !line.contains("still working")) {
        line = lines.readLine();
      }
      assertThat(line).isNotNull();
      server.deployer.proceed.countDown();
      assertThat(String.join("\n", lines.lines().toList())).contains("live in 0.1 s");
    }
  }

  @Test
  void aNewAppOfAnOldNameHasAnEmptyRepository() throws Exception {
    work.commit("first");
    work.ok("push", "parigot", "main");
    server.repositories.delete(SHOP);
    server.add(new App(new AppId(9), AppName.of("shop"), GitServer.ADA.id(), Instant.EPOCH));

    assertThat(work.ok("ls-remote", "parigot")).isEmpty();
  }

  @Test
  void theSweepRemovesLeftoversAndRepositoriesOfDeletedApps() throws Exception {
    work.commit("first");
    work.ok("push", "parigot", "main");
    Path objects = folder.resolve("git/7.git/objects");
    Files.createDirectories(objects.resolve("incoming-1/pack"));
    Files.createDirectories(folder.resolve("git/9.git/objects"));
    Files.createDirectories(folder.resolve("git/new-1"));

    server.repositories.sweep(app -> app.equals(SHOP));

    assertThat(folder.resolve("git")).isDirectoryNotContaining("glob:**/{9.git,new-*}");
    assertThat(objects).isDirectoryNotContaining("glob:**/incoming-*");
    assertThat(work.ok("ls-remote", "parigot")).contains("refs/heads/main");
  }

  @Test
  void manyPushesArePackedTogether() throws Exception {
    for (int i = 0; i < 55; i++) {
      work.commit("commit " + i);
      work.ok("push", "-q", "parigot", "main:refs/heads/draft");
    }
    eventually(() -> objectFiles().stream().filter(f -> f.endsWith(".pack")).count() < 10);
    work.ok("fetch", "parigot");
    work.ok("fsck", "--connectivity-only", "parigot/draft");
  }

  private List<String> objectFiles() {
    Path objects = folder.resolve("git/7.git/objects");
    try (var files = Files.walk(objects)) {
      return files
          .filter(file -> Files.isRegularFile(file) || file.toString().contains("incoming-"))
          .map(file -> objects.relativize(file).toString())
          .toList();
    } catch (IOException | java.io.UncheckedIOException e) {
      return List.of("unreadable");
    }
  }

  private static CompletableFuture<WorkTree.Result> inBackground(WorkTree work, String... command) {
    return CompletableFuture.supplyAsync(() -> {
      try {
        return work.git(command);
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    });
  }

  private static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void eventually(Condition condition) throws Exception {
    for (int i = 0; i < 100 && !condition.holds(); i++) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
    assertThat(condition.holds()).isTrue();
  }
}
