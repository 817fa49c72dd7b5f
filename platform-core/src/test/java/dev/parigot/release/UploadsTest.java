package dev.parigot.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parigot.account.AccountId;
import dev.parigot.app.App;
import dev.parigot.app.AppId;
import dev.parigot.app.AppName;
import dev.parigot.app.Apps;
import dev.parigot.app.Branch;
import dev.parigot.app.Stagings;
import dev.parigot.artifact.ArtifactStore;
import dev.parigot.artifact.Digest;
import dev.parigot.artifact.EmbeddedS3;
import dev.parigot.database.Database;
import dev.parigot.database.GeneratedId;
import dev.parigot.database.SettableClock;
import dev.parigot.database.TestDatabase;
import dev.parigot.problem.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class UploadsTest {
  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T12:00:00Z"));
  private final Path folder = Files.createTempDirectory(Path.of("target"), "uploads-");
  private final EmbeddedS3 s3 = EmbeddedS3.start(folder, new SecureRandom());
  private final ArtifactStore store = ArtifactStore.open(s3.settings());
  private final Artifacts artifacts;
  private final Database database;
  private final Releases releases;
  private final Uploads uploads;
  private final Apps apps;
  private final AppId shop;
  private final AppId blog;

  UploadsTest(TestDatabase vendor) throws IOException {
    database = vendor.empty();
    artifacts = new Artifacts(store, new Ledger(database.jdbc(), database.transactions(), clock));
    releases = new Releases(database.jdbc(), database.transactions(), clock);
    uploads = new Uploads(database.jdbc(), releases, artifacts, store, clock);
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
    shop = apps.create(ada, AppName.of("shop")).id();
    blog = apps.create(ada, AppName.of("blog")).id();
  }

  @AfterEach
  void stop() {
    store.close();
    s3.close();
  }

  @Test
  void whatWasSentIsNotMissingAndCanBeRead() {
    String digest = put(shop, "cart");

    assertThat(uploads.missing(shop, List.of(digest, digest("other"), digest("other"))))
        .containsExactly(digest("other"));
    assertThat(uploads.holdings(shop).size(digest)).isEqualTo(4);
    assertThat(uploads.holdings(shop).read(digest)).isEqualTo(bytes("cart"));
    put(shop, "cart");
    assertThat(kept()).hasSize(1);
  }

  @Test
  void aBranchHasWhatIsReleasedInProductionAndNotTheOtherWayRound() {
    App app = apps.byId(shop).orElseThrow();
    AppId branch =
        new Stagings(database.jdbc(), database.transactions(), clock, apps, 20)
            .create(app, Branch.of("feature"))
            .id();
    String sent = put(shop, "sent");
    String released = release(shop, put(shop, "released"));
    String tried = release(branch, put(branch, "tried"));

    assertThat(uploads.missing(branch, List.of(sent, released, tried))).containsExactly(sent);
    assertThat(uploads.holdings(branch).read(released)).isEqualTo(bytes("released"));
    assertThat(uploads.missing(shop, List.of(tried))).containsExactly(tried);
  }

  @Test
  void whatOneAppWasSentOrHasReleasedAnotherLacks() {
    String sent = put(shop, "sent");
    String released = release(shop, put(shop, "released"));

    assertThat(uploads.missing(shop, List.of(sent, released))).isEmpty();
    assertThat(uploads.missing(blog, List.of(sent, released))).containsExactly(sent, released);
  }

  @Test
  void whatAReleaseHasIsNoLongerKeptHere() throws IOException {
    put(shop, "test module");
    String digest = put(shop, "index.html");

    release(shop, digest);
    assertThat(uploads.missing(shop, List.of(digest, digest("test module")))).isEmpty();

    assertThat(uploads.sweep()).isEqualTo(1);
    assertThat(kept()).containsExactly(digest("test module"));
    assertThat(objects()).isEqualTo(1);
    assertThat(uploads.holdings(shop).read(digest)).isEqualTo(bytes("index.html"));
  }

  @Test
  void whatNobodyNamesForADayIsRemoved() throws IOException {
    String named = put(shop, "named");
    put(shop, "forgotten");
    clock.advance(Duration.ofHours(20));
    uploads.missing(shop, List.of(named));
    clock.advance(Duration.ofHours(5));

    assertThat(uploads.sweep()).isEqualTo(1);

    assertThat(kept()).containsExactly(named);
    assertThat(objects()).isEqualTo(1);
    assertThat(uploads.sweep()).isZero();
  }

  @Test
  void whatIsRemovedWhileItIsUsedIsToldAndMissingAgain() {
    String digest = put(shop, "cart");
    Uploads.Holdings held = uploads.holdings(shop);
    store.shelf("uploads/" + shop.value()).remove(Digest.of(digest));

    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> held.read(digest))
        .returns("upload-gone", Problem::type);
    assertThat(uploads.missing(shop, List.of(digest))).containsExactly(digest);
  }

  @Test
  void whatAnotherDeploymentReleasedMeanwhileIsReadFromThere() {
    String digest = put(shop, "cart");
    Uploads.Holdings held = uploads.holdings(shop);
    release(shop, digest);
    uploads.sweep();

    assertThat(held.read(digest)).isEqualTo(bytes("cart"));
  }

  @Test
  void anAppTakesAGibibyteThatWaits() {
    database
        .jdbc()
        .sql(
            """
            INSERT INTO uploads (app_id, digest, size_bytes, named_at, kept)
            VALUES (:app, 'sha256:much', 1073741820, :at, TRUE)
            """)
        .param("app", shop.value())
        .param("at", clock.instant().atOffset(ZoneOffset.UTC))
        .update();

    put(shop, "cart");
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> put(shop, "another"))
        .returns("uploads-full", Problem::type);
    put(shop, "cart");
    put(blog, "another");
  }

  private String put(AppId app, String content) {
    uploads.put(app, Digest.sha256(bytes(content)), bytes(content));
    return digest(content);
  }

  /** A live release whose site has that file, as a deployment makes it. */
  private String release(AppId app, String digest) {
    artifacts.put(uploads.holdings(app).read(digest));
    Release.Contents contents =
        new Release.Contents(
            List.of(),
            Map.of("file", new Release.SiteFile(digest, uploads.holdings(app).size(digest))),
            null,
            Map.of(),
            Map.of(),
            List.of());
    uploads.released(releases.markLive(releases.create(app, null, "ada@example.org", contents)));
    return digest;
  }

  private List<String> kept() {
    return database.jdbc().sql("SELECT digest FROM uploads").query(String.class).list();
  }

  private long objects() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.toString().contains("/uploads/"))
          .count();
    }
  }

  private static String digest(String content) {
    return Digest.sha256(bytes(content)).toString();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
