package dev.parigot.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.parigot.contract.Abi;
import dev.parigot.wasm.WasmModule;
import dev.parigot.wasm.WasmReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The committed modules of the examples and of the SDKs' tour are what their sources compile to: to
 * the byte by the compiler that made them, else with the same imports and exports. Nothing is
 * compiled where a compiler is missing.
 */
class CompiledSourcesTest {
  private static final Path ROOT = Path.of("..");

  @TempDir private Path out;

  @ParameterizedTest
  @ValueSource(strings = {"c", "rust", "assemblyscript", "go"})
  void theExamplesAreWhatTheirSourcesCompileTo(String language) throws Exception {
    compile(Map.of("ONLY", language), "examples/build.sh");
    assertLikeCommitted(language, ROOT.resolve("examples"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"c", "rust", "assemblyscript", "go"})
  void theTourIsWhatItsSourcesCompileTo(String language) throws Exception {
    compile(Map.of("ONLY", language), "sdk/tour/build.sh");
    assertLikeCommitted(language, ROOT.resolve("sdk/tour/build"));
  }

  private void compile(Map<String, String> environment, String... script) throws Exception {
    Path log = Files.createTempFile(out, "build", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(Stream.concat(Stream.of("sh"), Stream.of(script)).toList());
    builder.environment().put("OUT", out.toAbsolutePath().toString());
    builder.environment().putAll(environment);
    builder.directory(ROOT.toFile()).redirectErrorStream(true).redirectOutput(log.toFile());
    Process build = builder.start();
    assertThat(build.waitFor(10, TimeUnit.MINUTES)).isTrue();
    String told = Files.readString(log);
    assertThat(build.exitValue()).as(told).isZero();
    assumeFalse(told.contains("left out"), told);
  }

  private void assertLikeCommitted(String language, Path committed) throws IOException {
    boolean sameCompiler = compiler(language, out).equals(compiler(language, committed));
    List<Path> modules = modules();
    assertThat(modules).isNotEmpty();
    for (Path module : modules) {
      byte[] compiled = Files.readAllBytes(module);
      byte[] kept = Files.readAllBytes(committed.resolve(out.relativize(module)));
      assertThat(surface(compiled)).as(module.toString()).isEqualTo(surface(kept));
      if (sameCompiler) {
        assertThat(compiled).as("%s by the compiler that made it", module).isEqualTo(kept);
      }
    }
  }

  private List<Path> modules() throws IOException {
    try (Stream<Path> files = Files.walk(out)) {
      return files.filter(file -> file.toString().endsWith(".wasm")).toList();
    }
  }

  private static Optional<String> compiler(String language, Path folder) throws IOException {
    return Files.readAllLines(folder.resolve("compilers.txt")).stream()
        .filter(line -> line.startsWith(language + ": "))
        .findFirst();
  }

  /** What a module shares with the platform. */
  private static Set<String> surface(byte[] file) {
    WasmModule module = WasmReader.read(file);
    Set<String> names = new TreeSet<>();
    module.imports().stream()
        .filter(each -> !each.module().equals(Abi.WASI))
        .forEach(each -> names.add("imports " + each.module() + " " + each.name()));
    module.exports().forEach(each -> names.add("exports " + each.name()));
    return names;
  }
}
