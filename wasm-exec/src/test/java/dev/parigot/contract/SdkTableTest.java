package dev.parigot.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each SDK declares every import of Parigot's own that the table of the ABI has, and its page shows
 * what is compiled.
 */
class SdkTableTest {
  private static final Path SDK = Path.of("../sdk");

  @Test
  void cDeclaresTheWholeTable() throws IOException {
    String source = source("c", ".h");
    assertComplete(
        source,
        (module, name) ->
            source.contains("PARIGOT_IMPORT(\"%s\", \"%s\")".formatted(module, name)));
  }

  @Test
  void rustDeclaresTheWholeTable() throws IOException {
    String source =
        source("rust", ".rs").replaceAll("#\\[link_name = \"(\\w+)\"]\\s*pub fn \\w+", "pub fn $1");
    assertComplete(source, (module, name) -> rustDeclares(source, module, name));
  }

  @Test
  void assemblyScriptDeclaresTheWholeTable() throws IOException {
    String source = source("assemblyscript", ".ts");
    assertComplete(
        source,
        (module, name) -> source.contains("@external(\"%s\", \"%s\")".formatted(module, name)));
  }

  @Test
  void goDeclaresTheWholeTable() throws IOException {
    String source = source("go", ".go");
    assertComplete(
        source,
        (module, name) -> source.contains("//go:wasmimport %s %s\n".formatted(module, name)));
  }

  @ParameterizedTest
  @CsvSource({
    "c, c, hello.c",
    "rust, rust, hello/src/lib.rs",
    "assemblyscript, ts, hello.ts",
    "go, go, hello/hello.go"
  })
  void thePageOfALanguageShowsTheServiceOfItsTemplate(String language, String fence, String file)
      throws IOException {
    assertThat(Path.of("../docs/sdk-" + language + ".md"))
        .content()
        .contains(
            "```%s\n%s```\n"
                .formatted(fence, read(SDK.resolve(language).resolve("template").resolve(file))));
  }

  private static boolean rustDeclares(String source, String module, String name) {
    return Pattern.compile(
            "wasm_import_module = \"%s\"\\)]\\s*extern \"C\" \\{[^}]*pub fn %s\\("
                .formatted(Pattern.quote(module), name))
        .matcher(source)
        .find();
  }

  private static void assertComplete(String source, BiPredicate<String, String> declares) {
    assertThat(source).isNotEmpty();
    List<AbiFunction> missing =
        Abi.table().functions().stream()
            .filter(function -> !function.module().equals(Abi.WASI))
            .filter(function -> !function.name().equals("*"))
            .filter(function -> !declares.test(function.module(), function.name()))
            .toList();
    assertThat(missing).isEmpty();
  }

  private static String source(String language, String suffix) throws IOException {
    try (Stream<Path> files = Files.walk(SDK.resolve(language))) {
      return files
          .filter(file -> file.toString().endsWith(suffix))
          .filter(file -> !file.toString().contains("template"))
          .sorted()
          .map(SdkTableTest::read)
          .collect(Collectors.joining("\n"));
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
