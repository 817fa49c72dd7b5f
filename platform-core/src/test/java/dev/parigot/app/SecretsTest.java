package dev.parigot.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parigot.account.AccountId;
import dev.parigot.database.Database;
import dev.parigot.database.GeneratedId;
import dev.parigot.database.SettableClock;
import dev.parigot.database.TestDatabase;
import dev.parigot.problem.Problem;
import dev.parigot.release.Release;
import dev.parigot.release.Releases;
import dev.parigot.secret.Resealing;
import dev.parigot.secret.Seal;
import dev.parigot.secret.SealKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class SecretsTest {
  private static final String BY = "ada@example.org";

  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T12:00:00Z"));
  private final SecureRandom random = new SecureRandom();
  private final SealKey key = SealKey.of(SealKey.newText(random));
  private final Database database;
  private final AppId shop;

  SecretsTest(TestDatabase vendor) {
    database = vendor.empty();
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
    shop = apps(key).create(ada, AppName.of("shop")).id();
  }

  private Seal seal(SealKey current, SealKey... former) {
    return new Seal(current, List.of(former), random);
  }

  private Apps apps(SealKey current) {
    return new Apps(database.jdbc(), database.transactions(), clock, seal(current));
  }

  private Secrets secrets(SealKey current) {
    return new Secrets(database.jdbc(), database.transactions(), clock, seal(current));
  }

  private Releases releases(SealKey current) {
    return new Releases(database.jdbc(), database.transactions(), clock, seal(current));
  }

  private int reseal(SealKey current, SealKey... former) {
    return new Resealing(database.jdbc(), database.transactions(), seal(current, former)).run();
  }

  @Test
  void aSecretIsToldByNameToTheOwnerAndByValueToServices() {
    Secrets secrets = secrets(key);
    secrets.patch(shop, Map.of("STRIPE_KEY", "sk_live_hunter2", "OTHER", "value"), BY);
    assertThat(secrets.of(shop))
        .containsExactly(
            new Secrets.Named("OTHER", clock.instant(), BY),
            new Secrets.Named("STRIPE_KEY", clock.instant(), BY));
    assertThat(secrets.values(shop))
        .isEqualTo(Map.of("STRIPE_KEY", "sk_live_hunter2", "OTHER", "value"));
    secrets.patch(shop, Collections.singletonMap("OTHER", null), BY);
    assertThat(secrets.values(shop)).isEqualTo(Map.of("STRIPE_KEY", "sk_live_hunter2"));
  }

  @Test
  void whatIsSetAsASecretIsNoOtherConfigurationAndViceVersa() {
    apps(key).patchConfig(shop, Map.of("KEY", "hunter2"));
    secrets(key).patch(shop, Map.of("KEY", "hunter3"), BY);
    assertThat(apps(key).config(shop)).isEmpty();
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> apps(key).patchConfig(shop, Map.of("KEY", "readable")))
        .returns(409, Problem::status)
        .withMessage("KEY is a secret.");
  }

  @Test
  void aMistakeTellsNoValue() {
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> secrets(key).patch(shop, Map.of("no key", "hunter2"), BY))
        .satisfies(
            problem -> assertThat(problem.what() + problem.details()).doesNotContain("hunter2"));
  }

  @Test
  void valuesAreMaskedInTextsTheLongestFirst() {
    Secrets secrets = secrets(key);
    assertThat(secrets.mask(shop, "with hunter22")).isEqualTo("with hunter22");
    secrets.patch(shop, Map.of("A", "hunter22", "B", "hunter22-and-more", "C", "short"), BY);
    assertThat(secrets.mask(shop, "hunter22-and-more, hunter22 and short"))
        .isEqualTo("***, *** and short");
  }

  @Test
  void whatHasLinesIsMaskedLineByLine() {
    Secrets secrets = secrets(key);
    String pem =
        "-----BEGIN KEY-----\r\nMIIEvQIBADANBg\n  kqhkiG9w0BAQEF\nAASC\n-----END KEY-----\n";
    secrets.patch(shop, Map.of("PEM", pem), BY);
    assertThat(pem.lines().map(line -> secrets.mask(shop, "it is " + line.strip())))
        .containsExactly("it is ***", "it is ***", "it is ***", "it is AASC", "it is ***");
    assertThat(secrets.mask(shop, pem)).isEqualTo("***");
  }

  @Test
  void nothingIsStoredReadably() {
    apps(key).patchConfig(shop, Map.of("CONFIG", "hunter2"));
    secrets(key).patch(shop, Map.of("SECRET", "hunter2"), BY);
    Release made = release(Map.of("CONFIG", "hunter2"));
    assertThat(releases(key).byNumber(shop, made.number()).orElseThrow().config())
        .isEqualTo(Map.of("CONFIG", "hunter2"));
    assertThat(stored()).hasSize(3).noneMatch(text -> text.contains("hunter2"));
  }

  @Test
  void whatWasStoredReadablyIsEncryptedAtStart() {
    apps(key).patchConfig(shop, Map.of("CONFIG", "hunter2"));
    release(Map.of("CONFIG", "hunter2"));
    database.jdbc().sql("UPDATE app_config SET content = 'hunter2', seal_key = NULL").update();
    database
        .jdbc()
        .sql("UPDATE releases SET config = '{\"CONFIG\":\"hunter2\"}', seal_key = NULL")
        .update();

    assertThat(reseal(key)).isEqualTo(2);

    assertThat(stored()).noneMatch(text -> text.contains("hunter2"));
    assertThat(apps(key).config(shop)).isEqualTo(Map.of("CONFIG", "hunter2"));
    assertThat(releases(key).byNumber(shop, 1).orElseThrow().config())
        .isEqualTo(Map.of("CONFIG", "hunter2"));
    assertThat(reseal(key)).isZero();
  }

  @Test
  void aNewKeyTakesOverWhatAFormerOneHasClosed() {
    apps(key).patchConfig(shop, Map.of("CONFIG", "hunter2"));
    secrets(key).patch(shop, Map.of("SECRET", "hunter3"), BY);
    release(Map.of());
    SealKey next = SealKey.of(SealKey.newText(random));

    assertThat(reseal(next, key)).isEqualTo(3);

    assertThat(reseal(next)).as("the former key is needed no more").isZero();
    assertThat(apps(next).config(shop)).isEqualTo(Map.of("CONFIG", "hunter2"));
    assertThat(secrets(next).values(shop)).isEqualTo(Map.of("SECRET", "hunter3"));
  }

  @Test
  void anotherKeyIsRefusedInWordsAndChangesNothing() {
    secrets(key).patch(shop, Map.of("SECRET", "hunter3"), BY);
    SealKey other = SealKey.of(SealKey.newText(random));
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> reseal(other))
        .returns("wrong-secrets-key", Problem::type)
        .withMessageContaining(key.id())
        .withMessageContaining(other.id());
    assertThat(secrets(key).values(shop)).isEqualTo(Map.of("SECRET", "hunter3"));
  }

  private Release release(Map<String, String> config) {
    return releases(key).create(shop, null, BY, Release.Contents.of(List.of()).withConfig(config));
  }

  private List<String> stored() {
    return database
        .jdbc()
        .sql(
            """
            SELECT content FROM app_config UNION ALL SELECT content FROM app_secrets
            UNION ALL SELECT config FROM releases
            """)
        .query(String.class)
        .list();
  }
}
