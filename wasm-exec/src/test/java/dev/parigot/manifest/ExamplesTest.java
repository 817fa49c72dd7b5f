package dev.parigot.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.contract.Contract;
import dev.parigot.contract.Role;
import dev.parigot.contract.ServiceGraph;
import dev.parigot.wasm.WasmReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example keeps the contract. */
class ExamplesTest {
  static Stream<Path> examples() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("../examples"), 3)) {
      return files.filter(file -> file.endsWith("parigot.toml")).toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void keepsTheContract(Path file) throws IOException {
    Manifest manifest = ManifestReader.read(Files.readString(file));
    Map<String, Contract> services = new LinkedHashMap<>();
    for (var entry : manifest.services().entrySet()) {
      Path wasm = file.resolveSibling(entry.getValue().wasm());
      services.put(
          entry.getKey(), Contract.of(WasmReader.read(Files.readAllBytes(wasm)), Role.SERVICE));
    }

    assertThat(ServiceGraph.of(services).order())
        .containsExactlyInAnyOrderElementsOf(services.keySet());
    assertThat(manifest.mistakes(services)).isEmpty();
  }
}
