package dev.parigot.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command-line tool as the platform serves it, on a machine without a clone. */
class CliIT {
  private static final String EMAIL = "ada@example.org";
  private static final String PASSWORD = "correct horse";

  @TempDir static Path home;

  private static Platform platform;
  private static Rest ada;
  private static Path command;

  /** What a command printed, and how it ended. */
  record Ran(int exit, String out, String errors) {
    Ran mustSucceed() {
      if (exit != 0) {
        throw new AssertionError("it ended with " + exit + ":\n" + out + errors);
      }
      return this;
    }
  }

  @BeforeAll
  static void downloadIt() throws Exception {
    platform = Platform.upCold(home.resolve("data"));
    ada = Rest.signUp(platform, EMAIL, PASSWORD);
    Path archive = home.resolve("parigot.tar.gz");
    URI url = URI.create(platform.url() + "/download/parigot.tar.gz");
    try (InputStream body = url.toURL().openStream()) {
      Files.copy(body, archive);
    }
    assertThat(shell("tar xzf parigot.tar.gz", Map.of()).mustSucceed().out()).isEmpty();
    command = home.resolve("parigot/bin/parigot");
  }

  @AfterAll
  static void stop() throws Exception {
    platform.close();
  }

  @Test
  void anAppFromLoginToLogout() throws Exception {
    parigot("login", platform.url(), EMAIL + "\n" + PASSWORD + "\n");
    assertThat(parigot("create hello").out()).contains("http://hello.localhost:", "git remote add");
    Git.of(Platform.root().resolve("examples/hello"), home.resolve("app"));

    List<String> first = parigot("deploy app --app hello").out().lines().toList();

    assertThat(first)
        .satisfiesExactly(
            line -> assertThat(line).matches("-----> Sending 6 of 6 files, \\d+ KiB"),
            line -> assertThat(line).isEqualTo("-----> Parigot app detected: 2 services"),
            line -> assertThat(line).isEqualTo("-----> Added: greeter, phrases"),
            line -> assertThat(line).isEqualTo("-----> Launching v1"),
            line -> assertThat(line).matches(" {7}http://hello\\.localhost.*live in \\d+\\.\\d s"));
    assertThat(ada.call("hello", "greeter/greet", "{\"name\":\"Ada\"}").mustBe(200).text())
        .contains("Ada");

    Files.writeString(home.resolve("app/site/index.html"), "<h1>Changed</h1>\n");
    Ran second = parigot("deploy app --app hello");

    assertThat(second.out()).contains("Sending 1 of 6 files, 17 bytes", "Unchanged: greeter");
    assertThat(second.errors()).contains("not all is committed");
    assertThat(ada.visit("hello", "/").text()).contains("Changed");

    assertThat(parigot("releases show v2 --app hello").out())
        .contains("v2  live", "took check ", "v2 against v1:", "  site changed: index.html");
    assertThat(parigot("releases diff v2 v1 --app hello").out())
        .contains("v1 against v2:", "  site changed: index.html");

    assertThat(parigot("rollback --app hello").out()).contains("-----> Launching v3");
    assertThat(ada.visit("hello", "/").text()).doesNotContain("Changed");
    assertThat(parigot("releases --app hello").out().lines().toList())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("RELEASE  STATE"),
            line -> assertThat(line).startsWith("v3").contains("live", "rollback to v1"),
            line -> assertThat(line).startsWith("v2").contains("replaced", "no service changed"),
            line -> assertThat(line).startsWith("v1").containsPattern(" [0-9a-f]{7} "));

    assertThat(parigot("ps --app hello").out())
        .containsPattern("greeter +service +(running|idle) ")
        .containsPattern("phrases +service +(running|idle) ");
    assertThat(parigot("logs --app hello --service greeter").out()).contains("Ada");
    assertThat(parigot("config set LANGUAGE=fr --app hello").out()).contains("v4 is live");
    assertThat(parigot("config --app hello").out()).isEqualTo("LANGUAGE=fr\n");
    assertThat(parigot("apps --json").out()).contains("\"hello\"");

    tryOnABranchAndPromote();

    parigot("logout");
    Ran stranger = run("apps", "");
    assertThat(stranger.exit()).isEqualTo(1);
    assertThat(stranger.errors()).contains("parigot login URL");
    assertThat(ada.get("tokens").text()).doesNotContain("parigot on");
  }

  private static void tryOnABranchAndPromote() throws Exception {
    assertThat(parigot("deploy app --app hello --branch try/it").out())
        .contains("-----> Branch try/it: staging", "-----> Launching v1")
        .containsPattern("http://try-it-[0-9a-f]{6}--hello\\.localhost.*live in");
    assertThat(ada.visit("hello", "/").text()).doesNotContain("Changed");
    parigot("config set LANGUAGE=de --app hello --branch try/it");
    assertThat(parigot("config --app hello").out()).isEqualTo("LANGUAGE=fr\n");
    assertThat(parigot("releases --app hello --branch try/it").out()).contains("v2  ");
    assertThat(parigot("staging --app hello").out())
        .containsPattern("try/it +v2 .*site: 1 of its files, config: 1 keys +http://try-it-");

    assertThat(parigot("promote try/it --app hello").out())
        .startsWith("-----> Promoting v2 of try/it\n")
        .contains("Unchanged: greeter, phrases", "http://hello.localhost");

    assertThat(ada.visit("hello", "/").text()).contains("Changed");
    assertThat(parigot("config --app hello").out()).isEqualTo("LANGUAGE=fr\n");
    assertThat(parigot("releases --app hello").out()).contains("promotion of try/it v2");
    assertThat(parigot("staging delete try/it --app hello").out())
        .isEqualTo("Deleted the staging of try/it.\n");
    assertThat(parigot("staging --app hello").out()).contains("has no branch in staging");
  }

  @Test
  void theHookDeploysWhatIsPushedToItsRepository() throws Exception {
    ada.post("apps", Map.of("name", "hooked")).mustBe(201);
    String token =
        Rest.basic(platform, EMAIL, PASSWORD)
            .post("tokens", Map.of("name", "hook"))
            .mustBe(201)
            .json()
            .get("token")
            .asString();
    Path server = Files.createDirectories(home.resolve("elsewhere.git"));
    shell(
            """
            git init -q --bare elsewhere.git
            cp parigot/share/hooks/post-receive elsewhere.git/hooks/
            cd elsewhere.git
            git config parigot.platform "$URL"
            git config parigot.app hooked
            git config parigot.command "$HOME/parigot/bin/parigot"
            """,
            Map.of("URL", platform.url()))
        .mustSucceed();
    Files.writeString(server.resolve("parigot-token"), token);
    Git git = Git.of(Platform.root().resolve("examples/hello"), home.resolve("pushed"));

    String pushed = git.push(server.toString(), "main");

    assertThat(pushed).contains("remote: -----> Launching v1", "live in");
    assertThat(ada.call("hooked", "greeter/greet", "{\"name\":\"Bob\"}").mustBe(200).text())
        .contains("Bob");
    assertThat(ada.get("apps/hooked/releases").json().get("items").get(0).get("commit").asString())
        .isEqualTo(git.head());
  }

  @Test
  void whatIsWrongIsFoundBeforeItIsSentAndWindingNeedsNoPlatform() throws Exception {
    Path app = Files.createDirectories(home.resolve("wrong"));
    Files.writeString(app.resolve("parigot.toml"), "[services.a]\nwasm = \"gone.wasm\"\n");

    Ran ran = shell("parigot/bin/parigot check wrong", Map.of());

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.errors()).contains("parigot.toml:1: there is no file gone.wasm");
    Path hello = Platform.root().resolve("examples/hello");
    assertThat(
            shell("parigot/bin/parigot-wind " + hello + " -o wound.wasm", Map.of())
                .mustSucceed()
                .out())
        .startsWith("wound.wasm: 2 services, ");
    // The compiler for guests came along, and is found.
    Path poll = Platform.root().resolve("examples/poll");
    Ran tested = shell("parigot/bin/parigot test " + poll, Map.of()).mustSucceed();
    assertThat(tested.out()).endsWith("all passed\n");
    assertThat(tested.errors()).isEmpty();
  }

  private static Ran parigot(String arguments) throws IOException, InterruptedException {
    return run(arguments, "").mustSucceed();
  }

  private static Ran parigot(String verb, String argument, String input)
      throws IOException, InterruptedException {
    return run(verb + " " + argument, input).mustSucceed();
  }

  private static Ran run(String arguments, String input) throws IOException, InterruptedException {
    return process(List.of("sh", "-c", command + " " + arguments), Map.of(), input);
  }

  private static Ran shell(String script, Map<String, String> environment)
      throws IOException, InterruptedException {
    return process(List.of("sh", "-ec", script), environment, "");
  }

  private static Ran process(List<String> command, Map<String, String> environment, String input)
      throws IOException, InterruptedException {
    Path errors = Files.createTempFile(home, "errors", "");
    ProcessBuilder builder =
        new ProcessBuilder(new ArrayList<>(command))
            .directory(home.toFile())
            .redirectError(errors.toFile());
    builder.environment().put("HOME", home.toString());
    builder.environment().remove("XDG_CONFIG_HOME");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ran(process.waitFor(), out, Files.readString(errors));
  }
}
