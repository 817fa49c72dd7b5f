package dev.parigot.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * {@code kill -9} at random moments, against what a client outside was told: whatever was
 * acknowledged is there after the next start. A run is repeated with {@code -Dparigot.kill.seed=N};
 * {@code -Dparigot.kills=20} makes more kills than each build has time for.
 */
class KillIT {
  private static final String PASSWORD = "correct horse";
  private static final String LEDGER = "ledger@example.org ledger";
  private static final int KILLS = Integer.getInteger("parigot.kills", 8);

  /**
   * What {@link #operate} acknowledges: account, app, configuration, two pushes with their
   * releases, and a configuration of what is live.
   */
  private static final int OPERATIONS_A_ROUND = 8;

  @TempDir Path data;
  @TempDir Path work;

  private final Random random = new Random(Long.getLong("parigot.kill.seed", 20_260));
  private final Acknowledged acknowledged = new Acknowledged();
  private CountDownLatch awaited = new CountDownLatch(0);
  private int counter;
  private int messages;

  /** What the client was told, and so may rely on. */
  private static final class Acknowledged {
    final TreeSet<String> accounts = new TreeSet<>();
    final TreeSet<String> apps = new TreeSet<>();

    /** By app, the newest release number and the commit of main. */
    final Map<String, Integer> releases = new LinkedHashMap<>();

    final Map<String, String> commits = new LinkedHashMap<>();
    final Map<String, String> config = new LinkedHashMap<>();

    /** By app, a key that was set when a release was live. */
    final Map<String, String> late = new LinkedHashMap<>();

    final Set<String> messages = ConcurrentHashMap.newKeySet();
    int operations;
  }

  @Test
  void nothingThatWasAcknowledgedIsLostByAKill() throws Exception {
    for (int kill = 1; kill <= KILLS; kill++) {
      Platform platform = Platform.upCold(data);
      try {
        verify(platform);
        openTheLedger(platform);
        workUntilKilled(platform);
      } finally {
        platform.kill();
      }
    }
    try (Platform platform = Platform.upCold(data)) {
      verify(platform);
      verifyMessages(platform);
    }
    System.out.printf(
        "%d kills, %d acknowledged messages and %d other operations: %d accounts, %d apps, %d apps with releases%n",
        KILLS,
        acknowledged.messages.size(),
        acknowledged.operations,
        acknowledged.accounts.size(),
        acknowledged.apps.size(),
        acknowledged.releases.size());
    assertThat(acknowledged.releases).as("the run did deploy something").isNotEmpty();
  }

  /**
   * The kill comes some moments after a number of acknowledged operations, so that it meets each
   * kind of them.
   */
  private void workUntilKilled(Platform platform) throws InterruptedException {
    CountDownLatch acknowledgements = new CountDownLatch(random.nextInt(OPERATIONS_A_ROUND));
    long moments = random.nextInt(800);
    AtomicBoolean killed = new AtomicBoolean();
    Thread killer =
        Thread.ofVirtual()
            .start(() -> {
              try {
                acknowledgements.await();
                Thread.sleep(moments);
                killed.set(true);
                platform.kill();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    awaited = acknowledgements;
    Thread sender = Thread.ofVirtual().start(() -> sendUntilKilled(platform));
    try {
      while (true) {
        operate(platform);
      }
    } catch (IOException | AssertionError e) {
      if (!killed.get()) {
        throw new AssertionError("an operation failed on a running platform", e);
      }
    }
    killer.join();
    sender.join();
  }

  /** An app whose queue brings each message to a store. */
  private void openTheLedger(Platform platform) throws IOException, InterruptedException {
    if (acknowledged.apps.contains(LEDGER)) {
      return;
    }
    Rest rest = Rest.signUp(platform, "ledger@example.org", PASSWORD);
    rest.post("apps", Map.of("name", "ledger")).mustBe(201);
    Git git =
        Git.of(
            Platform.root().resolve("e2e-tests/src/test/resources/ledger"), work.resolve("ledger"));
    git.push(remote(platform, "ledger@example.org", "ledger"), "main");
    acknowledged.accounts.add("ledger@example.org");
    acknowledged.apps.add(LEDGER);
  }

  /** Messages as fast as they are acknowledged, so that the kill comes amid their deliveries. */
  private void sendUntilKilled(Platform platform) {
    Rest stranger = Rest.anonymous(platform);
    try {
      while (true) {
        String message = "message " + messages++;
        if (stranger.call("ledger", "ledger/send", message).status() == 200) {
          acknowledged.messages.add(message);
        }
      }
    } catch (IOException e) {
      // The platform was killed: this message was not acknowledged.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Each message that was acknowledged has been delivered, once the queue is empty. */
  private void verifyMessages(Platform platform) throws IOException, InterruptedException {
    Rest rest = Rest.signIn(platform, "ledger@example.org", PASSWORD);
    long end = System.nanoTime() + Duration.ofMinutes(4).toNanos();
    while (rest.get("apps/ledger/queues")
            .mustBe(200)
            .json()
            .get("items")
            .get(0)
            .get("waiting")
            .asInt()
        > 0) {
      assertThat(System.nanoTime()).as("the queue becomes empty").isLessThan(end);
      Thread.sleep(1_000);
    }
    for (String message : acknowledged.messages) {
      assertThat(rest.call("ledger", "ledger/has", message).status()).as(message).isEqualTo(200);
    }
    assertThat(acknowledged.messages).as("the run did send something").isNotEmpty();
  }

  /** One round of what a user does; each fact is noted only once it was acknowledged. */
  private void operate(Platform platform) throws IOException, InterruptedException {
    String email = "user" + counter++ + "@example.org";
    Rest rest = Rest.signUp(platform, email, PASSWORD);
    note(() -> acknowledged.accounts.add(email));

    String app = "app" + counter++;
    rest.post("apps", Map.of("name", app)).mustBe(201);
    note(() -> acknowledged.apps.add(email + " " + app));

    String value = "v" + counter++;
    rest.patch("apps/" + app + "/config", Map.of("KEY", value)).mustBe(200);
    note(() -> acknowledged.config.put(email + " " + app, value));

    Git git = Git.of(Platform.root().resolve("examples/hello"), work.resolve(app));
    String late = "LATE_" + counter++;
    for (int push = 0; push < 2; push++) {
      Files.writeString(git.folder().resolve("touched.txt"), "push " + push);
      git.commit("Push " + push);
      push(platform, email, app, git, rest);
    }
    // What is configured now is a release too: both are kept, or neither.
    rest.patch("apps/" + app + "/config", Map.of(late, "1")).mustBe(200);
    note(() -> acknowledged.late.put(email + " " + app, late));
  }

  private void push(Platform platform, String email, String app, Git git, Rest rest)
      throws IOException, InterruptedException {
    Git.Result result = git.run("push", remote(platform, email, app), "HEAD:refs/heads/main");
    if (result.exit() != 0) {
      throw new IOException("push failed: " + result.output());
    }
    String commit = git.head();
    note(() -> acknowledged.commits.put(email + " " + app, commit));
    int number =
        rest.get("apps/" + app + "/releases")
            .mustBe(200)
            .json()
            .get("items")
            .get(0)
            .get("number")
            .asInt();
    note(() -> acknowledged.releases.put(email + " " + app, number));
  }

  private void note(Runnable fact) {
    fact.run();
    acknowledged.operations++;
    awaited.countDown();
  }

  private void verify(Platform platform) throws IOException, InterruptedException {
    Map<String, Rest> clients = new LinkedHashMap<>();
    for (String email : acknowledged.accounts) {
      clients.put(email, Rest.signIn(platform, email, PASSWORD));
    }
    for (String owned : acknowledged.apps) {
      verifyApp(platform, clients, owned);
    }
  }

  private void verifyApp(Platform platform, Map<String, Rest> clients, String owned)
      throws IOException, InterruptedException {
    String email = owned.substring(0, owned.indexOf(' '));
    String app = owned.substring(owned.indexOf(' ') + 1);
    Rest rest = Objects.requireNonNull(clients.get(email));
    rest.get("apps/" + app).mustBe(200);
    if (acknowledged.config.containsKey(owned)) {
      JsonNode config = rest.get("apps/" + app + "/config").mustBe(200).json();
      assertThat(config.get("KEY").asString()).isEqualTo(acknowledged.config.get(owned));
    }
    String commit = acknowledged.commits.get(owned);
    if (commit == null) {
      return;
    }
    JsonNode releases = rest.get("apps/" + app + "/releases").mustBe(200).json().get("items");
    JsonNode live = live(releases);
    Integer number = acknowledged.releases.get(owned);
    assertThat(live.get("number").asInt())
        .as("the live one of the releases %s", releases)
        .isGreaterThanOrEqualTo(number == null ? 1 : number);
    Git git =
        Git.of(Platform.root().resolve("examples/hello"), Files.createTempDirectory(work, "check"));
    String heads =
        git.run("ls-remote", remote(platform, email, app), "refs/heads/main")
            .mustSucceed()
            .output();
    String head = heads.substring(0, 40);
    List<String> configured =
        rest.get("apps/" + app + "/config").mustBe(200).json().propertyNames().stream()
            .sorted()
            .toList();
    assertThat(
            rest.get("apps/" + app + "/releases/" + live.get("number").asInt())
                .mustBe(200)
                .json()
                .get("config")
                .valueStream()
                .map(JsonNode::asString))
        .as("the live release has what is configured")
        .containsAll(configured);
    if (acknowledged.late.containsKey(owned)) {
      assertThat(configured).contains(acknowledged.late.get(owned));
    }
    assertThat(live.get("commit").asString())
        .as("the live release is of the pushed commit")
        .isEqualTo(head);
    if (!head.equals(commit)) {
      // The last push of the killed round was accepted, but its client did not live to hear of it.
      git.run("fetch", "-q", remote(platform, email, app), "main").mustSucceed();
      git.run("merge-base", "--is-ancestor", commit, "FETCH_HEAD").mustSucceed();
    }
    rest.call(app, "greeter/greet", "{\"name\":\"Ada\"}").mustBe(200);
  }

  /**
   * The one that is live. Newer ones were being started when the kill came, and failed; older ones
   * are replaced, or failed in an earlier kill.
   */
  private static JsonNode live(JsonNode releases) {
    List<JsonNode> live = new ArrayList<>();
    for (JsonNode release : releases) {
      String state = release.get("state").asString();
      if (state.equals("live")) {
        live.add(release);
      } else if (live.isEmpty()) {
        assertThat(state).as("release %s", release).isEqualTo("failed");
      } else {
        assertThat(state).as("release %s", release).isIn("replaced", "failed");
      }
    }
    assertThat(live).as("of %s", releases).hasSize(1);
    return live.getFirst();
  }

  private static String remote(Platform platform, String email, String app) {
    return "http://%s:%s@localhost:%d/git/%s.git"
        .formatted(email.replace("@", "%40"), PASSWORD.replace(" ", "%20"), platform.port(), app);
  }
}
