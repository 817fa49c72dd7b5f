package dev.parigot.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What compilers make: the modules of the examples and those beside the tests. */
class CompiledModulesTest {
  static Stream<Path> modules() throws IOException {
    return Stream.concat(
        wasmFiles(Path.of("src/test/resources/dev/parigot/wasm")),
        wasmFiles(Path.of("../examples")));
  }

  private static Stream<Path> wasmFiles(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return Stream.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".wasm")).toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("modules")
  void writesBackWhatWasRead(Path file) throws IOException {
    WasmModule module = WasmReader.read(Files.readAllBytes(file));
    if (!file.endsWith("every-instruction.wasm")) {
      WasmValidator.validate(module);
    }

    assertThat(WasmReader.read(WasmWriter.write(module))).isEqualTo(module);
  }
}
