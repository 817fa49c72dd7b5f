package dev.parigot.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parigot.wasm.WasmModule;
import dev.parigot.wasm.WasmReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class InitCommandTest {
  private static final Path SDK = Path.of("../sdk");
  private static final List<String> MODULES = List.of("hello.wasm", "hello_test.wasm");

  /** The exit code of a build without its compiler. */
  private static final int NO_COMPILER = 127;

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void makesAnAppThatPassesItsCheck(Language language) throws IOException {
    Path project = init("tea-shop", language);

    Ran check = Ran.parigot("check", project.toString());
    assertThat(check.errors()).isEmpty();
    assertThat(check.out())
        .isEqualTo(
            """
            tea-shop: 1 service, 1 test module
              hello       service: greet
              hello_test  test module: test_greets_by_name, test_wants_a_name
                            calls hello.greet
            """);
    assertThat(project.resolve(".gitignore"))
        .content()
        .contains("/target/")
        .doesNotContain("\n/build");
    for (String file : List.of("parigot.toml", "README.md", "site/index.html")) {
      assertThat(project.resolve(file)).content().contains("tea-shop").doesNotContain("NAME");
    }
  }

  @ParameterizedTest
  @EnumSource
  void theLibraryLiesInTheProject(Language language) throws IOException {
    Path library = init("tea", language).resolve("parigot");

    Path origin = SDK.resolve(language.word());
    List<String> files =
        filesIn(origin).stream()
            .filter(file -> !file.startsWith("template/") && !file.equals("README.md"))
            .toList();
    assertThat(filesIn(library)).isNotEmpty().isEqualTo(files);
    for (String file : files) {
      assertThat(library.resolve(file)).hasSameBinaryContentAs(origin.resolve(file));
    }
  }

  @ParameterizedTest
  @EnumSource
  void theModulesThatItDeliversPassTheirTests(Language language) throws IOException {
    Path project = init("tea", language);
    neverBuild(project);

    Ran test = Ran.parigot("test", project.toString());

    assertThat(test.out()).startsWith("tea: 2 tests, seed 1\n").endsWith("all passed\n");
    assertThat(test.exit()).isZero();
  }

  /** To the byte by the compiler that made what is delivered, else with the same surface. */
  @ParameterizedTest
  @EnumSource
  void itCompilesToTheModulesThatItDelivers(Language language) throws Exception {
    Path project = init("sample", language);
    Path compiled = project.resolve("build");
    MODULES.forEach(module -> delete(compiled.resolve(module)));

    Shell compile = Shell.run(Map.of(), "../sdk/compile.sh", language.word(), project.toString());

    assumeTrue(compile.exit != NO_COMPILER, compile.told);
    assertThat(compile.exit).as(compile.told).isZero();
    boolean sameCompiler =
        Files.readAllLines(SDK.resolve("compilers.txt")).stream().anyMatch(compile.told::contains);
    for (String module : MODULES) {
      byte[] made = Files.readAllBytes(compiled.resolve(module));
      byte[] delivered =
          Files.readAllBytes(
              SDK.resolve(language.word()).resolve("template/build").resolve(module));
      assertThat(surface(made)).isEqualTo(surface(delivered));
      if (sameCompiler) {
        assertThat(made).as("%s by the compiler that made it", module).isEqualTo(delivered);
      }
    }
    if (!sameCompiler) {
      neverBuild(project);
      assertThat(Ran.parigot("test", project.toString()).out()).endsWith("all passed\n");
    }
  }

  @ParameterizedTest
  @CsvSource({"C, clang-19, hello.c", "ASSEMBLYSCRIPT, npm, hello.ts"})
  void withoutACompilerTheBuildTellsHowToGetItAndKeepsWhatIsUpToDate(
      Language language, String missing, String source) throws Exception {
    Path project = init("tea", language);
    Map<String, String> bare = Map.of("PATH", tools(), "WASI_SDK_PATH", folder.toString());

    Shell unedited = Shell.run(bare, project.resolve("build.sh").toString());
    assertThat(unedited.told).contains("apt install", missing, "stays as it is");
    assertThat(unedited.exit).isZero();

    Files.setLastModifiedTime(project.resolve(source), FileTime.from(Instant.now().plusSeconds(2)));
    Shell edited = Shell.run(bare, project.resolve("build.sh").toString());
    assertThat(edited.told).contains("apt install", missing).doesNotContain("stays");
    assertThat(edited.exit).isEqualTo(NO_COMPILER);
  }

  @Test
  void rustIsTheLanguageOfWhoNamesNone() {
    Ran ran = Ran.parigot("init", folder.resolve("tea").toString());

    assertThat(ran.exit()).isZero();
    assertThat(ran.out()).contains("the app tea, with a service in Rust", "parigot test .");
    assertThat(folder.resolve("tea/hello/src/lib.rs")).exists();
  }

  @Test
  void aFolderWithNothingButAGitRepositoryIsTaken() throws IOException {
    Files.createDirectories(folder.resolve("tea/.git"));

    init("tea", Language.C);

    assertThat(folder.resolve("tea/hello.c")).exists();
  }

  @Test
  void aFolderThatIsNotEmptyIsLeftAlone() throws IOException {
    Files.createDirectories(folder.resolve("tea"));
    Files.writeString(folder.resolve("tea/leaves"), "green");

    Ran ran = Ran.parigot("init", folder.resolve("tea").toString());

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.errors()).contains("tea is there, and not empty. Choose another name");
    assertThat(filesIn(folder)).containsExactly("tea/leaves");
  }

  @Test
  void aFileOfThatNameIsLeftAlone() throws IOException {
    Files.writeString(folder.resolve("tea"), "green");

    Ran ran = Ran.parigot("init", folder.resolve("tea").toString());

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.errors()).contains("tea is a file. Choose another name.");
  }

  @ParameterizedTest
  @CsvSource({
    "Tea_Shop, \"Tea_Shop\" can't name an app. Use 2 to 31 lower-case letters, What about tea-shop?",
    "demo, \"demo\" is reserved for the platform., What about my-demo?",
  })
  void whatIsNoAppNameIsRefusedWithOneThatIs(String name, String why, String cure) {
    Ran ran = Ran.parigot("init", folder.resolve(name).toString());

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.errors()).contains(why, cure);
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @CsvSource({
    "rusty, Did you mean `rust`?",
    "assembly-script, Did you mean `assemblyscript`?",
    "cobol, 'There is: c, rust, assemblyscript, go.'",
  })
  void anUnknownLanguageIsRefusedWithTheNearest(String language, String cure) {
    Ran ran = Ran.parigot("init", folder.resolve("tea").toString(), "--language", language);

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.errors()).contains("\"" + language + "\" has no SDK. " + cure);
    assertThat(folder).isEmptyDirectory();
  }

  private Path init(String name, Language language) {
    Path project = folder.resolve(name);
    Ran ran = Ran.parigot("init", project.toString(), "--language", language.word());
    assertThat(ran.errors()).isEmpty();
    assertThat(ran.exit()).isZero();
    return project;
  }

  private static void neverBuild(Path project) throws IOException {
    Path manifest = project.resolve("parigot.toml");
    Files.writeString(manifest, Files.readString(manifest).replaceFirst("(?s)\\[build].*", ""));
  }

  /** A folder for the PATH that has what the scripts use, and no compiler. */
  private String tools() throws IOException {
    Path tools = Files.createDirectories(folder.resolve("tools"));
    for (String tool : List.of("sh", "cat", "dirname", "find", "mkdir", "mktemp", "rm")) {
      Path there =
          Stream.of("/bin", "/usr/bin")
              .map(Path::of)
              .map(bin -> bin.resolve(tool))
              .filter(Files::exists)
              .findFirst()
              .orElseThrow();
      Files.createSymbolicLink(tools.resolve(tool), there);
    }
    return tools.toString();
  }

  private static List<String> filesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  private static void delete(Path file) {
    assertThat(file.toFile().delete()).isTrue();
  }

  private static Set<String> surface(byte[] file) {
    WasmModule module = WasmReader.read(file);
    Set<String> names = new TreeSet<>();
    module.imports().stream()
        .filter(each -> each.module().startsWith("parigot:"))
        .forEach(each -> names.add("imports " + each.module() + " " + each.name()));
    module.exports().forEach(each -> names.add("exports " + each.name()));
    return names;
  }

  private record Shell(int exit, String told) {
    static Shell run(Map<String, String> environment, String... script) throws Exception {
      Path log = Files.createTempFile("init", ".log");
      ProcessBuilder builder =
          new ProcessBuilder(Stream.concat(Stream.of("/bin/sh"), Stream.of(script)).toList());
      builder.environment().putAll(environment);
      Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
      assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
      String told = Files.readString(log);
      Files.delete(log);
      return new Shell(process.exitValue(), told);
    }
  }
}
