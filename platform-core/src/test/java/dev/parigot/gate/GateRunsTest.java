package dev.parigot.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.account.AccountId;
import dev.parigot.app.App;
import dev.parigot.app.AppName;
import dev.parigot.app.Apps;
import dev.parigot.app.Branch;
import dev.parigot.app.Stagings;
import dev.parigot.database.Database;
import dev.parigot.database.GeneratedId;
import dev.parigot.database.SettableClock;
import dev.parigot.database.TestDatabase;
import dev.parigot.picture.Picture;
import dev.parigot.timing.Guarantee;
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
class GateRunsTest {
  private static final String BY = "ada@example.org";
  private static final String TEST = "t.test_it";
  private static final GateRun.Explored FAILED =
      new GateRun.Explored(
          TEST,
          List.of("stock"),
          500,
          7,
          3,
          4,
          2,
          new Guarantee(6, 7, 49, 0.008),
          900,
          new GateRun.Found("417: no", "one read before", List.of(), List.of(), "{}"));
  private static final GateRun.Explored UNTRIED =
      new GateRun.Explored(TEST, List.of("stock"), 500, 0, 0, 0, 0, null, 0, null);
  private static final Picture PICTURE =
      new Picture(
          TEST,
          "One read `n\u0000`.",
          "no",
          null,
          null,
          null,
          0,
          new Picture.Side(List.of(), List.of(), 0),
          null);

  private final SettableClock clock =
      new SettableClock(Instant.parse("2026-03-01T12:00:00.123456Z"));
  private final GateRuns runs;
  private final SharedFailures shared;
  private final Stagings stagings;
  private final Apps apps;
  private final App shop;

  GateRunsTest(TestDatabase vendor) {
    Database database = vendor.empty();
    runs = new GateRuns(database.jdbc(), clock);
    shared = new SharedFailures(database.jdbc(), new SecureRandom(), clock);
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
    apps = new Apps(database.jdbc(), database.transactions(), clock);
    stagings = new Stagings(database.jdbc(), database.transactions(), clock, apps, 20);
    shop = apps.create(ada, AppName.of("shop"));
  }

  private GateRun run(
      String branch, GateRun.Outcome outcome, GateRun.Explored test, @Nullable Wish wish) {
    return new GateRun(
        0,
        shop.id(),
        branch,
        null,
        BY,
        clock.instant(),
        900,
        outcome,
        List.of(),
        List.of(test),
        wish);
  }

  private GateRun underway() {
    Wish wish = new Wish(3, List.of(TEST), List.of("stock"), 500, 1, "mix", 2);
    return runs.keep(run("main", GateRun.Outcome.RUNNING, UNTRIED, wish), Map.of());
  }

  @Test
  void aBranchHasItsOwnRunsAndTheAppHasAllEvenIfTheBranchIsGone() {
    App staged = stagings.create(shop, new Branch("rounding"));
    GateRun first =
        runs.keep(
            run("rounding", GateRun.Outcome.FAILED, FAILED, null),
            Map.of(TEST, new Drawn(PICTURE, null)));
    GateRun second = runs.keep(run("main", GateRun.Outcome.PASSED, UNTRIED, null), Map.of());

    assertThat(runs.of(staged, 0, 10)).containsExactly(first);
    apps.delete(staged);
    assertThat(runs.of(shop, 0, 10)).containsExactly(second, first);
    assertThat(first.failures()).containsExactly(TEST);
    assertThat(runs.picture(first, TEST).orElseThrow().sentence()).startsWith("One read");
    assertThat(runs.picture(second, TEST)).isEmpty();
  }

  @Test
  void oneUnderWayIsStoppedAndGoesOn() {
    GateRun run = underway();

    assertThat(runs.advance(run.id(), GateRun.Outcome.RUNNING, 1_000, List.of(UNTRIED))).isTrue();
    runs.stop(run.id());
    assertThat(runs.advance(run.id(), GateRun.Outcome.RUNNING, 2_000, List.of(FAILED))).isFalse();
    GateRun stopped = runs.find(shop.id(), run.id()).orElseThrow();
    assertThat(stopped.outcome()).isEqualTo(GateRun.Outcome.STOPPED);
    assertThat(stopped.schedules()).isEqualTo(7);
    assertThat(runs.resume(run.id())).isTrue();
    assertThat(runs.resume(run.id())).isFalse();
    assertThat(runs.advance(run.id(), GateRun.Outcome.FAILED, 3_000, List.of(FAILED))).isFalse();
    assertThat(runs.find(shop.id(), run.id()).orElseThrow().outcome())
        .isEqualTo(GateRun.Outcome.FAILED);
  }

  @Test
  void oneThatIsNotHeardOfHasStopped() {
    GateRun run = underway();
    assertThat(run.outcome()).isEqualTo(GateRun.Outcome.RUNNING);

    clock.advance(Duration.ofSeconds(21));

    assertThat(runs.find(shop.id(), run.id()).orElseThrow().outcome())
        .isEqualTo(GateRun.Outcome.STOPPED);
    assertThat(runs.resume(run.id())).isTrue();
    assertThat(runs.find(shop.id(), run.id()).orElseThrow().outcome())
        .isEqualTo(GateRun.Outcome.RUNNING);
  }

  @Test
  void aLinkShowsAPictureUntilItIsRevoked() {
    GateRun run =
        runs.keep(
            run("main", GateRun.Outcome.FAILED, FAILED, null),
            Map.of(TEST, new Drawn(PICTURE, null)));

    String label = shared.share(run, TEST, BY).orElseThrow();

    assertThat(shared.find(label)).isPresent();
    assertThat(shared.share(run, "t.other", BY)).isEmpty();
    assertThat(shared.revoke(run, TEST)).isTrue();
    assertThat(shared.find(label)).isEmpty();
    assertThat(shared.revoke(run, TEST)).isFalse();
  }
}
