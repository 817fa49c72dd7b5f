package dev.parigot.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parigot.account.AccountId;
import dev.parigot.app.App;
import dev.parigot.app.AppName;
import dev.parigot.app.Apps;
import dev.parigot.database.Database;
import dev.parigot.database.GeneratedId;
import dev.parigot.database.SettableClock;
import dev.parigot.database.TestDatabase;
import dev.parigot.domain.CertificateAuthority.Challenges;
import dev.parigot.domain.CertificateAuthority.Issued;
import dev.parigot.domain.CertificateAuthority.NotIssued;
import dev.parigot.problem.Problem;
import dev.parigot.secret.Seal;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A domain from the day it is added to the renewal of its certificate. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class DomainsTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final String HOST = "shop.example.org";
  private static final Duration LIFE = Duration.ofDays(90);

  private final SettableClock clock = new SettableClock(START);
  private final SecureRandom random = new SecureRandom();
  private final Map<String, List<String>> records = new HashMap<>();
  private final Database database;
  private final Domains domains;
  private final App shop;
  private final App other;
  private @Nullable String silence;

  DomainsTest(TestDatabase vendor) {
    database = vendor.empty();
    Apps apps = new Apps(database.jdbc(), database.transactions(), clock);
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
    other = apps.create(ada, AppName.of("other"));
    domains =
        new Domains(
            database.jdbc(),
            apps,
            this::texts,
            List.of("localhost", "apps.example.com"),
            clock,
            random);
  }

  private Records.Answer texts(String name) {
    return silence == null
        ? new Records.Answer.Found(records.getOrDefault(name, List.of()))
        : new Records.Answer.Unanswered(silence);
  }

  private Domain add(App app) {
    return domains.add(app, HOST, "ada@example.org");
  }

  private Domain proved(App app) {
    Domain domain = add(app);
    records.put("_parigot." + HOST, List.of("v=spf1 -all", domain.token()));
    return domains.verify(app, HOST);
  }

  private Domain domain() {
    return domains.require(shop, HOST);
  }

  private static void refused(String type, Runnable action) {
    assertThatExceptionOfType(Problem.class).isThrownBy(action::run).returns(type, Problem::type);
  }

  @Test
  void aDomainIsServedOnceItsRecordIsFound() {
    Domain domain = domains.add(shop, "Shop.Example.org", "ada@example.org");

    assertThat(domain.recordName()).isEqualTo("_parigot.shop.example.org");
    assertThat(domain.token()).matches("parigot-[0-9a-f]{40}");
    assertThat(domain.state(true, START)).isEqualTo(Domain.State.WAITING);
    assertThat(domains.appAt(HOST)).isEmpty();

    Domain unproved = domains.verify(shop, HOST);
    assertThat(unproved.finding())
        .isEqualTo("There is no TXT record _parigot.shop.example.org yet.");
    records.put("_parigot." + HOST, List.of("parigot-of-another"));
    assertThat(domains.verify(shop, HOST).finding()).contains("something else: parigot-of-another");
    silence = "timed out";
    assertThat(domains.verify(shop, HOST).finding()).contains("do not answer: timed out");
    silence = null;

    records.put("_parigot." + HOST, List.of(domain.token()));
    assertThat(domains.verify(shop, HOST).state(true, START)).isEqualTo(Domain.State.PENDING);
    assertThat(domain().finding()).isNull();
    assertThat(domain().state(false, START)).isEqualTo(Domain.State.PROVED);
    assertThat(domains.appAt(HOST)).contains(shop);
  }

  @Test
  void recordsAreLookedForWithoutBeingAsked() {
    Domain domain = add(shop);
    domains.look();
    assertThat(domain().checked()).isNull();
    clock.advance(Duration.ofSeconds(20));
    domains.look();
    assertThat(domain().checked()).isEqualTo(clock.instant());

    clock.advance(Duration.ofDays(3));
    domains.look();
    Instant late = clock.instant();
    clock.advance(Duration.ofMinutes(59));
    domains.look();
    assertThat(domain().checked()).isEqualTo(late);
    records.put("_parigot." + HOST, List.of(domain.token()));
    clock.advance(Duration.ofMinutes(1));
    domains.look();
    assertThat(domains.appAt(HOST)).contains(shop);
  }

  @Test
  void aProvedHostIsOneAppsAlone() {
    Domain rival = add(other);
    proved(shop);

    refused("domain-known", () -> add(shop));
    domains.remove(other, HOST);
    refused("domain-taken", () -> add(other));
    assertThat(rival.token()).isNotEqualTo(domain().token());
  }

  @Test
  void ofTwoThatWaitForTheSameHostTheFirstToProveItHasIt() {
    Domain rival = add(other);
    Domain own = proved(shop);
    records.put("_parigot." + HOST, List.of(own.token(), rival.token()));

    Domain late = domains.verify(other, HOST);

    assertThat(late.isProved()).isFalse();
    assertThat(late.finding()).contains("is proved, and served by an app");
    assertThat(domains.appAt(HOST)).contains(shop);
    domains.remove(shop, HOST);
    assertThat(domains.appAt(HOST)).isEmpty();
    assertThat(domains.verify(other, HOST).isProved()).isTrue();
    assertThat(domains.appAt(HOST)).contains(other);
  }

  @Test
  void thePlatformsOwnNamesAreNobodys() {
    refused("domain-of-the-platform", () -> domains.add(shop, "x.apps.example.com", ""));
    refused("domain-of-the-platform", () -> domains.add(shop, "shop.localhost", ""));
    refused("domain-of-the-platform", () -> domains.add(shop, "apps.example.com", ""));
  }

  @Test
  void onlyProductionHasDomains() {
    App staging = new App(shop.id(), new AppName("branch--shop"), shop.owner(), START);
    refused("in-staging", () -> add(staging));
  }

  @Test
  void anAppThatIsDeletedTakesItsDomainsAlong() {
    proved(shop);
    new Apps(database.jdbc(), database.transactions(), clock).delete(shop);
    clock.advance(Duration.ofMinutes(1));
    assertThat(add(other).isProved()).isFalse();
  }

  @Test
  void whoAsksTooOftenIsToldToWait() {
    add(shop);
    refused(
        "too-many-checks",
        () -> {
          for (int i = 0; i < 100; i++) {
            domains.verify(shop, HOST);
          }
        });
  }

  /** An authority that issues what a test says, or says why not. */
  private final class Authority implements CertificateAuthority {
    private final List<Instant> asked = new ArrayList<>();
    private @Nullable NotIssued refusal;

    @Override
    public Issued issue(HostName host, Challenges challenges) throws NotIssued {
      asked.add(clock.instant());
      challenges.answer("token", "answer for " + host);
      assertThat(certificates().challenge(host.value(), "token"))
          .contains("answer for shop.example.org");
      assertThat(certificates().challenge(host.value(), "another")).isEmpty();
      if (refusal != null) {
        throw refusal;
      }
      return TestCertificates.issued(host, clock.instant(), LIFE);
    }
  }

  private final Seal seal = Seal.forOnce();

  private Certificates certificates() {
    return new Certificates(database.jdbc(), seal, clock);
  }

  private final Authority authority = new Authority();

  private void certify() throws InterruptedException {
    new Certifier(certificates(), authority, () -> {}, clock).look();
  }

  @Test
  void aProvedDomainGetsACertificateWhichIsRenewedWellBeforeItsEnd() throws Exception {
    add(shop);
    certify();
    assertThat(authority.asked).as("of what is not proved").isEmpty();
    records.put("_parigot." + HOST, List.of(domain().token()));
    domains.verify(shop, HOST);
    certify();
    certify();

    assertThat(authority.asked).hasSize(1);
    assertThat(domain().state(true, clock.instant())).isEqualTo(Domain.State.ISSUED);
    assertThat(domain().certification().notAfter()).isEqualTo(START.plus(LIFE));
    assertThat(certificates().ends()).containsOnly(Map.entry(HOST, START.plus(LIFE)));
    Issued kept = certificates().of(HOST).orElseThrow();
    assertThat(kept.chain()).hasSize(1);
    assertThat(kept.key().getAlgorithm()).isEqualTo("EC");
    assertThat(certificates().challenge(HOST, "token")).isEmpty();

    clock.advance(Duration.ofDays(59));
    certify();
    assertThat(authority.asked).hasSize(1);
    clock.advance(Duration.ofDays(1));
    certify();
    assertThat(authority.asked).hasSize(2);
    assertThat(domain().certification().notAfter()).isEqualTo(clock.instant().plus(LIFE));
  }

  @Test
  void afterAFailureItIsTriedAgainLaterAndLater() throws Exception {
    proved(shop);
    authority.refusal = new NotIssued("It leads elsewhere.", null, null);
    for (int minute = 0; minute < 90; minute++) {
      certify();
      clock.advance(Duration.ofMinutes(1));
    }

    assertThat(authority.asked)
        .extracting(at -> Duration.between(START, at).toMinutes())
        .containsExactly(0L, 1L, 6L, 26L, 86L);
    assertThat(domain().state(true, clock.instant())).isEqualTo(Domain.State.FAILED);
    assertThat(domain().certification().failure()).isEqualTo("It leads elsewhere.");

    authority.refusal = null;
    domains.verify(shop, HOST);
    certify();
    assertThat(domain().state(true, clock.instant())).isEqualTo(Domain.State.ISSUED);
    assertThat(domain().certification().failure()).isNull();
  }

  @Test
  void anAuthorityThatWantsToBeLeftAloneIs() throws Exception {
    proved(shop);
    Instant later = START.plus(Duration.ofHours(10));
    authority.refusal = new NotIssued("Too many.", later, null);
    certify();
    assertThat(domain().certification().nextTry()).isEqualTo(later);
  }

  @Test
  void aCertificateGoesOnWhileItsRenewalFails() throws Exception {
    proved(shop);
    certify();
    clock.advance(Duration.ofDays(60));
    authority.refusal = new NotIssued("Not today.", null, null);
    certify();
    assertThat(domain().state(true, clock.instant())).isEqualTo(Domain.State.ISSUED);
    assertThat(domain().certification().failure()).isEqualTo("Not today.");
    assertThat(certificates().of(HOST)).isPresent();
    clock.advance(Duration.ofDays(30));
    assertThat(domain().state(true, clock.instant())).isEqualTo(Domain.State.FAILED);
  }

  @Test
  void theKeyOfThePlatformsAccountIsMadeOnceForEachAuthority() {
    var key = certificates().accountKey("https://one.example/directory");
    assertThat(certificates().accountKey("https://one.example/directory").getPrivate())
        .isEqualTo(key.getPrivate());
    assertThat(certificates().accountKey("https://two.example/directory").getPrivate())
        .isNotEqualTo(key.getPrivate());
    assertThat(
            database.jdbc().sql("SELECT private_key FROM acme_accounts").query(String.class).list())
        .hasSize(2)
        .noneMatch(text -> text.contains("PRIVATE"));
  }
}
