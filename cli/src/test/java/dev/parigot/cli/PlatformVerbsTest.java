package dev.parigot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verbs that ask a platform, against one that answers as the test says. */
class PlatformVerbsTest {
  private static final Path EXAMPLES = Path.of("../examples").toAbsolutePath().normalize();

  @TempDir private Path home;
  @TempDir private Path folder;

  private final FakePlatform platform = new FakePlatform();
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void isolate() {
    environment.put("XDG_CONFIG_HOME", home.toString());
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  private Ran run(String... arguments) {
    return Ran.in(folder, environment, "", arguments);
  }

  private String path(String file) {
    return folder.resolve(file).toString();
  }

  private Ran login() {
    platform.answers("POST tokens", 201, "{\"id\": 7, \"name\": \"x\", \"token\": \"secret\"}");
    return Ran.in(folder, environment, "ada@example.org\ncorrect horse\n", "login", platform.url());
  }

  private Path credentials() {
    return home.resolve("parigot/credentials");
  }

  @Test
  void loginMakesATokenNamedAfterTheMachineAndKeepsItToItself() throws IOException {
    Ran ran = login();

    assertThat(ran)
        .isEqualTo(new Ran(0, "Logged in to " + platform.url() + " as ada@example.org.\n", ""));
    FakePlatform.Asked asked = platform.asked().getFirst();
    assertThat(asked.authorization()).startsWith("Basic ");
    assertThat(asked.body()).startsWith("{\"name\":\"parigot on ");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(credentials())))
        .isEqualTo("rw-------");
    assertThat(Files.readString(credentials())).contains("secret").doesNotContain("horse");
  }

  @Test
  void aWrongPasswordIsTheUsersMistake() {
    platform.answers("POST tokens", 401, "{\"status\": 401, \"detail\": \"No.\"}");

    Ran ran = Ran.in(folder, environment, "ada\nwrong\n", "login", platform.url());

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.errors()).startsWith("parigot: e-mail or password is wrong; ");
    assertThat(credentials()).doesNotExist();
  }

  @Test
  void logoutRevokesTheTokenAndForgetsIt() throws IOException {
    login();
    platform.answers("DELETE tokens/7", 204, "");

    Ran ran = run("logout");

    assertThat(ran).isEqualTo(new Ran(0, "Logged out of " + platform.url() + ".\n", ""));
    assertThat(platform.calls()).contains("DELETE tokens/7");
    assertThat(Files.readString(credentials())).doesNotContain("secret");
    assertThat(run("apps").errors())
        .isEqualTo("parigot: you are not logged in: parigot login URL\n");
  }

  @Test
  void aTokenOfTheEnvironmentNeedsNoLogin() {
    environment.put("PARIGOT_TOKEN", "from-ci");
    environment.put("PARIGOT_PLATFORM", platform.url() + "/");
    platform.answers("GET apps?limit=100", 200, "{\"items\": [], \"next\": null}");

    Ran ran = run("apps");

    assertThat(ran.exit()).isZero();
    assertThat(platform.asked().getFirst().authorization()).isEqualTo("Bearer from-ci");
    assertThat(credentials()).doesNotExist();
  }

  @Test
  void listsGoOnUntilTheirEndAndStandInColumns() {
    login();
    platform.answers(
        "GET apps?limit=100",
        200,
        """
        {"items": [{"name": "a", "url": "http://a.localhost/", "createdAt": "?"}], "next": "a"}
        """);
    platform.answers(
        "GET apps?limit=100&after=a",
        200,
        """
        {"items": [{"name": "longer", "url": "http://longer.localhost/", "createdAt": "?"}],
         "next": null}
        """);

    assertThat(run("apps").out())
        .isEqualTo(
            """
            APP     ADDRESS                   MADE
            a       http://a.localhost/       ?
            longer  http://longer.localhost/  ?
            """);
    assertThat(run("apps", "--json").out()).startsWith("[ {").contains("\"longer\"");
  }

  @Test
  void withSeveralPlatformsOneIsNamed() {
    try (FakePlatform other = new FakePlatform()) {
      login();
      other.answers("GET apps?limit=1", 200, "{\"items\": []}");
      run("login", other.url(), "--token", "given");

      assertThat(run("apps").errors()).contains("several platforms", platform.url(), other.url());
      other.answers("GET apps?limit=100", 200, "{\"items\": [], \"next\": null}");
      assertThat(run("apps", "--platform", other.url()).exit()).isZero();
      assertThat(other.asked().getLast().authorization()).isEqualTo("Bearer given");
    }
  }

  @Test
  void theAppIsThatOfTheOptionOrTheManifestOrTheRemote() throws Exception {
    login();
    assertThat(run("ps").errors()).startsWith("parigot: which app? Say --app NAME, ");
    git("init", "-q");
    git("remote", "add", "parigot", platform.url() + "/git/of-the-remote.git");
    run("ps");
    Files.writeString(
        folder.resolve("parigot.toml"),
        "name = \"of-the-manifest\"\n[services.a]\nwasm = \"a.wasm\"\n");
    run("ps");
    run("ps", "--app", "named");

    assertThat(platform.calls())
        .endsWith(
            "GET apps/of-the-remote/services?limit=100",
            "GET apps/of-the-manifest/services?limit=100",
            "GET apps/named/services?limit=100");
  }

  @Test
  void psTellsTheLoadOfEachService() {
    login();
    platform.answers(
        "GET apps/shop/services?limit=100",
        200,
        """
        {"items": [{"name": "cart", "kind": "service", "state": "running", "instances": 3,
          "callsPerMinute": 120, "errorsPerMinute": 2, "lastError": null,
          "load": {"running": 1.64, "waiting": 0.2, "cores": 0.125, "memoryBytes": 3145728}}],
         "next": null}
        """);

    assertThat(run("ps", "--app", "shop").out())
        .isEqualTo(
            """
            SERVICE  KIND     STATE    INSTANCES  RUNNING  WAITING  CPU   MEMORY   CALLS/MIN  ERRORS/MIN  LAST ERROR
            cart     service  running  3          1.6      0.2      0.13  3.0 MiB  120        2
            """);
  }

  @Test
  void psTellsWhyServicesWereScaled() {
    login();
    platform.answers("GET apps/shop/scaling", 200, "{\"items\": [], \"next\": null}");
    assertThat(run("ps", "--app", "shop", "--scaling").out())
        .startsWith("No service got more or fewer instances");
    platform.answers(
        "GET apps/shop/scaling",
        200,
        """
        {"items": [{"at": "2030-01-31T12:00:00Z", "service": "cart", "from": 1, "to": 0,
          "reason": "no call for 5 min"}], "next": null}
        """);

    assertThat(run("ps", "--app", "shop", "--scaling").out())
        .contains("cart     1 → 0      no call for 5 min");
  }

  @Test
  void aRefusalIsToldWithWhatAndWhyAndNext() {
    login();
    platform.answers(
        "POST apps",
        409,
        """
        {"status": 409, "detail": "There is an app named \\"shop\\" already.",
         "next": "Choose another name.", "details": ["one\\u001b[31m", "two"]}
        """);

    assertThat(run("create", "shop"))
        .isEqualTo(
            new Ran(
                1,
                "",
                """
                parigot: There is an app named "shop" already.
                  one?[31m
                  two
                Choose another name.
                """));
  }

  @Test
  void aPlatformThatFailsOrIsNotThereEndsWithThree() {
    login();
    platform.answers("GET apps?limit=100", 503, "{\"status\": 503, \"detail\": \"Down.\"}");
    assertThat(run("apps").exit()).isEqualTo(3);
    platform.answers("GET apps?limit=100", 502, "<html>Bad gateway</html>");
    assertThat(run("apps").errors()).contains("status 502, and not as a Parigot does");
    platform.close();

    Ran ran = run("apps");

    assertThat(ran.exit()).isEqualTo(3);
    assertThat(ran.errors())
        .isEqualTo("parigot: nothing answers at " + platform.url() + "; is the platform up?\n");
  }

  @Test
  void aTokenThatIsNoLongerGoodLeadsToLogin() {
    login();
    platform.answers("GET apps?limit=100", 401, "{\"status\": 401, \"detail\": \"No.\"}");

    assertThat(run("apps").errors())
        .endsWith("Log in again: parigot login " + platform.url() + "\n");
  }

  @Test
  void wrongUsageEndsWithTwo() {
    login();
    assertThat(run("config", "set", "--app", "a", "NO-EQUALS").exit()).isEqualTo(2);
    assertThat(run("rollback", "--app", "a", "newest").exit()).isEqualTo(2);
    assertThat(run("logs", "--app", "a", "-n", "0").exit()).isEqualTo(2);
    assertThat(run("login", "ftp://x").exit()).isEqualTo(2);
    assertThat(run("fly").exit()).isEqualTo(2);
    assertThat(run().exit()).isEqualTo(2);
  }

  @Test
  void aPlatformOfAnotherVersionIsToldOf() {
    login();
    platform.version("9.9.9").answers("GET apps?limit=100", 200, "{\"items\": [], \"next\": null}");

    Ran ran = run("apps");

    assertThat(ran.exit()).isZero();
    assertThat(ran.errors())
        .contains("is version " + Version.OWN, "the platform 9.9.9", "/download/parigot.tar.gz");
    assertThat(run("--version").out()).isEqualTo("parigot " + Version.OWN + "\n");
    assertThat(Version.OWN).matches("\\d+\\..*");
  }

  @Test
  void aDeploymentSendsWhatIsMissingAndTellsWhatAPushTells() throws IOException {
    login();
    copyHello();
    String manifest = "sha256:" + sha256(folder.resolve("parigot.toml"));
    platform
        .answers("POST apps/hello/uploads", 200, "{\"missing\": [\"" + manifest + "\"]}")
        .answers("PUT apps/hello/blobs/" + manifest, 204, "")
        .streams(
            "POST apps/hello/releases",
            """
            event: step
            data: {"text":"Launching v1"}

            event: detail
            data: {"text":"http://hello.localhost/  live in 0.1 s"}

            event: release
            data: {"number":1}

            """);

    Ran ran = run("deploy", "--app", "hello");

    assertThat(ran.errors()).isEmpty();
    assertThat(ran.exit()).isZero();
    assertThat(ran.out().lines().toList())
        .satisfiesExactly(
            line -> assertThat(line).matches("-----> Sending 1 of 4 files, \\d+ bytes"),
            line -> assertThat(line).isEqualTo("-----> Launching v1"),
            line -> assertThat(line).isEqualTo("       http://hello.localhost/  live in 0.1 s"));
    assertThat(platform.asked().getLast().body())
        .startsWith("{\"commit\":null,\"files\":{\"parigot.toml\":\"" + manifest + "\"")
        .contains("build/greeter.wasm", "build/phrases.wasm", "site/index.html")
        .doesNotContain("src/");
  }

  @Test
  void aDeploymentThatIsRefusedOrBreaksOffIsNoSuccess() throws IOException {
    login();
    copyHello();
    platform
        .answers("POST apps/hello/uploads", 200, "{\"missing\": []}")
        .streams(
            "POST apps/hello/releases",
            "event: problem\ndata: {\"status\": 422, \"detail\": \"It has a mistake.\"}\n\n");
    Ran refused = run("deploy", "--app", "hello");
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.out()).isEqualTo("-----> Sending nothing: the platform has all 4 files\n");
    assertThat(refused.errors()).isEqualTo("parigot: It has a mistake.\n");

    platform.streams("POST apps/hello/releases", "event: step\ndata: {\"text\":\"x\"}\n\n");
    Ran brokenOff = run("deploy", "--app", "hello");
    assertThat(brokenOff.exit()).isEqualTo(3);
    assertThat(brokenOff.errors()).contains("before it told the outcome");
  }

  @Test
  void whatCheckFindsIsFoundBeforeAnythingIsSent() throws IOException {
    login();
    Files.writeString(
        folder.resolve("parigot.toml"), "[services.a]\nwasm = \"gone.wasm\"\npubic = true\n");

    Ran ran = run("deploy", "--app", "hello");

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.errors()).contains("parigot.toml:3:1: ").endsWith("parigot: 2 mistakes\n");
    assertThat(platform.calls()).containsExactly("POST tokens");
  }

  @Test
  void theLogIsPrintedWithoutWhatSteersATerminal() {
    login();
    platform.answers(
        "GET apps/a/logs?limit=100&service=s",
        200,
        """
        {"items": [{"at": "?", "service": "s", "instance": "s-1", "level": "info",
          "message": "one\\ntwo\\u001b[2J", "call": ""}]}
        """);

    assertThat(run("logs", "--app", "a", "--service", "s").out())
        .isEqualTo("? info  s-1: one\n             two?[2J\n");
  }

  @Test
  void aFollowedLogIsPrintedLineByLine() {
    login();
    platform.streams(
        "GET apps/a/logs?limit=100&follow=true",
        """
        : still here

        id: 1
        data: {"at": "?", "service": "s", "instance": "s-1", "level": "warn", "message": "m"}

        event: missed
        data: 3

        """);

    Ran ran = run("logs", "--app", "a", "--tail");

    assertThat(ran.out()).isEqualTo("? warn  s-1: m\n");
    assertThat(ran.errors()).contains("3 lines came too fast", "the log ended");
    assertThat(ran.exit()).isEqualTo(3);
  }

  @Test
  void rollbackWithoutANumberGoesToTheReleaseBefore() {
    login();
    platform
        .answers(
            "GET apps/a/releases?limit=100",
            200,
            """
            {"items": [{"number": 5, "state": "failed"}, {"number": 4, "state": "live"},
              {"number": 3, "state": "failed"}, {"number": 2, "state": "replaced"},
              {"number": 1, "state": "replaced"}], "next": null}
            """)
        .streams("POST apps/a/rollback", "event: release\ndata: {}\n\n");

    assertThat(run("rollback", "--app", "a").exit()).isZero();
    assertThat(platform.asked().getLast().body()).isEqualTo("{\"release\":2}");
    assertThat(run("rollback", "--app", "a", "v1").exit()).isZero();
    assertThat(platform.asked().getLast().body()).isEqualTo("{\"release\":1}");
  }

  @Test
  void aReleaseIsShownWithWhatItChanged() {
    login();
    platform
        .answers(
            "GET apps/a/releases/2",
            200,
            """
            {"release": {"number": 2, "state": "live", "at": "2026-01-31T12:00:00Z", "by": "ada@example.org",
              "commit": "%s", "failure": null},
             "services": [{"name": "cart", "kind": "service", "size": 13000, "digest": "sha256:%s",
              "methods": ["add"], "calls": [{"service": "mailer", "method": "send", "async": true}]}],
             "steps": [{"name": "check", "millis": 100}, {"name": "start", "millis": 840}]}
            """
                .formatted("c".repeat(40), "a".repeat(64)))
        .answers("GET apps/a/releases/2/changes", 200, CHANGES)
        .answers("GET apps/a/releases/2/changes?since=1", 200, CHANGES);

    Ran shown = run("releases", "show", "v2", "--app", "a");

    assertThat(shown.errors()).isEmpty();
    assertThat(shown.out())
        .contains(
            "v2  live\n",
            " by ada@example.org, commit " + "c".repeat(40),
            "took check 0.1 s, start 0.8 s",
            "cart     service  13,000  aaaaaaaaaaaa  add      mailer.send without waiting",
            "v2 against v1:");
    String[] changes = {
      "v2 against v1:",
      "  changed cart, 13,000 bytes, was 12,000 bytes",
      "    + method add",
      "    - method sum",
      "    + calls mailer.send without waiting",
      "    - over HTTP sum",
      "    + imports parigot:kv",
      "    max: 4, was 8",
      "  site changed: index.html, and 99 more",
      "  configuration changed: CURRENCY",
      "  unchanged: stock",
    };
    assertThat(run("releases", "diff", "v1", "2", "--app", "a").out().lines())
        .containsExactly(changes);
    assertThat(run("releases", "diff", "v1", "latest", "--app", "a").exit()).isEqualTo(2);
  }

  private static final String CHANGES =
      """
      {"release": 2, "since": 1, "changes": {"services": [{"name": "cart", "change": "changed",
        "before": {"digest": "sha256:b", "size": 12000}, "now": {"digest": "sha256:a", "size": 13000},
        "methods": {"gained": ["add"], "lost": ["sum"]},
        "calls": {"gained": [{"service": "mailer", "method": "send", "async": true}], "lost": []},
        "exposed": {"gained": [], "lost": ["sum"]}, "capabilities": {"gained": ["parigot:kv"], "lost": []},
        "settings": [{"name": "max", "before": 8, "now": 4}]}], "unchanged": ["stock"],
        "site": {"added": {"count": 0, "paths": []}, "changed": {"count": 100, "paths": ["index.html"]},
          "removed": {"count": 0, "paths": []}, "serviceBefore": null, "serviceNow": null},
        "config": {"added": [], "changed": ["CURRENCY"], "removed": []},
        "queues": {"added": [], "changed": [], "removed": []}, "outbound": {"gained": [], "lost": []}}}
      """;

  private static final String HISTORY =
      """
      {"format":"parigot history 1","app":"shop","began":"2026-03-01T12:00:00Z","settled":0,"alone":true,"complete":true}
      {"event":"wrote","begin":1,"end":2,"instance":"cart.1","call":"a","key":"left","value":"11"}
      {"event":"wrote","begin":3,"end":4,"instance":"cart.2","call":"b","key":"left","value":"22"}
      """;

  private static final String STALE =
      "{\"event\":\"read\",\"begin\":5,\"end\":6,\"instance\":\"cart.1\",\"call\":\"c\",\"key\":\"left\",\"value\":\"11\"}\n";

  @Test
  void whatThePlatformDoesIsRecordedAndChecked() throws IOException {
    login();
    platform.answers("POST apps/shop/history?seconds=3&alone=true", 200, HISTORY);

    Ran good =
        run("history", "--app", "shop", "--seconds", "3", "--alone", "-o", path("kept.jsonl"));

    assertThat(good.exit()).isZero();
    assertThat(good.out())
        .isEqualTo(
            "shop, from 2026-03-01T12:00:00Z: 2 events\nAll of it is as the contract allows.\n");
    assertThat(Files.readString(Path.of(path("kept.jsonl")))).isEqualTo(HISTORY);
    assertThat(run("history", "check", path("kept.jsonl")).out()).isEqualTo(good.out());
  }

  @Test
  void whatTheContractDoesNotAllowIsToldWithItsEvents() throws IOException {
    Files.writeString(Path.of(path("stale.jsonl")), HISTORY + STALE);

    Ran stale = run("history", "check", path("stale.jsonl"));

    assertThat(stale.exit()).isEqualTo(1);
    assertThat(stale.out())
        .contains(
            "store: cart.1 read `left` as 11 though cart.2 wrote 22 to `left`: that is stale (events 3 and 5)",
            "The contract does not allow 1 thing of it.");
  }

  @Test
  void aFileThatIsNoHistoryIsRefusedByItsLine() throws IOException {
    Files.writeString(Path.of(path("odd.jsonl")), HISTORY + "{}\n");

    Ran odd = run("history", "check", path("odd.jsonl"));

    assertThat(odd.exit()).isEqualTo(1);
    assertThat(odd.errors()).contains("odd.jsonl is no history: line 4: \"begin\" is missing");
    assertThat(run("history", "check", path("none.jsonl")).errors()).contains("there is no file");
    assertThat(run("history", "--app", "shop", "-n", "61").exit()).isEqualTo(2);
  }

  @Test
  void allServicesAreReplacedIfAskedFor() throws IOException {
    login();
    copyHello();
    platform
        .answers("POST apps/hello/uploads", 200, "{\"missing\": []}")
        .streams("POST apps/hello/releases?all=true", "event: release\ndata: {}\n\n")
        .streams("POST apps/hello/releases?all=true&skipGate=true", "event: release\ndata: {}\n\n");

    assertThat(run("deploy", "--app", "hello", "--all").exit()).isZero();
    assertThat(run("deploy", "--app", "hello", "--all", "--skip-gate").exit()).isZero();
  }

  private static final String STAGED =
      """
      {"items": [
        {"branch": "empty", "id": "empty", "app": "empty--a", "url": "http://empty--a.localhost/",
          "live": null, "difference": null},
        {"branch": "fix/x", "id": "fix-x-1f3870", "app": "fix-x-1f3870--a",
          "url": "http://fix-x-1f3870--a.localhost/",
          "live": {"number": 3, "at": "2026-03-01T12:00:00Z", "by": "ada@example.org"},
          "difference": {
            "services": [{"name": "cart", "change": "changed"}, {"name": "tax", "change": "settings"}],
            "site": {"added": {"count": 1, "paths": ["a"]}, "changed": {"count": 1, "paths": ["b"]}},
            "config": {"added": [], "changed": ["CURRENCY"], "removed": []},
            "queues": {"added": [], "changed": [], "removed": []},
            "outbound": {"gained": [], "lost": []}}}], "next": null}
      """;

  @Test
  void branchesInStagingAreListedWithWhatDiffers() {
    login();
    platform.answers("GET apps/a/staging?limit=100", 200, STAGED);

    assertThat(run("staging", "--app", "a").out().lines())
        .anySatisfy(line -> assertThat(line).matches("empty +- +- +- +- +http://empty--a.*"))
        .anySatisfy(line ->
            assertThat(line)
                .startsWith("fix/x")
                .contains(
                    "v3",
                    "ada@example.org",
                    "changed cart, settings of tax, site: 2 of its files, config: 1 keys",
                    "http://fix-x-1f3870--a.localhost/"));
    assertThat(run("staging", "list", "--app", "a").out())
        .isEqualTo(run("staging", "--app", "a").out());
    assertThat(run("staging", "--json", "--app", "a").out()).contains("\"fix-x-1f3870\"");
  }

  @Test
  void aBranchIsPutInStagingTakenOutAndPromoted() {
    login();
    platform
        .answers("GET apps/a/staging?limit=100", 200, STAGED)
        .answers("POST apps/a/staging", 201, "{\"url\": \"http://new--a.localhost/\"}")
        .answers("DELETE apps/a/staging/fix-x-1f3870", 204, "")
        .streams(
            "POST apps/a/staging/fix-x-1f3870/promote",
            "event: step\ndata: {\"text\": \"Promoting v3 of fix/x\"}\n\nevent: release\ndata: {}\n\n");

    assertThat(run("staging", "create", "new", "--app", "a").out())
        .isEqualTo("http://new--a.localhost/\n");
    assertThat(platform.asked().getLast().body()).isEqualTo("{\"branch\":\"new\"}");
    assertThat(run("promote", "fix/x", "--app", "a").out())
        .isEqualTo("-----> Promoting v3 of fix/x\n");
    assertThat(run("staging", "delete", "fix-x-1f3870", "--app", "a").out())
        .isEqualTo("Deleted the staging of fix/x.\n");
    Ran none = run("promote", "gone", "--app", "a");
    assertThat(none.exit()).isEqualTo(1);
    assertThat(none.errors()).contains("\"gone\" of a is not in staging; parigot staging lists");
  }

  @Test
  void otherVerbsAskForABranchInstead() {
    login();
    platform
        .answers("GET apps/a/staging?limit=100", 200, STAGED)
        .answers("GET apps/fix-x-1f3870--a/config", 200, "{\"A\": \"1\"}")
        .answers(
            "GET apps/fix-x-1f3870--a/secrets?limit=100", 200, "{\"items\": [], \"next\": null}")
        .answers("GET apps/a/secrets?limit=100", 200, "{\"items\": [], \"next\": null}")
        .answers("GET apps/empty--a/services?limit=100", 200, "{\"items\": [], \"next\": null}")
        .answers("GET apps/a/config", 200, "{}");

    assertThat(run("config", "--branch", "fix/x", "--app", "a").out()).isEqualTo("A=1\n");
    assertThat(run("config", "--branch", "main", "--app", "a").out()).contains("set for a.");
    assertThat(run("ps", "--branch", "empty", "--app", "a").out())
        .isEqualTo("Nothing runs: the branch empty of a has no live release.\n");
  }

  @Test
  void aBranchIsDeployedToItsStagingWhichIsMadeIfNeedBe() throws IOException {
    login();
    copyHello();
    platform
        .answers("GET apps/a/staging?limit=100", 200, "{\"items\": [], \"next\": null}")
        .answers(
            "POST apps/a/staging",
            201,
            "{\"branch\": \"try\", \"id\": \"try\", \"app\": \"try--a\"}")
        .answers("POST apps/try--a/uploads", 200, "{\"missing\": []}")
        .streams("POST apps/try--a/releases", "event: release\ndata: {}\n\n");

    Ran ran = run("deploy", "--branch", "try", "--app", "a");

    assertThat(ran.exit()).isZero();
    assertThat(ran.out()).startsWith("-----> Branch try: staging");
    platform
        .answers("DELETE apps/a/staging/try", 204, "")
        .streams(
            "POST apps/try--a/releases",
            "event: problem\ndata: {\"status\": 422, \"detail\": \"No.\"}\n\n");
    assertThat(run("deploy", "--branch", "try", "--app", "a").exit()).isEqualTo(1);
    assertThat(platform.calls()).endsWith("DELETE apps/a/staging/try");
  }

  private static final String DEMO =
      """
      {"id": "k3bq7m", "name": "fair", "url": "http://k3bq7m--demo.localhost/", "state": "open",
        "release": %s, "opens": 7, "expires": null, "warning": "All binaries go along."}
      """;

  @Test
  void aDemoIsSharedAndItsAddressAloneIsOnTheOutput() throws IOException {
    login();
    platform.answers("POST apps/a/demos", 201, DEMO.formatted("3"));
    Files.writeString(folder.resolve("data.json"), "{\"tea\": \"12\"}");

    Ran ran =
        run(
            "demo",
            "create",
            "fair",
            "--release",
            "v3",
            "--expires",
            "2030-01-31T12:00:00+01:00",
            "--data",
            "data.json",
            "--app",
            "a");

    assertThat(ran)
        .isEqualTo(new Ran(0, "http://k3bq7m--demo.localhost/\n", "All binaries go along.\n"));
    assertThat(platform.asked().getLast().body())
        .isEqualTo(
            "{\"name\":\"fair\",\"release\":3,\"expires\":\"2030-01-31T11:00:00Z\",\"data\":{\"tea\":\"12\"}}");
    assertThat(run("demo", "create", "fair", "--release", "latest", "--app", "a").exit()).isZero();
    assertThat(platform.asked().getLast().body()).isEqualTo("{\"name\":\"fair\"}");
    assertThat(run("demo", "create", "x", "--expires", "soon", "--app", "a").exit()).isEqualTo(2);
  }

  @Test
  void wrongStartingDataIsToldWithItsLinesAndSentNowhere() throws IOException {
    login();
    Files.writeString(folder.resolve("data.json"), "{\n  \"tea\": 12\n}");

    Ran ran = run("demo", "create", "fair", "--data", "data.json", "--app", "a");

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.errors()).contains("data.json: line 2:").contains("\"tea\"");
    assertThat(platform.calls()).doesNotContain("POST apps/a/demos");
  }

  @Test
  void demosAreListedAndFoundByNameAddressOrId() {
    login();
    String list = "{\"items\": [" + DEMO.formatted("null") + "], \"next\": null}";
    platform
        .answers("GET apps/a/demos?limit=100", 200, list)
        .answers("PATCH apps/a/demos/k3bq7m", 200, "{}")
        .answers("DELETE apps/a/demos/k3bq7m", 204, "");

    assertThat(run("demo", "--app", "a").out())
        .isEqualTo(
            """
            NAME  RELEASE       STATE  OPENS  EXPIRES  ADDRESS
            fair  the live one  open   7      -        http://k3bq7m--demo.localhost/
            """);
    assertThat(run("demo", "list", "--app", "a").out()).isEqualTo(run("demo", "--app", "a").out());
    assertThat(run("demo", "pause", "fair", "--app", "a").out()).isEqualTo("Paused fair.\n");
    assertThat(platform.asked().getLast().body()).isEqualTo("{\"paused\":true}");
    assertThat(run("demo", "resume", "k3b", "--app", "a").out()).isEqualTo("Resumed fair.\n");
    assertThat(run("demo", "revoke", "http://k3bq7m--demo.localhost", "--app", "a").out())
        .isEqualTo("Revoked fair.\n");
    assertThat(platform.calls()).endsWith("DELETE apps/a/demos/k3bq7m");
    assertThat(run("demo", "revoke", "other", "--app", "a").errors()).contains("no demo \"other\"");
  }

  @Test
  void configurationIsListedSetAndUnset() {
    login();
    platform
        .answers("GET apps/a/config", 200, "{\"A\": \"1\", \"B\": \"x=y\"}")
        .answers("PATCH apps/a/config", 200, "{}")
        .answers(
            "GET apps/a/secrets?limit=100",
            200,
            "{\"items\": [{\"name\": \"C\", \"setAt\": \"2026-03-01T12:00:00Z\", \"by\": \"ada@example.org\"}], \"next\": null}")
        .answers("PATCH apps/a/secrets", 200, "{\"items\": []}")
        .answers(
            "GET apps/a/releases?limit=1",
            200,
            "{\"items\": [{\"number\": 3, \"state\": \"live\"}]}");

    assertThat(run("config", "--app", "a").out())
        .isEqualTo("A=1\nB=x=y\nC is a secret, set 2026-03-01T12:00:00Z by ada@example.org\n");
    assertThat(run("config", "set", "A=2", "B=x=y", "--app", "a").out())
        .isEqualTo("Changed A, B: v3 is live with it.\n");
    assertThat(run("config", "unset", "A", "--app", "a").exit()).isZero();
    assertThat(run("config", "set", "--secret", "C=hunter2", "--app", "a").out())
        .isEqualTo("Changed C: v3 is live with it.\n");
    assertThat(platform.calls()).contains("PATCH apps/a/secrets");
    assertThat(run("config", "unset", "--secret", "C", "--app", "a").exit()).isZero();
    List<String> bodies =
        platform.asked().stream()
            .filter(asked -> asked.call().startsWith("PATCH"))
            .map(FakePlatform.Asked::body)
            .toList();
    assertThat(bodies)
        .containsExactly(
            "{\"A\":\"2\",\"B\":\"x=y\"}", "{\"A\":null}", "{\"C\":\"hunter2\"}", "{\"C\":null}");
  }

  @Test
  void schedulesAreListedAndRun() {
    login();
    String run =
        """
        {"id": 7, "at": "2026-03-01T12:00:00Z", "askedBy": "ada@example.org", "due": null, "missed": 0,
         "durationMs": 12, "outcome": "%s", "code": null, "said": %s, "log": "INFO counting\\nINFO \\u001b[2J"}\
        """;
    platform
        .answers(
            "GET apps/a/cron?limit=100",
            200,
            """
            {"items": [{"name": "restock", "call": "stock.restock", "words": "every 5 minutes", "timezone": "UTC",
             "on": true, "next": [{"at": "2026-03-01T12:05:00Z"}], "last": null}], "next": null}\
            """)
        .answers("POST apps/a/cron/restock/run", 202, run.formatted("running", "null"))
        .answers("GET apps/a/cron/restock/runs/7", 200, run.formatted("failed", "\"sold out\""))
        .answers(
            "GET apps/a/cron/restock/runs?limit=100",
            200,
            "{\"items\": [" + run.formatted("succeeded", "null") + "], \"next\": null}");

    assertThat(run("cron", "--app", "a").out())
        .isEqualTo(
            """
            SCHEDULE  CALLS          WHEN             TIME ZONE  NEXT                  LAST RUN
            restock   stock.restock  every 5 minutes  UTC        2026-03-01T12:05:00Z  none
            """);
    assertThat(run("cron", "runs", "restock", "--app", "a").out())
        .contains("7    2026-03-01T12:00:00Z  ada@example.org  succeeded  12 ms");
    var ran = run("cron", "run", "restock", "--app", "a");
    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.out())
        .startsWith("INFO counting\n")
        .endsWith("restock failed in 12 ms: sold out\n")
        .doesNotContain("\u001b");
  }

  @Test
  void runsOfTestsAreListedShownSharedAndTheirTracesFetched() throws IOException {
    login();
    String run =
        """
        {"items": [{"id": 7, "branch": "main", "commit": "684f76c0ffee", "by": "ada@example.org",
         "at": "2026-03-01T12:00:00Z", "outcome": "failed", "tests": [%s]}], "next": null}\
        """;
    String tests = run.formatted("{\"name\": \"t.test_a\", \"failure\": null}");
    String timing =
        run.formatted(
            "{\"name\": \"t.test_a\", \"schedules\": 12, \"wanted\": 200, \"failure\": {}}");
    String failure = "apps/a/tests/7/failures/t.test_a";
    platform
        .answers("GET apps/a/tests?limit=20", 200, tests)
        .answers("GET apps/a/timing?limit=20", 200, timing)
        .answers("GET apps/a/tests?limit=1&after=8", 200, tests)
        .answers("GET apps/a/timing?limit=1&after=8", 200, timing)
        .answers("GET apps/a/tests?limit=1&after=10", 200, tests)
        .answers("GET apps/a/timing?limit=1&after=10", 200, timing)
        .answers(
            "GET " + failure,
            200,
            "{\"failure\": \"expected 1, got 2\", \"sentence\": \"One read `n` before another wrote it.\"}")
        .answers("PUT " + failure + "/link", 200, "{\"url\": \"http://x--demo.localhost/\"}")
        .answers("DELETE " + failure + "/link", 204, "")
        .answers("GET apps/a/timing/7/traces/t.test_a", 200, "{\"format\": \"trace\"}");

    assertThat(run("tests", "--app", "a").out())
        .contains(
            "7    ", "main    684f76c  ada@example.org  failed   1 test, 12 schedules, 1 failed");
    assertThat(run("tests", "7", "--app", "a").out())
        .contains(
            "  ok    t.test_a\n",
            "  FAIL  t.test_a, 12 of 200 schedules\n    expected 1, got 2\n    One read `n` before",
            "parigot tests trace 7 t.test_a");
    assertThat(run("tests", "9", "--app", "a"))
        .extracting(Ran::exit, Ran::out)
        .containsExactly(1, "");
    assertThat(run("tests", "share", "7", "t.test_a", "--app", "a").out())
        .isEqualTo("http://x--demo.localhost/\n");
    assertThat(run("tests", "revoke", "7", "t.test_a", "--app", "a").exit()).isZero();
    Path file = folder.resolve("trace.json");
    assertThat(run("tests", "trace", "7", "t.test_a", file.toString(), "--app", "a").exit())
        .isZero();
    assertThat(file).content().contains("\"trace\"");
  }

  @Test
  void deadMessagesAreListedPrintedSentAgainAndDropped() {
    login();
    platform
        .answers(
            "GET apps/a/queues?limit=100",
            200,
            """
            {"items": [{"name": "letters", "deliver": "mailer.order_placed", "waiting": 2,
             "oldest": "2026-03-01T12:00:00Z", "inFlight": 1, "dead": 1, "deliveredPerMinute": 12}], "next": null}\
            """)
        .answers(
            "GET apps/a/queues/letters/dead?limit=100",
            200,
            """
            {"items": [{"id": 42, "sentAt": "2026-03-01T12:00:00Z", "failedAt": "2026-03-01T12:01:00Z", "attempts": 5,
             "bytes": 3, "failure": "500 no"}], "next": null}\
            """)
        .answers("GET apps/a/queues/letters/dead/42", 200, "tea\u0007")
        .answers("POST apps/a/queues/letters/dead/42/resend", 200, "{\"resent\": 1}")
        .answers("POST apps/a/queues/letters/dead/resend", 200, "{\"resent\": 3}")
        .answers("DELETE apps/a/queues/letters/dead", 204, "");

    assertThat(run("queues", "--app", "a").out())
        .contains(
            "letters  mailer.order_placed  2        2026-03-01T12:00:00Z  1          1     12");
    assertThat(run("queues", "dead", "letters", "--app", "a").out())
        .contains("42  2026-03-01T12:00:00Z  2026-03-01T12:01:00Z  5         3      500 no");
    assertThat(run("queues", "dead", "letters", "42", "--app", "a").out())
        .startsWith("tea")
        .doesNotContain("\u0007");
    assertThat(run("queues", "resend", "letters", "42", "--app", "a").out())
        .isEqualTo("Sent again: 1.\n");
    assertThat(run("queues", "resend", "letters", "--all", "--app", "a").out())
        .isEqualTo("Sent again: 3.\n");
    assertThat(run("queues", "drop", "letters", "--all", "--app", "a").out())
        .isEqualTo("Dropped.\n");
    assertThat(run("queues", "drop", "letters", "--app", "a").exit()).isEqualTo(2);
  }

  @Test
  void channelsAreListedFollowedAndPublishedTo() {
    login();
    platform
        .answers(
            "GET apps/a/channels?limit=100",
            200,
            """
            {"items": [{"name": "orders", "audience": "everyone", "listeners": 2, "perMinute": 17}], "next": null}\
            """)
        .answers(
            "GET apps/a/channels/orders",
            200,
            """
            {"items": [{"id": "k3f9a1.1", "at": "2026-03-01T12:00:00Z", "text": "{\\"sold\\": 1}\\u0007", "base64": null},
             {"id": "k3f9a1.2", "at": "2026-03-01T12:00:01Z", "text": null, "base64": "AP8="}], "next": null}\
            """)
        .answers(
            "POST apps/a/channels/orders",
            200,
            "{\"id\": \"k3f9a1.3\", \"at\": \"2026-03-01T12:00:02Z\", \"text\": \"tea\", \"base64\": null}");

    assertThat(run("channels", "--app", "a").out()).contains("orders   everyone    2          17");
    assertThat(run("channels", "follow", "orders", "--once", "--app", "a").out())
        .contains("{\"sold\": 1}", "AP8=")
        .doesNotContain("\u0007");
    assertThat(run("channels", "publish", "orders", "tea", "--app", "a").out())
        .isEqualTo("Published as k3f9a1.3.\n");
  }

  @Test
  void aFollowedChannelIsPrintedAsItIsPublished() {
    login();
    platform.streamsOnce(
        "GET apps/a/channels/orders?follow=true",
        """
        retry: 1000
        id: 0.0

        id: k3f9a1.1
        data: {"id": "k3f9a1.1", "at": "?", "text": "tea\\u0007", "base64": null}

        : still here

        """);

    Ran ran = run("channels", "follow", "orders", "--app", "a");

    assertThat(ran.out()).isEqualTo("?  tea?\n");
    assertThat(ran.errors()).as("it asks again, and the channel is gone").contains("No.");
    assertThat(ran.exit()).isEqualTo(1);
  }

  @Test
  void aHostUnderLocalhostIsReachedOnTheLoopback() {
    environment.put("PARIGOT_TOKEN", "t");
    platform.answers("GET apps?limit=100", 200, "{\"items\": [], \"next\": null}");

    Ran ran = run("apps", "--platform", "http://console.localhost:" + platform.port());

    assertThat(ran.exit()).isZero();
    assertThat(platform.asked().getFirst().host())
        .isEqualTo("console.localhost:" + platform.port());
  }

  private void copyHello() throws IOException {
    Path hello = EXAMPLES.resolve("hello");
    for (String file :
        List.of("parigot.toml", "build/greeter.wasm", "build/phrases.wasm", "site/index.html")) {
      Path target = folder.resolve(file);
      Files.createDirectories(target.getParent());
      Files.copy(hello.resolve(file), target);
    }
  }

  private static String sha256(Path file) throws IOException {
    return dev.parigot.wasm.Bytes.of(Files.readAllBytes(file)).digest().replace("sha256:", "");
  }

  private void git(String... arguments) throws Exception {
    List<String> command = new java.util.ArrayList<>(List.of("git", "-C", folder.toString()));
    command.addAll(List.of(arguments));
    assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
  }

  private static final String WAITING =
      """
      {"host": "shop.example.org", "state": "waiting", "url": "http://shop.example.org/",
       "proof": {"name": "_parigot.shop.example.org", "type": "TXT", "content": "parigot-1"},
       "route": {"name": "shop.example.org", "type": "CNAME", "content": "shop.localhost"},
       "reason": "There is no TXT record yet."}
      """;

  @Test
  void aDomainTellsItsRecordsUntilItIsProved() {
    login();
    platform.answers("POST apps/shop/domains", 201, WAITING);
    platform.answers("POST apps/shop/domains/shop.example.org/verify", 200, WAITING);

    Ran added = run("domains", "add", "shop.example.org", "--app", "shop");

    assertThat(added)
        .isEqualTo(
            new Ran(
                0,
                """
                shop.example.org is not proved yet. Add these records where its names are kept:
                  _parigot.shop.example.org  TXT  parigot-1    proves that it is yours
                  shop.example.org  CNAME  shop.localhost    leads to the app
                """,
                "There is no TXT record yet.\n"));
    assertThat(platform.asked().getLast().body()).isEqualTo("{\"host\":\"shop.example.org\"}");
    assertThat(run("domains", "verify", "shop.example.org", "--app", "shop").exit()).isEqualTo(1);

    platform.answers(
        "POST apps/shop/domains/shop.example.org/verify",
        200,
        """
        {"host": "shop.example.org", "state": "issued", "url": "https://shop.example.org/",
         "certificateUntil": "2030-01-01T00:00:00Z", "reason": null}
        """);
    assertThat(run("domains", "verify", "shop.example.org", "--app", "shop"))
        .isEqualTo(
            new Ran(
                0,
                "shop.example.org is served, with a certificate until 2030-01-01T00:00:00Z:"
                    + " https://shop.example.org/\n",
                ""));
  }

  @Test
  void domainsAreListedWithWhatIsWrongAndRemoved() {
    login();
    platform.answers(
        "GET apps/shop/domains?limit=100", 200, "{\"items\": [" + WAITING + "], \"next\": null}");
    platform.answers("DELETE apps/shop/domains/shop.example.org", 204, "");

    assertThat(run("domains", "--app", "shop"))
        .isEqualTo(
            new Ran(
                0,
                """
                DOMAIN            STATE    ADDRESS
                shop.example.org  waiting  http://shop.example.org/
                """,
                "shop.example.org: There is no TXT record yet.\n"));
    assertThat(run("domains", "remove", "shop.example.org", "--app", "shop").out())
        .isEqualTo("Removed shop.example.org.\n");
    platform.answers("GET apps/shop/domains?limit=100", 200, "{\"items\": [], \"next\": null}");
    assertThat(run("domains", "--app", "shop").errors()).contains("parigot domains add HOST");
  }

  private static final String ADA =
      """
      {"id": "019c", "email": "ada@example.org", "emailVerified": false, "name": "Ada", "provider": "password", "blocked": false,
       "blockedAt": null, "createdAt": "2026-03-01T12:00:00Z", "lastSeenAt": "2026-03-02T12:00:00Z"}
      """;

  @Test
  void usersAreListedAndFound() {
    login();
    platform.answers(
        "GET apps/shop/users?limit=100", 200, "{\"items\": [" + ADA + "], \"next\": null}");
    platform.answers(
        "GET apps/shop/users?search=eve&limit=100", 200, "{\"items\": [], \"next\": null}");

    assertThat(run("users", "--app", "shop").out())
        .isEqualTo(
            """
            ID    E-MAIL           NAME  SIGNS IN BY  SIGNED UP             LAST SEEN
            019c  ada@example.org  Ada   password     2026-03-01T12:00:00Z  2026-03-02T12:00:00Z
            """);
    assertThat(run("users", "--search", "eve", "--app", "shop").out())
        .isEqualTo("There is no such user.\n");
  }

  @Test
  void aUserIsBlockedAndRemovedByIdOrEMail() {
    login();
    platform.answers("PATCH apps/shop/users/019c", 200, ADA);
    platform.answers("DELETE apps/shop/users/019c", 204, "");
    platform.answers(
        "GET apps/shop/users?search=Ada%40example.org&limit=100",
        200, "{\"items\": [" + ADA + "], \"next\": null}");

    assertThat(run("users", "block", "019c", "--app", "shop").out()).isEqualTo("Blocked 019c.\n");
    assertThat(platform.asked().getLast().body()).isEqualTo("{\"blocked\":true}");
    assertThat(run("users", "unblock", "Ada@example.org", "--app", "shop").out())
        .isEqualTo("Unblocked Ada@example.org.\n");
    assertThat(platform.asked().getLast().body()).isEqualTo("{\"blocked\":false}");
    assertThat(run("users", "remove", "019c", "--app", "shop").out()).isEqualTo("Removed 019c.\n");
  }

  @Test
  void anEMailThatSeveralUsersHaveNamesNone() {
    login();
    platform.answers(
        "GET apps/shop/users?search=ada%40example.org&limit=100",
        200,
        "{\"items\": ["
            + ADA
            + ", "
            + ADA.replace("019c", "019d").replace("\"password\"", "\"google\"")
            + "], \"next\": null}");

    Ran refused = run("users", "block", "ada@example.org", "--app", "shop");
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.errors()).contains("019c (password), 019d (google)");
  }
}
