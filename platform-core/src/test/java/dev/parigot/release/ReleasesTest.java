package dev.parigot.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parigot.account.AccountId;
import dev.parigot.app.AppId;
import dev.parigot.app.AppName;
import dev.parigot.app.Apps;
import dev.parigot.database.Database;
import dev.parigot.database.GeneratedId;
import dev.parigot.database.SettableClock;
import dev.parigot.database.TestDatabase;
import dev.parigot.manifest.Audience;
import dev.parigot.manifest.ChannelRules;
import dev.parigot.manifest.Fifo;
import dev.parigot.manifest.Manifest;
import dev.parigot.problem.Problem;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class ReleasesTest {
  private static final Release.Queue ORDERS =
      new Release.Queue("mailer", "order_placed", 5, 2, new Fifo("customer"));
  private static final Release.Cron RESTOCK =
      new Release.Cron(
          "*/5 * * * *", "Europe/Paris", "stock", "restock", Manifest.Overlap.REPLACE, true);

  private static final String BY = "ada@example.org";

  private final SettableClock clock =
      new SettableClock(Instant.parse("2026-03-01T12:00:00.123456Z"));
  private final Releases releases;
  private final AppId shop;
  private final AppId blog;

  ReleasesTest(TestDatabase vendor) {
    Database database = vendor.empty();
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
    Apps apps = new Apps(database.jdbc(), database.transactions(), clock);
    shop = apps.create(ada, AppName.of("shop")).id();
    blog = apps.create(ada, AppName.of("blog")).id();
  }

  @Test
  void aReleaseIsReadBackAsItWasMade() {
    ReleasedService cart =
        new ReleasedService(
            "cart",
            "service",
            "sha256:" + "a".repeat(64),
            13_000,
            false,
            List.of("add", "http"),
            1,
            8,
            64 << 20,
            10_000_000_000L,
            List.of("add", "http", "total"),
            List.of(new ReleasedService.Call("stock", "take", true)));
    Map<String, Release.SiteFile> site =
        Map.of("bücher/index.html", new Release.SiteFile("sha256:" + "b".repeat(64), 42));

    Release made =
        releases.create(
            shop,
            "c".repeat(40),
            BY,
            new Release.Contents(
                List.of(cart),
                site,
                "cart",
                Map.of("A", "é\0\"\\"),
                Map.of("orders", ORDERS),
                Map.of("restock", RESTOCK),
                new ChannelRules(Map.of("orders", Audience.EVERYONE, "stock-*", Audience.NOBODY)),
                List.of("api.example.org"),
                "sha256:" + "d".repeat(64),
                "sha256:" + "e".repeat(64),
                Map.of("shop_test", "sha256:" + "f".repeat(64)),
                new Manifest.SignIn(
                    false,
                    Map.of(
                        "corp", new Manifest.Provider("https://id.example.org", "shop", "Corp")))));

    assertThat(made.number()).isEqualTo(1);
    assertThat(made.state()).isEqualTo(Release.State.STARTING);
    assertThat(made.at()).isEqualTo(clock.instant());
    assertThat(made.services()).containsExactly(cart);
    assertThat(made.site()).isEqualTo(site);
    assertThat(made.config()).isEqualTo(Map.of("A", "é\0\"\\"));
    assertThat(made.contents().queues()).containsExactly(Map.entry("orders", ORDERS));
    assertThat(made.contents().cron()).containsExactly(Map.entry("restock", RESTOCK));
    assertThat(made.contents().outbound()).containsExactly("api.example.org");
    assertThat(made.contents().manifest()).isEqualTo("sha256:" + "d".repeat(64));
    assertThat(made.contents().startingData()).isEqualTo("sha256:" + "e".repeat(64));
    assertThat(releases.byNumber(shop, 1)).contains(made);
    assertThat(releases.of(shop, 0, 10)).containsExactly(made);
  }

  @Test
  void aSiteOf20000FilesFits() {
    Map<String, Release.SiteFile> site = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      site.put(
          "a/rather/long/path/to/file-" + i + ".html",
          new Release.SiteFile("sha256:" + "%064x".formatted(i), i));
    }
    releases.create(
        shop, null, BY, new Release.Contents(List.of(), site, null, Map.of(), Map.of(), List.of()));
    assertThat(releases.byNumber(shop, 1).orElseThrow().site()).isEqualTo(site);
  }

  @Test
  void numbersAreOfTheAppAndNeverGivenTwice() {
    Release first = create(shop);
    releases.markFailed(first, "does not start");
    assertThat(create(shop).number()).isEqualTo(2);
    assertThat(create(blog).number()).isEqualTo(1);
  }

  @Test
  void numbersTakenAtTheSameTimeDiffer() throws Exception {
    List<Callable<Integer>> creations =
        IntStream.range(0, 24)
            .<Callable<Integer>>mapToObj(_ -> () -> create(shop).number())
            .toList();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Integer> numbers =
          threads.invokeAll(creations).stream().map(Future::resultNow).sorted().toList();
      assertThat(numbers).isEqualTo(IntStream.rangeClosed(1, 24).boxed().toList());
    }
  }

  @Test
  void oneReleaseIsLive() {
    assertThat(releases.live(shop)).isEmpty();
    Release first = releases.markLive(create(shop));
    assertThat(releases.live(shop)).contains(first);

    Release second = releases.markLive(create(shop));

    assertThat(second.state()).isEqualTo(Release.State.LIVE);
    assertThat(releases.live(shop)).contains(second);
    assertThat(releases.byNumber(shop, 1).orElseThrow().state()).isEqualTo(Release.State.REPLACED);
    assertThat(releases.live(blog)).isEmpty();
  }

  @Test
  void ofManyMadeLiveAtTheSameTimeOneRemains() throws Exception {
    List<Release> made = IntStream.range(0, 12).mapToObj(_ -> create(shop)).toList();
    List<Callable<Release>> swaps =
        made.stream().<Callable<Release>>map(release -> () -> releases.markLive(release)).toList();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      assertThat(threads.invokeAll(swaps)).allMatch(swap -> swap.state() == Future.State.SUCCESS);
    }
    assertThat(releases.of(shop, 0, 100))
        .filteredOn(release -> release.state() == Release.State.LIVE)
        .singleElement()
        .isEqualTo(releases.live(shop).orElseThrow());
  }

  @Test
  void aFailedReleaseLeavesTheLiveOneAlone() {
    Release live = releases.markLive(create(shop));
    Release failed = releases.markFailed(create(shop), "trapped:\0unreachable");
    assertThat(failed.state()).isEqualTo(Release.State.FAILED);
    assertThat(failed.failure()).startsWith("trapped:").endsWith("unreachable");
    assertThat(releases.live(shop)).contains(live);
  }

  @Test
  void aReleaseStartsOnce() {
    Release failed = releases.markFailed(create(shop), "no");
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> releases.markLive(failed))
        .returns(409, Problem::status)
        .withMessageContaining("failed");
    Release live = releases.markLive(create(shop));
    assertThatExceptionOfType(Problem.class).isThrownBy(() -> releases.markFailed(live, "late"));
    assertThat(releases.live(shop)).contains(live);
  }

  @Test
  void aRefusedSwapLeavesTheLiveReleaseLive() {
    Release live = releases.markLive(create(shop));
    Release failed = releases.markFailed(create(shop), "no");
    assertThatExceptionOfType(Problem.class).isThrownBy(() -> releases.markLive(failed));
    assertThat(releases.live(shop)).contains(live);
  }

  @Test
  void releasesAreListedNewestFirstPageByPage() {
    for (int i = 0; i < 5; i++) {
      create(shop);
    }
    assertThat(releases.of(shop, 0, 2)).extracting(Release::number).containsExactly(5, 4);
    assertThat(releases.of(shop, 4, 10)).extracting(Release::number).containsExactly(3, 2, 1);
  }

  @Test
  void thoseBeingStartedAreFound() {
    releases.markLive(create(shop));
    Release starting = create(shop);
    releases.markFailed(create(blog), "no");
    assertThat(releases.starting()).containsExactly(starting);
  }

  @Test
  void changesAreToldByContentAgainstTheLiveRelease() {
    Release first =
        releases.create(
            shop,
            null,
            BY,
            Release.Contents.of(
                List.of(service("cart", 1), service("stock", 1), service("old", 1))));
    assertThat(first.changes())
        .isEqualTo(
            new Release.Changes(List.of(), List.of(), List.of("cart", "stock", "old"), List.of()));
    releases.markLive(first);
    releases.markFailed(create(shop), "does not count");

    Release second =
        releases.create(
            shop,
            null,
            BY,
            Release.Contents.of(
                List.of(service("cart", 2), service("stock", 1), service("mailer", 1))));

    assertThat(second.changes())
        .isEqualTo(
            new Release.Changes(
                List.of("cart"), List.of("stock"), List.of("mailer"), List.of("old")));
  }

  @Test
  void howAReleaseCameToBeIsReadBack() {
    Release first = releases.markLive(create(shop));
    Release rolledBack =
        releases.createAgain(shop, first, new Release.Origin.Rollback(1), Map.of("A", "1"), BY);
    Release reconfigured =
        releases.createAgain(shop, first, new Release.Origin.Reconfiguration(), Map.of(), BY);

    assertThat(first.origin()).isEqualTo(new Release.Origin.Push());
    assertThat(releases.byNumber(shop, 2)).contains(rolledBack);
    assertThat(rolledBack.origin()).isEqualTo(new Release.Origin.Rollback(1));
    assertThat(rolledBack.config()).isEqualTo(Map.of("A", "1"));
    assertThat(reconfigured.origin()).isEqualTo(new Release.Origin.Reconfiguration());
  }

  private Release create(AppId app) {
    return releases.create(app, null, BY, Release.Contents.of(List.of()));
  }

  private static ReleasedService service(String name, int content) {
    return new ReleasedService(
        name,
        "service",
        "sha256:" + "%064x".formatted(content),
        1,
        true,
        List.of(),
        0,
        8,
        1,
        1,
        List.of(),
        List.of());
  }
}
