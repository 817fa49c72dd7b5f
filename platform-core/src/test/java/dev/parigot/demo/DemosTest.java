package dev.parigot.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parigot.account.AccountId;
import dev.parigot.app.App;
import dev.parigot.app.AppName;
import dev.parigot.app.Apps;
import dev.parigot.artifact.ArtifactStore;
import dev.parigot.artifact.EmbeddedS3;
import dev.parigot.database.Database;
import dev.parigot.database.GeneratedId;
import dev.parigot.database.SettableClock;
import dev.parigot.database.TestDatabase;
import dev.parigot.manifest.ChannelRules;
import dev.parigot.manifest.Manifest;
import dev.parigot.observe.Events;
import dev.parigot.problem.Problem;
import dev.parigot.release.Artifacts;
import dev.parigot.release.Ledger;
import dev.parigot.release.Release;
import dev.parigot.release.Releases;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class DemosTest {
  private static final ArtifactStore STORE = store();
  private static final String BY = "ada@example.org";
  private static final String MANIFEST = "[site]\ndir = \"site\"\n";

  private final SettableClock clock =
      new SettableClock(Instant.parse("2026-03-01T12:00:00.123456Z"));
  private final SecureRandom random = new SecureRandom();
  private final Database database;
  private final Artifacts artifacts;
  private final Apps apps;
  private final Releases releases;
  private final App shop;
  private Demos demos;

  DemosTest(TestDatabase vendor) {
    database = vendor.empty();
    artifacts = new Artifacts(STORE, new Ledger(database.jdbc(), database.transactions(), clock));
    apps = new Apps(database.jdbc(), database.transactions(), clock);
    releases = new Releases(database.jdbc(), database.transactions(), clock);
    AccountId ada =
        new AccountId(
            GeneratedId.of(
                database
                    .jdbc()
                    .sql(
                        """
                        INSERT INTO accounts (email, name, password, created_at)
                        VALUES ('ada@example.org', 'Ada', '', CURRENT_TIMESTAMP)
                        """)));
    shop = apps.create(ada, AppName.of("shop"));
    demos = open();
  }

  /** One for all tests: what is kept by its digest is nobody's. It ends with the JVM. */
  private static ArtifactStore store() {
    try {
      Path folder = Files.createTempDirectory(Path.of("target"), "s3-");
      return ArtifactStore.open(EmbeddedS3.start(folder, new SecureRandom()).settings());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As after a start of the platform. */
  private Demos open() {
    return new Demos(
        database.jdbc(),
        database.transactions(),
        apps,
        releases,
        new Contents(database.jdbc(), artifacts),
        new Events(),
        clock,
        random);
  }

  private Release release(String page) {
    return release(page, artifacts.put(MANIFEST.getBytes(UTF_8)));
  }

  private Release release(String page, @Nullable String manifest) {
    byte[] content = page.getBytes(UTF_8);
    Release made =
        releases.create(
            shop.id(),
            null,
            BY,
            new Release.Contents(
                List.of(),
                Map.of("index.html", new Release.SiteFile(artifacts.put(content), content.length)),
                null,
                Map.of(),
                Map.of(),
                Map.of(),
                ChannelRules.NONE,
                List.of(),
                manifest,
                null,
                Map.of(),
                Manifest.SignIn.DEFAULT));
    return releases.markLive(made);
  }

  private Demo share(@Nullable Integer number) {
    return demos.share(shop, number, null, Terms.of("fair", null), BY);
  }

  private Content content(Demo demo) {
    return ((Shown.Running) demos.shown(demo.label().value())).content();
  }

  @Test
  void aDemoIsReadBackAsItWasMade() {
    release("v1");
    Instant expires = clock.instant().plus(Duration.ofDays(7));

    Demo demo =
        demos.share(shop, 1, "{\"a\": \"b\"}".getBytes(UTF_8), Terms.of(" fair ", expires), BY);

    assertThat(demo.name()).isEqualTo("fair");
    assertThat(demo.release()).isEqualTo(1);
    assertThat(demo.expires()).isEqualTo(expires);
    assertThat(demo.startingData()).startsWith("sha256:");
    assertThat(demo.state(clock.instant())).isEqualTo(Demo.State.OPEN);
    assertThat(demo.at()).isEqualTo(clock.instant());
    assertThat(demos.of(shop, 0, 10)).containsExactly(demo);
    assertThat(demos.require(shop, demo.label().value())).isEqualTo(demo);
  }

  @Test
  void aReleaseIsWoundOnceAndADemoOutlivesARestart() {
    Release release = release("v1");
    Content first = content(share(null));
    Demo demo = share(null);

    demos = open();

    assertThat(content(demo)).isEqualTo(first);
    assertThat(
            database
                .jdbc()
                .sql("SELECT COUNT(DISTINCT content) FROM demo_contents WHERE release_id = :id")
                .param("id", release.id())
                .query(Long.class)
                .single())
        .isEqualTo(1);
  }

  @Test
  void theLatestFollowsTheLiveReleaseAndThePinnedOneStays() {
    release("v1");
    Demo pinned = share(1);
    Demo latest = share(null);
    Content before = content(latest);

    release("v2");

    assertThat(content(pinned)).isEqualTo(before);
    assertThat(content(latest)).isNotEqualTo(before);
  }

  @Test
  void itExpiresAndCanBeGivenMoreTime() {
    release("v1");
    Demo demo = demos.share(shop, null, null, Terms.of("x", clock.instant().plusSeconds(60)), BY);
    clock.advance(Duration.ofSeconds(60));
    assertThat(demos.shown(demo.label().value())).isInstanceOf(Shown.Expired.class);

    demos.change(shop, demo, Terms.of(demo).withExpires(clock.instant().plusSeconds(1)));

    assertThat(demos.shown(demo.label().value())).isInstanceOf(Shown.Running.class);
  }

  @Test
  void opensAreKept() {
    release("v1");
    Demo demo = share(null);
    demos.opened(demo);
    demos.opened(demo);

    Demo now = open().require(shop, demo.label().value());

    assertThat(now.opens()).isEqualTo(2);
    assertThat(now.lastOpened()).isEqualTo(clock.instant());
  }

  @Test
  void anAddressIsRevokedForEverWithItsApp() {
    release("v1");
    Demo revoked = share(null);
    Demo orphan = share(null);
    demos.revoke(shop, revoked);
    apps.delete(shop);

    assertThat(demos.shown(revoked.label().value())).isInstanceOf(Shown.Revoked.class);
    assertThat(demos.shown(orphan.label().value())).isInstanceOf(Shown.Revoked.class);
  }

  @Test
  void whatIsRevokedCannotBeChangedBack() {
    release("v1");
    Demo demo = share(null);
    demos.revoke(shop, demo);

    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> demos.change(shop, demo, Terms.of(demo)));
    assertThat(demos.shown(demo.label().value())).isInstanceOf(Shown.Revoked.class);
  }

  @Test
  void aReleaseFromBeforeDemosSaysWhatToDo() {
    release("v1", null);

    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> share(1))
        .satisfies(problem -> assertThat(problem.type()).isEqualTo("release-not-for-demos"))
        .satisfies(problem -> assertThat(problem.next()).contains("Deploy"));
    assertThat(demos.of(shop, 0, 10)).isEmpty();
  }

  @Test
  void aFailedReleaseIsNotShared() {
    Release failed = releases.create(shop.id(), null, BY, Release.Contents.of(List.of()));
    releases.markFailed(failed, "no");

    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> share(1))
        .satisfies(problem -> assertThat(problem.type()).isEqualTo("release-not-shareable"));
  }

  @Test
  void aNameIsOneLineOfAtMostAHundredCharacters() {
    for (String name : List.of("", "  ", "a\nb", "x".repeat(101))) {
      assertThatExceptionOfType(Problem.class).isThrownBy(() -> Terms.of(name, null));
    }
  }

  @Test
  void labelsAreLongAndDiffer() {
    String one = DemoLabel.random(random).value();
    assertThat(one).matches("[a-z2-7]{26}").isNotEqualTo(DemoLabel.random(random).value());
    assertThat(DemoLabel.find(one.toUpperCase(java.util.Locale.ROOT))).isEmpty();
  }
}
