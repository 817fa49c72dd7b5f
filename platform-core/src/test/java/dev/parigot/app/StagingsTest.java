package dev.parigot.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parigot.account.AccountId;
import dev.parigot.database.Database;
import dev.parigot.database.SettableClock;
import dev.parigot.database.TestDatabase;
import dev.parigot.keyvalue.KeyValues;
import dev.parigot.problem.Problem;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class StagingsTest {
  private static final Branch FEATURE = Branch.of("feature");

  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T12:00:00Z"));
  private final Database database;
  private final Apps apps;
  private final Stagings stagings;
  private final AccountId ada;
  private final App shop;

  StagingsTest(TestDatabase vendor) {
    database = vendor.empty();
    apps = new Apps(database.jdbc(), database.transactions(), clock);
    stagings = new Stagings(database.jdbc(), database.transactions(), clock, apps, 3);
    database
        .jdbc()
        .sql(
            "INSERT INTO accounts (email, name, password, created_at)"
                + " VALUES ('ada@example.org', 'Ada', 'x', CURRENT_TIMESTAMP)")
        .update();
    ada =
        new AccountId(
            database.jdbc().sql("SELECT MAX(id) FROM accounts").query(Long.class).single());
    shop = apps.create(ada, AppName.of("shop"));
  }

  @Test
  void aBranchIsAnAppOfItsOwnThatKnowsWhoseItIs() {
    App staged = stagings.create(shop, FEATURE);

    assertThat(staged.situation()).isEqualTo(new Situation.Staging(shop.id(), FEATURE));
    assertThat(staged.situation().word()).isEqualTo("staging");
    assertThat(shop.situation().word()).isEqualTo("production");
    assertThat(apps.byName("feature--shop")).contains(staged);
    assertThat(apps.byId(staged.id())).contains(staged);
    assertThat(stagings.find(shop, FEATURE)).contains(staged);
    assertThat(stagings.find(shop, Branch.of("other"))).isEmpty();
  }

  @Test
  void listsOfAppsLeaveItOutAndTheStartDoesNot() {
    App staged = stagings.create(shop, FEATURE);
    assertThat(apps.of(ada, "", 10)).containsExactly(shop);
    assertThat(apps.all()).containsExactly(shop, staged);
    assertThat(stagings.of(shop)).containsExactly(staged);
  }

  @Test
  void itBelongsToWhoeverTheAppBelongsTo() {
    App staged = stagings.create(shop, FEATURE);
    assertThat(apps.require(ada, "feature--shop")).isEqualTo(staged);
    refused(404, "not-found", () -> apps.require(new AccountId(ada.value() + 1), "feature--shop"));
    refused(404, "in-staging", () -> apps.requireProduction(ada, "feature--shop"));
    assertThat(apps.requireProduction(ada, "shop")).isEqualTo(shop);
  }

  @Test
  void itIsAskedForByItsBranchOrAsItsAddressHasIt() {
    App staged = stagings.create(shop, Branch.of("fix/rounding"));
    assertThat(stagings.require(shop, "fix/rounding")).isEqualTo(staged);
    assertThat(stagings.require(shop, staged.name().slug())).isEqualTo(staged);
    refused(404, "no-such-staging", () -> stagings.require(shop, "fix-rounding"));
  }

  @Test
  void dataAndConfigurationAreItsOwnAndGoWithIt() {
    App staged = stagings.create(shop, FEATURE);
    apps.patchConfig(shop.id(), Map.of("KEY", "production"));
    KeyValues data = new KeyValues(database.jdbc());
    data.of(shop.id()).put(new byte[] {1}, new byte[] {1});
    assertThat(data.of(staged.id()).get(new byte[] {1})).isNull();
    assertThat(apps.config(staged.id())).isEmpty();
    data.of(staged.id()).put(new byte[] {1}, new byte[] {2});
    apps.patchConfig(staged.id(), Map.of("KEY", "staging"));

    apps.delete(staged);

    assertThat(data.of(shop.id()).get(new byte[] {1})).containsExactly(1);
    assertThat(apps.config(shop.id())).containsEntry("KEY", "production");
    assertThat(apps.byName("feature--shop")).isEmpty();
    App again = stagings.create(shop, FEATURE);
    assertThat(data.of(again.id()).get(new byte[] {1})).isNull();
    assertThat(apps.config(again.id())).isEmpty();
  }

  @Test
  void anAppThatIsDeletedTakesItsStagingAlong() {
    stagings.create(shop, FEATURE);
    assertThat(apps.byName("feature--shop")).isPresent();
    apps.delete(shop);
    assertThat(apps.byName("feature--shop")).isEmpty();
    assertThat(apps.all()).isEmpty();
    refused(404, "not-found", () -> stagings.create(shop, FEATURE));
  }

  @Test
  void aBranchIsInStagingOnceAndMainNever() {
    stagings.create(shop, FEATURE);
    refused(409, "staging-exists", () -> stagings.create(shop, FEATURE));
    refused(409, "branch-is-production", () -> stagings.create(shop, Branch.of("main")));
  }

  @Test
  void aBranchWhoseAddressIsAnothersIsRefused() {
    String slug = stagings.create(shop, Branch.of("fix/rounding")).name().slug();
    refused(409, "staging-address-taken", () -> stagings.create(shop, Branch.of(slug)));
    assertThat(stagings.find(shop, Branch.of(slug))).isEmpty();
  }

  @Test
  void oneTooManyIsRefusedUntilAnotherGoes() {
    App one = stagings.create(shop, Branch.of("one"));
    stagings.create(shop, Branch.of("two"));
    stagings.create(shop, Branch.of("three"));
    refused(409, "staging-full", () -> stagings.create(shop, Branch.of("four")));
    apps.delete(one);
    assertThat(stagings.create(shop, Branch.of("four")).name()).hasToString("four--shop");
  }

  private static void refused(int status, String type, Runnable call) {
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(call::run)
        .returns(status, Problem::status)
        .returns(type, Problem::type);
  }
}
