package dev.parigot.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.wasm.Bytes;
import dev.parigot.wasm.WasmModule;
import dev.parigot.wasm.WasmReader;
import dev.parigot.wasm.WasmValidator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Modules of many compilers do the same wound and unwound. */
class CorpusTest {
  private static final org.graalvm.polyglot.Engine ENGINE =
      org.graalvm.polyglot.Engine.newBuilder("wasm")
          .allowExperimentalOptions(true)
          .option("engine.WarnInterpreterOnly", "false")
          .options(Engine.PROPOSALS)
          .build();

  private static final List<byte[]> REQUESTS =
      List.of(
          "a quick brown fox jumps over the lazy dog, and over the other one".getBytes(UTF_8),
          new byte[0],
          "tea  tea 007".getBytes(UTF_8),
          "the quick brown fox".repeat(10).getBytes(UTF_8));

  /** A line of the list. */
  record Entry(String name, String digest) {
    byte[] file() throws IOException {
      return Files.readAllBytes(WoundPair.CORPUS.resolve("build/" + name + ".wasm"));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Entry> entries() throws IOException {
    return Files.readAllLines(WoundPair.CORPUS.resolve("corpus.tsv")).stream()
        .skip(1)
        .map(line -> line.split("\t", -1))
        .map(columns -> new Entry(columns[0], columns[6]))
        .toList();
  }

  @AfterAll
  static void closeEngine() {
    ENGINE.close(true);
  }

  @ParameterizedTest
  @MethodSource("entries")
  void doesTheSameWoundAndUnwound(Entry entry) throws IOException {
    byte[] file = entry.file();
    assertThat(Bytes.of(file).digest()).isEqualTo("sha256:" + entry.digest);
    WasmModule module = WasmReader.read(file);
    WasmValidator.validate(module);
    WoundPair pair = WoundPair.of(module);
    try (BareModule unwound = new BareModule(ENGINE, file);
        BareModule wound = new BareModule(ENGINE, pair.file())) {
      unwound.initialize();
      wound.initialize();
      if (pair.called()) {
        for (byte[] request : REQUESTS) {
          String answer = unwound.call("", "run", request);
          assertThat(wound.call("partner.", "pass", request)).isEqualTo(answer);
          assertThat(answer).startsWith("response ");
        }
      } else {
        List<String> functions = BareModule.functions(module);
        assertThat(functions).isNotEmpty();
        assertThat(wound.callAll("subject.", functions)).isEqualTo(unwound.callAll("", functions));
        assertThat(wound.call("partner.", "tick", new byte[0])).isEqualTo("response \1\0\0\0");
      }
    }
  }

  @Test
  void theListHasWhatLiesInTheFolderAndNoModuleTwice() throws IOException {
    assertThat(entries()).hasSizeGreaterThanOrEqualTo(40);
    assertThat(entries()).extracting(Entry::digest).doesNotHaveDuplicates();
    try (Stream<Path> files = Files.list(WoundPair.CORPUS.resolve("build"))) {
      assertThat(files.map(each -> each.getFileName().toString().replace(".wasm", "")))
          .containsExactlyInAnyOrderElementsOf(
              Stream.concat(entries().stream().map(Entry::name), Stream.of("partner", "alone"))
                  .toList());
    }
  }
}
