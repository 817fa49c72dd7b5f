package dev.parigot.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.account.AccountId;
import dev.parigot.app.App;
import dev.parigot.app.AppName;
import dev.parigot.app.Apps;
import dev.parigot.app.Branch;
import dev.parigot.app.Stagings;
import dev.parigot.database.Database;
import dev.parigot.database.DatabaseSettings;
import dev.parigot.release.Release;
import dev.parigot.release.Releases;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TreeFormatter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReconciliationTest {
  @TempDir Path folder;
  Database database;
  Apps apps;
  Releases releases;
  Repositories repositories;
  App app;

  @BeforeEach
  void open() {
    database = Database.open(new DatabaseSettings.Embedded(folder.resolve("database")));
    releases = new Releases(database.jdbc(), database.transactions(), Clock.systemUTC());
    repositories = new Repositories(folder.resolve("git"));
    database
        .jdbc()
        .sql(
            "INSERT INTO accounts (email, name, password, created_at)"
                + " VALUES ('ada@example.org', 'Ada', 'x', CURRENT_TIMESTAMP)")
        .update();
    long ada = database.jdbc().sql("SELECT MAX(id) FROM accounts").query(Long.class).single();
    apps = new Apps(database.jdbc(), database.transactions(), Clock.systemUTC());
    app = apps.create(new AccountId(ada), AppName.of("shop"));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aReleaseWhoseBranchMovedIsLive() throws Exception {
    Release release = create(commitAt(Repositories.MAIN));
    reconcile();
    assertThat(releases.live(app.id()).map(Release::number)).contains(release.number());
  }

  @Test
  void aReleaseWhoseBranchDidNotMoveFailed() throws Exception {
    commitAt(Repositories.MAIN);
    create("a".repeat(40));
    assertFailed();
  }

  @Test
  void aReleaseThatDidNotComeByGitFailed() {
    create(null);
    assertFailed();
  }

  @Test
  void aReleaseThatWasNotSeenToStartFailed() throws Exception {
    releases.create(
        app.id(), commitAt(Repositories.MAIN), "ada@example.org", Release.Contents.of(List.of()));
    assertFailed();
  }

  @Test
  void aConfigurationOfTheCommitThatIsTheBranchFailed() throws Exception {
    Release pushed = create(commitAt(Repositories.MAIN));
    releases.markLive(pushed);
    Release configured =
        releases.createAgain(
            app.id(),
            pushed,
            new Release.Origin.Reconfiguration(),
            Map.of("KEY", "new"),
            "ada@example.org");
    releases.markProved(configured);
    reconcile();
    assertThat(releases.live(app.id()).map(Release::number)).contains(pushed.number());
    assertThat(releases.starting()).isEmpty();
  }

  @Test
  void masterIsABranchThatDeploysToo() throws Exception {
    create(commitAt(Repositories.MASTER));
    reconcile();
    assertThat(releases.live(app.id())).isPresent();
  }

  @Test
  void aBranchInStagingIsHeldToItsOwnHead() throws Exception {
    App staged =
        new Stagings(database.jdbc(), database.transactions(), Clock.systemUTC(), apps, 20)
            .create(app, Branch.of("fix/rounding"));
    String own = commitAt("refs/heads/fix/rounding");
    create(staged, commitAt(Repositories.MAIN));
    reconcile();
    assertThat(releases.live(staged.id())).isEmpty();

    create(staged, own);
    reconcile();
    assertThat(releases.live(staged.id()).map(Release::number)).contains(2);
    assertThat(releases.live(app.id())).isEmpty();
  }

  @Test
  void aSituationThatWasMadeForAPushThatWasNotAcceptedIsGone() throws Exception {
    Stagings stagings =
        new Stagings(database.jdbc(), database.transactions(), Clock.systemUTC(), apps, 20);
    App unfinished = stagings.create(app, Branch.of("unfinished"));
    App empty = stagings.create(app, Branch.of("empty"));
    App running = stagings.create(app, Branch.of("running"));
    releases.markLive(create(running, null));
    create(unfinished, "a".repeat(40));
    create(running, "a".repeat(40));

    reconcile();

    assertThat(stagings.of(app)).containsExactly(empty, running);
    assertThat(releases.live(running.id()).map(Release::number)).contains(1);
  }

  private void assertFailed() {
    reconcile();
    assertThat(releases.live(app.id())).isEmpty();
    assertThat(releases.starting()).isEmpty();
    assertThat(releases.byNumber(app.id(), 1).orElseThrow().failure())
        .isEqualTo("the platform ended while it was being launched");
  }

  private void reconcile() {
    new Reconciliation(repositories, apps, releases).run();
  }

  private Release create(@Nullable String commit) {
    return create(app, commit);
  }

  private Release create(App where, @Nullable String commit) {
    Release release =
        releases.create(where.id(), commit, "ada@example.org", Release.Contents.of(List.of()));
    releases.markProved(release);
    return release;
  }

  private String commitAt(String ref) throws Exception {
    try (Repository repository = repositories.open(app.id());
        ObjectInserter inserter = repository.newObjectInserter()) {
      CommitBuilder commit = new CommitBuilder();
      commit.setTreeId(inserter.insert(new TreeFormatter()));
      commit.setAuthor(new PersonIdent("Ada", "ada@example.org"));
      commit.setCommitter(commit.getAuthor());
      commit.setMessage("a commit of " + ref);
      ObjectId id = inserter.insert(Constants.OBJ_COMMIT, commit.build());
      inserter.flush();
      RefUpdate update = repository.updateRef(ref);
      update.setNewObjectId(id);
      assertThat(update.update()).isEqualTo(RefUpdate.Result.NEW);
      return id.name();
    }
  }
}
