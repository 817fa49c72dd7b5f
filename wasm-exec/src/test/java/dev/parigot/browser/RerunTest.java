package dev.parigot.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.local.ExampleApp;
import dev.parigot.local.Recording;
import dev.parigot.local.TestMethod;
import dev.parigot.local.TestSuite;
import dev.parigot.timing.Seed;
import dev.parigot.timing.Trace;
import dev.parigot.wasm.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the platform has recorded is run again by the code that browsers run. */
class RerunTest {
  private static final Path PROGRAMS = Path.of("src/test/resources/apps/evil");

  /**
   * A duplicate, a deadlock and an instance that ends; {@code -Drerun.programs=h1,h2} for others.
   */
  private static final List<String> CHOSEN =
      List.of(System.getProperty("rerun.programs", "s2,s4,h12").split(","));

  private static final Seed SEED = new Seed(1);

  /** {@code (module (func (export "_start")))}. */
  private static final byte[] COMMAND =
      HexFormat.of()
          .parseHex(
              "0061736d01000000"
                  + "010401600000"
                  + "03020100"
                  + "070a01065f73746172740000"
                  + "0a040102000b");

  @TempDir private Path folder;

  /** An app of the evil suite in one of its variants. */
  private final class App {
    private final Path home;
    private final ExampleApp app;
    private final TestSuite suite;
    private final TestMethod test;
    private final Map<String, Rerun.File> files = new LinkedHashMap<>();

    App(String program, String variant) {
      this(PROGRAMS.resolve(program), variant);
    }

    App(Path home, String variant) {
      this.home = home;
      app = ExampleApp.variant(home, variant);
      suite = app.tests();
      test = suite.tests().getFirst();
      var manifest = app.code().manifest();
      manifest
          .services()
          .forEach((name, service) ->
              keep(name, service.wasm().equals("program.wasm") ? variant : service.wasm()));
      manifest.tests().forEach((name, module) -> keep(name, module.wasm()));
    }

    private void keep(String name, String file) {
      try {
        byte[] bytes = Files.readAllBytes(home.resolve(file));
        String digest = Bytes.of(bytes).digest();
        Files.write(folder.resolve(digest.replace("sha256:", "")), bytes);
        files.put(name, new Rerun.File(digest, bytes.length));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    Recording witnessed() throws Exception {
      Trace witness = Trace.read(Files.readAllBytes(home.resolve("witness.json")));
      return suite.record(test, SEED, witness.choices());
    }

    Recording plain() throws InterruptedException {
      return suite.record(test, SEED, List.of());
    }

    Rerun rerun(Recording failing, Recording passing) {
      return Rerun.of(app.code(), files, test, SEED, failing, passing).orElseThrow();
    }
  }

  private void write(String name, String which, Rerun rerun) throws IOException {
    Files.writeString(
        folder.resolve(name + ".json"),
        "{\"name\":\"%s\",\"which\":\"%s\",\"rerun\":%s}".formatted(name, which, rerun.json()));
  }

  /** What came of each case, by its name. */
  private JsonNode run() throws IOException, InterruptedException {
    Path runtime = Node.exported(folder, RerunScripts.bundles());
    RerunScripts scripts = RerunScripts.load();
    Files.writeString(runtime.resolve("page.js"), scripts.page());
    Files.writeString(runtime.resolve("worker.js"), scripts.worker());
    ObjectNode told = JsonMapper.shared().createObjectNode();
    for (String line : Node.run("run-rerun.mjs", runtime.toString(), folder.toString())) {
      JsonNode each = JsonMapper.shared().readTree(line);
      told.set(each.path("case").asString(), each);
    }
    return told;
  }

  @Test
  void bugsOfTheEvilSuiteShowAgainAndWhatPassedPassesAgain() throws Exception {
    Map<String, Integer> steps = new TreeMap<>();
    for (String program : CHOSEN) {
      App buggy = new App(program, "buggy.wasm");
      Rerun rerun = buggy.rerun(buggy.witnessed(), buggy.plain());
      steps.put(program, rerun.failing().rows().size());
      write(program, "failing", rerun);
      if (steps.size() == 1) {
        write(program + " plainly", "passing", rerun);
      }
    }

    JsonNode told = run();

    steps.forEach((program, count) -> {
      JsonNode failing = told.path(program);
      assertThat(failing.at("/end/same").asBoolean()).as("%s", failing).isTrue();
      assertThat(failing.at("/end/passed").asBoolean()).as("%s", failing).isFalse();
      assertThat(failing.path("at").asInt()).isEqualTo(count);
    });
    JsonNode passing = told.path(CHOSEN.getFirst() + " plainly");
    assertThat(passing.at("/end/same").asBoolean()).as("%s", passing).isTrue();
    assertThat(passing.at("/end/passed").asBoolean()).as("%s", passing).isTrue();
  }

  @Test
  void anIntegrationTestRunsAgainWithAllInstancesMadeAhead() throws Exception {
    App app = new App("s2", "buggy.wasm");
    Recording recording = app.suite.record(app.test, SEED);
    write("test", "failing", app.rerun(recording, recording));

    JsonNode told = run().path("test");

    assertThat(recording.report().steps().getFirst().strand()).isEqualTo("parigot start");
    assertThat(told.at("/end/same").asBoolean()).as("%s", told).isTrue();
  }

  @Test
  void anAppWithACommandRunsAgainWithoutIt() throws Exception {
    Path home = Files.createDirectory(folder.resolve("with-command"));
    for (String file : List.of("buggy.wasm", "tests.wasm", "witness.json")) {
      Files.copy(PROGRAMS.resolve("s1").resolve(file), home.resolve(file));
    }
    Files.write(home.resolve("page.wasm"), COMMAND);
    Files.writeString(
        home.resolve("parigot.toml"),
        Files.readString(PROGRAMS.resolve("s1").resolve("parigot.toml"))
            + "\n[services.page]\nwasm = \"page.wasm\"\n");
    App app = new App(home, "buggy.wasm");
    Recording failing = app.witnessed();
    Rerun rerun = app.rerun(failing, failing);
    write("command", "failing", rerun);

    JsonNode told = run().path("command");

    assertThat(rerun.modules())
        .extracting(Rerun.Module::name)
        .contains("counter")
        .doesNotContain("page");
    assertThat(told.at("/end/same").asBoolean()).as("%s", told).isTrue();
  }

  @Test
  void anotherProgramLeavesTheRecordAndThatIsTold() throws Exception {
    App buggy = new App("s1", "buggy.wasm");
    App mended = new App("s1", "fixed.wasm");
    Recording failing = buggy.witnessed();
    write("other", "failing", mended.rerun(failing, failing));

    JsonNode told = run().path("other");

    assertThat(told.at("/end/same").asBoolean()).as("%s", told).isFalse();
    assertThat(told.at("/end/told").asString()).contains("parigot:kv");
    assertThat(told.at("/end/expected").asString()).contains("parigot:kv");
    assertThat(told.path("at").asInt()).isPositive().isLessThan(told.path("of").asInt());
  }

  @Test
  void whatIsRandomIsTheSameAsOnThePlatform() throws Exception {
    RandomGenerator random = new Seed(-3).of("random of t-1").generator();
    List<String> numbers = Stream.generate(() -> "" + random.nextLong()).limit(20).toList();

    assertThat(run().path("random").path("numbers").valueStream().map(JsonNode::asString))
        .isEqualTo(numbers);
  }
}
