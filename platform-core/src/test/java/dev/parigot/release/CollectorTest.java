package dev.parigot.release;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parigot.account.AccountId;
import dev.parigot.app.App;
import dev.parigot.app.AppName;
import dev.parigot.app.Apps;
import dev.parigot.artifact.ArtifactStore;
import dev.parigot.artifact.Digest;
import dev.parigot.artifact.EmbeddedS3;
import dev.parigot.database.Database;
import dev.parigot.database.GeneratedId;
import dev.parigot.database.SettableClock;
import dev.parigot.database.TestDatabase;
import dev.parigot.demo.Contents;
import dev.parigot.demo.Demo;
import dev.parigot.demo.Demos;
import dev.parigot.demo.Terms;
import dev.parigot.manifest.ChannelRules;
import dev.parigot.manifest.Manifest;
import dev.parigot.observe.Events;
import dev.parigot.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** With the real database, and real bytes behind the S3 protocol. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class CollectorTest {
  private static final String BY = "ada@example.org";
  private static final int KEPT = Collector.FEWEST_KEPT;

  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T12:00:00Z"));
  private final Path folder = Files.createTempDirectory(Path.of("target"), "collected-");
  private final EmbeddedS3 s3 = EmbeddedS3.start(folder, new SecureRandom());
  private final ArtifactStore store = ArtifactStore.open(s3.settings());
  private final Database database;
  private final Ledger ledger;
  private final Artifacts artifacts;
  private final Releases releases;
  private final Apps apps;
  private final AccountId ada;
  private final Contents contents;
  private final Demos demos;
  private final Collector collector;
  private final App shop;

  CollectorTest(TestDatabase vendor) throws IOException {
    database = vendor.empty();
    ledger = new Ledger(database.jdbc(), database.transactions(), clock);
    artifacts = new Artifacts(store, ledger);
    releases = new Releases(database.jdbc(), database.transactions(), clock);
    apps = new Apps(database.jdbc(), database.transactions(), clock);
    contents = new Contents(database.jdbc(), artifacts);
    demos =
        new Demos(
            database.jdbc(),
            database.transactions(),
            apps,
            releases,
            contents,
            new Events(),
            clock,
            new SecureRandom());
    collector = new Collector(releases, artifacts, ledger, List.of(contents), KEPT, clock);
    ada =
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
  }

  @AfterEach
  void stop() {
    store.close();
    s3.close();
  }

  @Test
  void theNewestReleasesAreKeptAndWhatOnlyOlderOnesHadIsRemoved() {
    for (int i = 1; i <= KEPT + 2; i++) {
      push(shop, "common", "page " + i);
    }
    clock.advance(Duration.ofDays(2));

    Collector.Collected collected = collector.collect();

    assertThat(collected).isEqualTo(new Collector.Collected(2, 2, 2 * "page 1".length()));
    assertThat(releases.of(shop.id(), 0, 100)).hasSize(KEPT);
    assertThat(isStored("common")).isTrue();
    assertThat(isStored("page 2")).isFalse();
    assertThat(isStored("page 3")).isTrue();
    assertThat(collector.collect()).isEqualTo(new Collector.Collected(0, 0, 0));
  }

  @Test
  void whatIsNoMoreIsToldApartFromWhatNeverWas() {
    for (int i = 0; i <= KEPT; i++) {
      push(shop, "page");
    }
    clock.advance(Duration.ofDays(2));
    collector.collect();

    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> releases.require(shop.id(), 1))
        .returns(404, Problem::status)
        .withMessageContaining("v1 is no more");
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> releases.require(shop.id(), 99))
        .withMessageContaining("There is no release v99");
  }

  @Test
  void nothingIsRemovedWithinADay() {
    for (int i = 1; i <= KEPT + 5; i++) {
      push(shop, "page " + i);
    }
    artifacts.put("of a deployment that goes on".getBytes(UTF_8));
    clock.advance(Duration.ofHours(23));

    assertThat(collector.collect()).isEqualTo(new Collector.Collected(0, 0, 0));
  }

  @Test
  void failedReleasesPushNoneOutThatWasLive() {
    push(shop, "good");
    push(shop, "better");
    for (int i = 0; i < 3 * KEPT; i++) {
      releases.markFailed(create(shop, "bad " + i), "no");
    }
    clock.advance(Duration.ofDays(2));

    assertThat(collector.collect().releases()).isEqualTo(2 * KEPT);
    assertThat(releases.require(shop.id(), 1).state()).isEqualTo(Release.State.REPLACED);
    assertThat(isStored("good")).isTrue();
    assertThat(isStored("bad 0")).isFalse();
  }

  @Test
  void aReleaseThatADemoShowsIsKeptUntilTheDemoIsRevoked() {
    push(shop, "first");
    Demo demo = demos.share(shop, 1, null, Terms.of("fair", null), BY);
    for (int i = 0; i <= KEPT; i++) {
      push(shop, "later");
    }
    clock.advance(Duration.ofDays(2));
    assertThat(collector.collect().releases()).isEqualTo(1);
    assertThat(releases.require(shop.id(), 1).site()).containsKey("first.html");
    assertThat(isStored("first")).isTrue();

    demos.revoke(shop, demo);

    assertThat(collector.collect().releases()).isEqualTo(1);
    assertThat(isStored("first")).isFalse();
    assertThat(unnamed()).isEmpty();
  }

  @Test
  void aDeletedAppsArtifactsGoUnlessAnotherHasThem() {
    App blog = apps.create(ada, AppName.of("blog"));
    push(shop, "both", "shop's");
    push(blog, "both", "blog's");
    apps.delete(blog);
    clock.advance(Duration.ofDays(2));

    collector.collect();

    assertThat(isStored("both")).isTrue();
    assertThat(isStored("blog's")).isFalse();
  }

  @Test
  void aReleaseThatIsRemovedCantBeMadeLiveAgain() {
    Release first = push(shop, "first");
    for (int i = 0; i < KEPT; i++) {
      push(shop, "later");
    }
    clock.advance(Duration.ofDays(2));
    collector.collect();

    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() ->
            releases.createAgain(first.app(), first, new Release.Origin.Rollback(1), Map.of(), BY))
        .withMessageContaining("v1 is no more");
  }

  @Test
  void whatTheStoreCantTellOfStopsTheCollection() {
    push(shop, "first");
    push(shop, "second");
    demos.share(shop, 1, null, Terms.of("fair", null), BY);
    String content =
        database.jdbc().sql("SELECT content FROM demo_contents").query(String.class).single();
    store.remove(Digest.of(content));
    artifacts.put("nobody's".getBytes(UTF_8));
    clock.advance(Duration.ofDays(2));

    assertThatExceptionOfType(Problem.class).isThrownBy(collector::collect);
    assertThat(isStored("nobody's")).isTrue();
  }

  @Test
  void whoKeepsBytesThatAreBeingRemovedHasThemAfterwards() {
    byte[] bytes = "wanted".getBytes(UTF_8);
    String digest = artifacts.put(bytes);
    for (int i = 0; i < 60; i++) {
      clock.advance(Duration.ofHours(2));
      Instant now = clock.instant();
      CompletableFuture<Void> removal =
          CompletableFuture.runAsync(() -> artifacts.remove(digest, now));
      artifacts.put(bytes);
      removal.join();

      assertThat(store.exists(Digest.of(digest))).isTrue();
    }
  }

  @Test
  void whateverHappensNothingThatIsNeededIsRemovedAndNothingElseStays() {
    for (long seed = 1; seed <= 3; seed++) {
      new Life(seed).live(100);
    }
    clock.advance(Duration.ofDays(2));
    collector.collect();
    assertThat(unnamed()).isEmpty();
  }

  /** A while of everything that makes artifacts needed or not, in an order that the seed tells. */
  private final class Life {
    private final long seed;
    private final Random random;
    private final Map<Integer, App> living = new HashMap<>();
    private int demoCount;

    Life(long seed) {
      this.seed = seed;
      this.random = new Random(seed);
    }

    void live(int moments) {
      for (int i = 0; i < moments; i++) {
        int moment = i;
        App app = living.computeIfAbsent(random.nextInt(3), n -> app(n, moment));
        switch (random.nextInt(20)) {
          case 0 -> delete(app);
          case 1, 2 -> collect();
          case 3 -> releases.markFailed(create(app, page()), "no");
          case 4, 5 -> rollback(app);
          case 6 -> share(app);
          case 7 -> revoke(app);
          case 8, 9 -> clock.advance(Duration.ofHours(1 + random.nextInt(30)));
          case 10 -> artifacts.put(page().getBytes(UTF_8));
          case 11 -> pushAcrossACollection(app);
          default -> push(app, page(), page());
        }
      }
      collect();
    }

    private void collect() {
      collector.collect();
      assertThat(missing()).as("seed %d", seed).isEmpty();
    }

    private App app(int n, int moment) {
      return apps.create(ada, AppName.of("life-%d-%d-%d".formatted(seed, n, moment)));
    }

    private void delete(App app) {
      apps.delete(app);
      living.values().remove(app);
    }

    /** Few, so that apps and releases share them. */
    private String page() {
      return "page " + random.nextInt(40);
    }

    private void rollback(App app) {
      List<Release> old = releases.of(app.id(), 0, 100);
      if (!old.isEmpty()) {
        Release to = old.get(random.nextInt(old.size()));
        if (to.state() == Release.State.REPLACED) {
          releases.markLive(
              releases.createAgain(
                  to.app(), to, new Release.Origin.Rollback(to.number()), Map.of(), BY));
        }
      }
    }

    /** As the pipeline does: what the live release has is not put again. */
    private void pushAcrossACollection(App app) {
      String kept = page();
      Release live = push(app, kept);
      clock.advance(Duration.ofDays(3));
      String fresh = page();
      Release.SiteFile file =
          new Release.SiteFile(artifacts.put(fresh.getBytes(UTF_8)), fresh.length());
      collect();
      Map<String, Release.SiteFile> site = new HashMap<>(live.site());
      site.put("fresh.html", file);
      releases.markLive(releases.create(app.id(), null, BY, made(site)));
    }

    private void share(App app) {
      if (demoCount < 2 && releases.live(app.id()).isPresent()) {
        demoCount++;
        Integer number =
            random.nextBoolean() ? null : releases.live(app.id()).orElseThrow().number();
        byte[] data = random.nextBoolean() ? null : "{\"a\": \"1\"}".getBytes(UTF_8);
        demos.share(app, number, data, Terms.of("demo", null), BY);
      }
    }

    private void revoke(App app) {
      demos.of(app, 0, 1).forEach(demo -> demos.revoke(app, demo));
    }
  }

  private Release push(App app, String... pages) {
    return releases.markLive(create(app, pages));
  }

  private Release create(App app, String... pages) {
    Map<String, Release.SiteFile> site = new HashMap<>();
    for (String page : pages) {
      site.put(
          page + ".html", new Release.SiteFile(artifacts.put(page.getBytes(UTF_8)), page.length()));
    }
    return releases.create(app.id(), null, BY, made(site));
  }

  private Release.Contents made(Map<String, Release.SiteFile> site) {
    String manifest = artifacts.put("[site]\ndir = \"site\"\n".getBytes(UTF_8));
    return new Release.Contents(
        List.of(),
        site,
        null,
        Map.of(),
        Map.of(),
        Map.of(),
        ChannelRules.NONE,
        List.of(),
        manifest,
        null,
        Map.of(),
        Manifest.SignIn.DEFAULT);
  }

  private boolean isStored(String page) {
    return store.exists(Digest.sha256(page.getBytes(UTF_8)));
  }

  /** What is needed and not stored. */
  private Set<String> missing() {
    Set<String> missing = needed();
    missing.removeIf(digest -> store.exists(Digest.of(digest)));
    return missing;
  }

  /** What is stored and not needed. */
  private Set<String> unnamed() {
    Set<String> unnamed =
        new TreeSet<>(
            database.jdbc().sql("SELECT digest FROM artifacts").query(String.class).list());
    unnamed.removeAll(needed());
    return unnamed;
  }

  private Set<String> needed() {
    Set<String> needed = new TreeSet<>();
    releases.tell(needed::add);
    contents.tell(needed::add);
    return needed;
  }
}
