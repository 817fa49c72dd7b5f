package dev.parigot.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.engine.CallOutcome.Failed;
import dev.parigot.engine.CallOutcome.Returned;
import dev.parigot.timing.Seed;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The committed modules of the examples pass their own tests, and those of the templates greet. */
class ExampleAppsTest {
  static Stream<Path> examplesWithTests() throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(Path.of("../examples"))) {
      for (Path folder : folders) {
        Path manifest = folder.resolve("parigot.toml");
        if (Files.exists(manifest) && Files.readString(manifest).contains("[tests.")) {
          found.add(folder);
        }
      }
    }
    return found.stream();
  }

  @ParameterizedTest
  @MethodSource("examplesWithTests")
  void theTestsOfAnExamplePassInManyOrders(Path folder) throws InterruptedException {
    ExampleApp app = ExampleApp.in(folder);
    for (int seed = 1; seed <= 10; seed++) {
      assertAllPass(app.run(new Seed(seed)));
    }
  }

  @ParameterizedTest
  @MethodSource("examplesWithTests")
  void theyPassOnTheWoundProgramToo(Path folder) throws InterruptedException {
    ExampleApp app = ExampleApp.wound(folder);
    for (int seed = 1; seed <= 3; seed++) {
      assertAllPass(app.run(new Seed(seed)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"c", "rust", "assemblyscript"})
  void aTemplateGreetsByName(String language, @TempDir Path folder) throws Exception {
    ExampleApp app = template(language, folder);
    Returned greeting = (Returned) app.call("hello", "greet", "Ada".getBytes(UTF_8));
    assertThat(greeting.response()).asString(UTF_8).isEqualTo("Hello, Ada!");
    assertThat(app.call("hello", "greet", new byte[0]))
        .isEqualTo(new Failed(400, "expected a name"));
  }

  private static void assertAllPass(List<TestReport> reports) {
    assertThat(reports).isNotEmpty();
    assertThat(reports)
        .allSatisfy(report ->
            assertThat(report.verdict())
                .as(report.test() + " " + report.log())
                .isInstanceOf(Verdict.Passed.class));
  }

  private static ExampleApp template(String language, Path folder) throws IOException {
    Path build = Files.createDirectory(folder.resolve("build"));
    Files.copy(Path.of("../sdk/template/parigot.toml"), folder.resolve("parigot.toml"));
    for (String module : new String[] {"hello.wasm", "hello_test.wasm"}) {
      Files.copy(Path.of("../sdk", language, "template/build", module), build.resolve(module));
    }
    return ExampleApp.in(folder);
  }
}
