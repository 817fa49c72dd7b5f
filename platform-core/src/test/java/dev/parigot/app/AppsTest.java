package dev.parigot.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import dev.parigot.account.AccessTokens;
import dev.parigot.account.AccountId;
import dev.parigot.account.Accounts;
import dev.parigot.database.Database;
import dev.parigot.database.SettableClock;
import dev.parigot.database.TestDatabase;
import dev.parigot.keyvalue.KeyValues;
import dev.parigot.problem.Problem;
import dev.parigot.queue.Messages;
import dev.parigot.release.Release;
import dev.parigot.release.Releases;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class AppsTest {
  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T12:00:00Z"));
  private final Database database;
  private final Apps apps;
  private final AccountId ada;
  private final AccountId bob;

  AppsTest(TestDatabase vendor) {
    database = vendor.empty();
    apps = new Apps(database.jdbc(), database.transactions(), clock);
    Accounts accounts =
        new Accounts(
            database.jdbc(),
            database.transactions(),
            new BCryptPasswordEncoder(4),
            new AccessTokens(database.jdbc(), new SecureRandom(), clock),
            clock,
            new Accounts.SignUps(true, 100));
    ada = accounts.signUp("ada@example.org", "correct horse", "Ada", "192.0.2.1").id();
    bob = accounts.signUp("bob@example.org", "correct horse", "Bob", "192.0.2.1").id();
  }

  @Test
  void anAppIsFoundByNameAndId() {
    App shop = create(ada, "shop");
    assertThat(shop.createdAt()).isEqualTo(clock.instant());
    assertThat(apps.require(ada, "shop")).isEqualTo(shop);
    assertThat(apps.byName("shop")).contains(shop);
    assertThat(apps.byId(shop.id())).contains(shop);
    assertThat(apps.byName("other")).isEmpty();
    assertThat(apps.byName("no\0name")).isEmpty();
  }

  @Test
  void anAppOfThePlatformIsFoundUntilItIsWithdrawn() {
    App own = new App(new AppId(0), new AppName("parigot"), ada, clock.instant());
    apps.lend(own);
    assertThat(apps.byName("parigot")).contains(own);
    apps.withdraw(own);
    assertThat(apps.byName("parigot")).isEmpty();
  }

  @Test
  void aNameIsTakenForAllAccounts() {
    create(ada, "shop");
    assertProblem(409, "app-name-taken", () -> create(bob, "shop"));
  }

  @Test
  void anothersAppIsAsIfItDidNotExist() {
    App shop = create(ada, "shop");
    create(bob, "blog");

    Problem anothers = problem(() -> apps.require(bob, "shop"));
    Problem none = problem(() -> apps.require(bob, "none"));
    assertThat(anothers.status()).isEqualTo(404);
    assertThat(anothers.what().replace("shop", "none")).isEqualTo(none.what());
    assertThat(anothers.next()).isEqualTo(none.next());
    assertThat(apps.of(bob, "", 10)).extracting(app -> app.name().value()).containsExactly("blog");
    assertThat(apps.of(ada, "", 10)).containsExactly(shop);
  }

  @Test
  void appsAreListedByNamePageByPage() {
    for (String name : List.of("cc", "aa", "b-b", "bb")) {
      create(ada, name);
    }
    assertThat(apps.of(ada, "", 10)).hasSize(4);
    List<App> first = apps.of(ada, "", 2);
    List<App> second = apps.of(ada, first.getLast().name().value(), 2);
    assertThat(first).extracting(app -> app.name().value()).containsExactly("aa", "b-b");
    assertThat(second).extracting(app -> app.name().value()).containsExactly("bb", "cc");
    assertThat(apps.all()).hasSize(4);
  }

  @Test
  void configurationIsPatched() {
    AppId shop = create(ada, "shop").id();
    assertThat(apps.config(shop)).isEmpty();
    apps.patchConfig(shop, Map.of("CURRENCY", "EUR", "EMPTY", "", "z", "1"));

    Map<String, @Nullable String> changes = new HashMap<>();
    changes.put("CURRENCY", "USD");
    changes.put("z", null);
    changes.put("ABSENT", null);
    assertThat(apps.patchConfig(shop, changes))
        .containsExactly(entry("CURRENCY", "USD"), entry("EMPTY", ""));
    assertThat(apps.config(shop)).containsExactly(entry("CURRENCY", "USD"), entry("EMPTY", ""));
  }

  @Test
  void wrongConfigurationIsRefusedWithEveryMistake() {
    AppId shop = create(ada, "shop").id();
    Problem problem =
        problem(() ->
            apps.patchConfig(
                shop, Map.of("A=B", "1", "GOOD", "1", "LONG", "x".repeat(32_769), "NUL", "\0")));
    assertThat(problem.status()).isEqualTo(400);
    assertThat(problem.details())
        .hasSize(3)
        .anyMatch(detail -> detail.contains("A=B"))
        .anyMatch(detail -> detail.contains("LONG"))
        .anyMatch(detail -> detail.contains("NUL"));
    assertThat(apps.config(shop)).isEmpty();
  }

  @Test
  void tooLargeAConfigurationIsRefusedWhole() {
    AppId shop = create(ada, "shop").id();
    Map<String, @Nullable String> changes = new HashMap<>();
    for (int i = 0; i < 9; i++) {
      changes.put("KEY_" + i, "x".repeat(32_768));
    }
    assertProblem(413, "config-too-large", () -> apps.patchConfig(shop, changes));
    assertThat(apps.config(shop)).isEmpty();
  }

  @Test
  void aDeletedAppIsGoneWithAllThatItHad() {
    App shop = create(ada, "shop");
    apps.patchConfig(shop.id(), Map.of("A", "1"));
    Releases releases = new Releases(database.jdbc(), database.transactions(), clock);
    releases.create(shop.id(), null, "ada@example.org", Release.Contents.of(List.of()));
    KeyValues keyValues = new KeyValues(database.jdbc());
    keyValues.of(shop.id()).put(new byte[] {1}, new byte[] {2});
    new Messages(database.jdbc(), clock).send(shop.id(), "orders", new byte[1], "");

    apps.delete(shop);

    assertThat(apps.byName("shop")).isEmpty();
    for (String table : List.of("app_config", "releases", "key_values", "queue_messages")) {
      assertThat(database.jdbc().sql("SELECT COUNT(*) FROM " + table).query(Long.class).single())
          .as(table)
          .isZero();
    }
    assertProblem(404, "not-found", () -> apps.patchConfig(shop.id(), Map.of("A", "1")));
    assertProblem(
        404,
        "not-found",
        () -> releases.create(shop.id(), null, "ada@example.org", Release.Contents.of(List.of())));
  }

  @Test
  void aNameMayComeBackButAnIdDoesNot() {
    App before = create(ada, "shop");
    assertThat(apps.byName("shop")).contains(before);
    apps.delete(before);
    assertThat(apps.byName("shop")).isEmpty();
    App after = create(bob, "shop");
    assertThat(apps.byName("shop")).contains(after);
    assertThat(after.id().value()).isGreaterThan(before.id().value());
  }

  private App create(AccountId owner, String name) {
    return apps.create(owner, AppName.of(name));
  }

  private static void assertProblem(int status, String type, Runnable call) {
    Problem problem = problem(call);
    assertThat(problem.status()).isEqualTo(status);
    assertThat(problem.type()).isEqualTo(type);
  }

  private static Problem problem(Runnable call) {
    return assertThatExceptionOfType(Problem.class).isThrownBy(call::run).actual();
  }
}
