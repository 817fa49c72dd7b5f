package dev.parigot.wind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.contract.Contract;
import dev.parigot.contract.Contract.Kind;
import dev.parigot.contract.Role;
import dev.parigot.contract.ServiceGraph;
import dev.parigot.manifest.Manifest;
import dev.parigot.manifest.ManifestReader;
import dev.parigot.wasm.Expression;
import dev.parigot.wasm.ExternalKind;
import dev.parigot.wasm.WasmModule;
import dev.parigot.wasm.WasmReader;
import dev.parigot.wasm.WasmValidator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WindTest {
  static Stream<Path> examples() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("../examples"), 2)) {
      return files.filter(file -> file.endsWith("parigot.toml")).toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyExampleWindsToAValidModule(Path manifest) throws IOException {
    List<Part> parts = parts(manifest);
    WasmModule wound = WasmReader.read(Wind.wind(parts).module());
    WasmValidator.validate(wound);

    assertThat(wound.start()).isNull();
    assertThat(wound.export("_initialize")).isPresent();
    for (Part part : parts) {
      if (part.contract().kind() == Kind.SERVICE) {
        assertThat(wound.export(part.name() + ".memory")).isPresent();
        part.contract()
            .methods()
            .forEach(
                method -> assertThat(wound.export(part.name() + "." + method.name())).isPresent());
      }
    }
    assertThat(wound.imports()).noneMatch(each -> each.module().startsWith("parigot:service/"));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void theMapLeadsFromBothEndsOfAFunctionToThoseOfItsOrigin(Path manifest) throws IOException {
    List<Part> parts = parts(manifest);
    Wound wound = Wind.wind(parts);
    WasmModule module = WasmReader.read(wound.module());
    int compared = 0;
    for (int i = 0; i < module.functions().size(); i++) {
      WindMap.Function function = wound.map().functions().get(i);
      WindMap.Origin origin = function.origin();
      if (origin != null) {
        int length = module.functions().get(i).code().bytes().length();
        Expression before = code(parts, origin);
        assertThat(origin.at(0)).as(function.name()).isEqualTo(before.offset().value());
        assertThat(origin.at(length - 1))
            .as(function.name())
            .isEqualTo(before.offset().value() + before.bytes().length() - 1);
        compared++;
      }
    }
    assertThat(compared).isPositive();
  }

  private static Expression code(List<Part> parts, WindMap.Origin origin) {
    WasmModule module =
        parts.stream()
            .filter(part -> part.name().equals(origin.part()))
            .findFirst()
            .orElseThrow()
            .module();
    return module.functions().get(origin.index() - module.imported(ExternalKind.FUNCTION)).code();
  }

  private static List<Part> parts(Path manifest) throws IOException {
    Manifest app = ManifestReader.read(Files.readString(manifest));
    Map<String, Part> parts = new LinkedHashMap<>();
    for (var service : app.services().entrySet()) {
      WasmModule module =
          WasmReader.read(Files.readAllBytes(manifest.resolveSibling(service.getValue().wasm())));
      parts.put(
          service.getKey(),
          new Part(
              service.getKey(),
              "sha256:" + service.getKey(),
              Contract.of(module, Role.SERVICE),
              module));
    }
    Map<String, Contract> contracts = new LinkedHashMap<>();
    parts.forEach((name, part) -> contracts.put(name, part.contract()));
    List<Part> ordered = new ArrayList<>();
    ServiceGraph.of(contracts).order().forEach(name -> ordered.add(parts.get(name)));
    return ordered;
  }
}
