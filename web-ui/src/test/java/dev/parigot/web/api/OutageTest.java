package dev.parigot.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.app.App;
import dev.parigot.app.Apps;
import dev.parigot.artifact.EmbeddedS3;
import dev.parigot.artifact.S3Settings;
import dev.parigot.pipeline.Pipeline;
import dev.parigot.pipeline.Progress;
import dev.parigot.release.Release;
import dev.parigot.web.testing.Client;
import dev.parigot.web.testing.Line;
import dev.parigot.web.testing.Running;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is told while something that the platform depends on is gone, and that the platform goes on
 * when it is back: one platform for all of it, which is never restarted.
 */
class OutageTest {
  private static final Path HELLO = Path.of("../examples/hello");
  private static final String LATECOMER =
      "{\"email\": \"late@example.org\", \"password\": \"correct horse\", \"name\": \"L\"}";
  private static int apps;

  @TempDir static Path folder;
  private static EmbeddedPostgres postgres;
  private static EmbeddedS3 s3;
  private static Line database;
  private static Line store;
  private static Running platform;
  private static Client ada;

  private final String app = "outage-" + apps++;

  @BeforeAll
  static void start() throws IOException {
    postgres = EmbeddedPostgres.start();
    database = Line.to(postgres.getPort());
    s3 = EmbeddedS3.start(folder, new SecureRandom());
    S3Settings settings = s3.settings();
    store = Line.to(settings.endpoint().getPort());
    platform =
        Running.with(
            "--parigot.database.url=jdbc:postgresql://127.0.0.1:%d/postgres?socketTimeout=4"
                .formatted(database.port()),
            "--parigot.database.user=postgres",
            "--parigot.s3.endpoint=http://127.0.0.1:" + store.port(),
            "--parigot.s3.access-key=" + settings.accessKey(),
            "--parigot.s3.secret-key=" + settings.secretKey(),
            "--parigot.s3.bucket=" + settings.bucket());
    ada = platform.account();
  }

  @AfterAll
  static void stop() throws IOException {
    platform.close();
    store.close();
    s3.close();
    database.close();
    postgres.close();
  }

  @BeforeEach
  void deployTheApp() {
    ada.create(app);
    ada.deploy(app, HELLO).mustBe(201);
    greet().mustBe(200);
    page().mustBe(200);
  }

  @AfterEach
  void mend() {
    database.mend();
    store.mend();
    eventually(() -> ada.get("apps").status() == 200);
  }

  @Test
  void aDatabaseThatIsGoneIsToldAndLeavesAppsAlone() {
    database.cut();

    // Each waits for a connection; together they wait no longer.
    Stream.<Runnable>of(
            () -> ada.get("apps").mustBeProblem(503, "database-unreachable"),
            () -> ada.deploy(app, HELLO).mustBeProblem(503, "database-unreachable"),
            () ->
                platform
                    .stranger()
                    .post("accounts", LATECOMER)
                    .mustBeProblem(503, "database-unreachable"),
            this::assertGitIsTold,
            () ->
                assertThat(platform.stranger().visit("localhost", "/health").mustBe(503).text())
                    .contains("down"),
            () ->
                assertThat(
                        platform.stranger().visit("nobody-knows.localhost", "/").mustBe(503).text())
                    .contains("database does not answer"))
        .map(CompletableFuture::runAsync)
        .toList()
        .forEach(CompletableFuture::join);
    greet().mustBe(200);
    page().mustBe(200);

    database.mend();

    eventually(() -> platform.stranger().visit("localhost", "/health").status() == 200);
    ada.deploy(app, HELLO).mustBe(201);
    assertThat(states()).containsExactly("2 live", "1 replaced");
  }

  @Test
  @Timeout(60)
  void aDatabaseThatFallsSilentIsGoneToo() {
    database.hold();

    ada.get("apps").mustBeProblem(503, "database-unreachable");
    greet().mustBe(200);
    page().mustBe(200);
  }

  @Test
  @Timeout(60)
  void anAcceptedReleaseWaitsForADatabaseThatIsGone() throws Exception {
    App deployed = platform.part("apps", Apps.class).byName(app).orElseThrow();
    CountDownLatch waiting = new CountDownLatch(1);
    Progress told =
        new Progress() {
          @Override
          public void step(String text) {}

          @Override
          public void detail(String text) {
            if (text.contains("the database does not answer")) {
              waiting.countDown();
            }
          }
        };
    CompletableFuture<Release> live;
    try (Archive files =
        Archive.read(new ByteArrayInputStream(Client.archive(HELLO)), Archive.Limits.DEFAULT)) {
      Pipeline.Prepared prepared =
          platform.part("pipeline", Pipeline.class).prepare(deployed, ada.email(), files, told);
      database.cut();
      live = CompletableFuture.supplyAsync(prepared::commit);
      assertThat(waiting.await(30, TimeUnit.SECONDS)).isTrue();
    }

    database.mend();

    assertThat(live.get(30, TimeUnit.SECONDS).state()).isEqualTo(Release.State.LIVE);
    assertThat(states()).containsExactly("2 live", "1 replaced");
    greet().mustBe(200);
  }

  @Test
  void anArtifactStoreThatIsGoneOrFullRefusesADeploymentAndChangesNothing() {
    for (Runnable fault : List.<Runnable>of(store::cut, store::fill)) {
      fault.run();
      Client.Answer refused =
          ada.deploy(app, changed()).mustBeProblem(503, "artifact-store-unreachable");
      assertThat(refused.json().get("detail").stringValue())
          .startsWith("The artifact store at http://127.0.0.1:" + store.port() + " fails: ");
      assertThat(states()).containsExactly("1 live");
      greet().mustBe(200);
      page().mustBe(200);
    }

    store.mend();

    ada.deploy(app, changed()).mustBe(201);
    assertThat(states()).containsExactly("2 live", "1 replaced");
    assertThat(page().mustBe(200).text()).contains("changed");
  }

  private void assertGitIsTold() {
    Client.Answer git =
        ada.basic(ada.email(), Client.PASSWORD)
            .visit("localhost", "/git/x.git/info/refs?service=git-receive-pack")
            .mustBe(503);
    assertThat(git.text()).contains("database does not answer").doesNotContain("\tat ");
  }

  /** The same app with another page. */
  private static Path changed() {
    Path copy = folder.resolve("changed");
    try (Stream<Path> files = Files.walk(HELLO)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path to = copy.resolve(HELLO.relativize(file).toString());
        Files.createDirectories(to.getParent());
        Files.write(to, Files.readAllBytes(file));
      }
      Files.writeString(copy.resolve("site/index.html"), "<h1>changed</h1>");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return copy;
  }

  private List<String> states() {
    return ada.get("apps/" + app + "/releases").mustBe(200).items().stream()
        .map(it -> it.get("number").intValue() + " " + it.get("state").stringValue())
        .toList();
  }

  private Client.Answer greet() {
    return platform
        .stranger()
        .visit(
            app + ".localhost",
            "POST",
            "/greeter/greet",
            BodyPublishers.ofString("{\"name\": \"Ada\"}"));
  }

  private Client.Answer page() {
    return platform.stranger().visit(app + ".localhost", "/");
  }

  private interface Condition {
    boolean holds();
  }

  private static void eventually(Condition condition) {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within 30 s");
      }
      try {
        Thread.sleep(100);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
