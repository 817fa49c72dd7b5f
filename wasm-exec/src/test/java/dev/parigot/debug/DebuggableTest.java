package dev.parigot.debug;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.wasm.Bytes;
import dev.parigot.wasm.CustomSection;
import dev.parigot.wasm.Offset;
import dev.parigot.wasm.WasmModule;
import dev.parigot.wasm.WasmReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DebuggableTest {
  private static final Path APP = Path.of("src/test/resources/apps/debugged").toAbsolutePath();
  private static final SourceFiles SOURCES = new SourceFiles(APP);

  @Test
  void dwarf4OfCNamesTheFilesThatAreHere() throws IOException {
    assertThat(Debuggable.of(module("added-dwarf-4"), SOURCES))
        .isEqualTo(new Debuggable.Yes(List.of(APP.resolve("added.c"))));
    assertThat(Debuggable.of(module("basket"), SOURCES))
        .as("of a program with a library whose files are not here")
        .isEqualTo(new Debuggable.Yes(List.of(APP.resolve("basket.c"))));
  }

  @Test
  void dwarf5IsToldWithTheFlagThatMendsIt() throws IOException {
    assertThat(reason(Debuggable.of(module("added-dwarf-5"), SOURCES)))
        .contains("DWARF 5", "compile it with -gdwarf-4");
  }

  @Test
  void noDebuggingInformationIsToldWithTheFlagsThatMakeIt() throws IOException {
    assertThat(reason(Debuggable.of(module("added-bare"), SOURCES)))
        .contains("has no debugging information", "-g -O0 -gdwarf-4")
        .doesNotContain("Rust");
  }

  @Test
  void filesThatAreNotHereAreNamed() throws IOException {
    SourceFiles elsewhere = new SourceFiles(APP.resolveSibling("race"));

    assertThat(reason(Debuggable.of(module("added-dwarf-4"), elsewhere)))
        .contains("not here: added.c;", "-fdebug-compilation-dir=.");
    assertThat(reason(Debuggable.of(module("basket"), elsewhere))).contains(" more;");
  }

  @Test
  void goHasNone() throws IOException {
    byte[] go = Files.readAllBytes(Path.of("../examples/poll/build/poll.wasm"));

    assertThat(reason(Debuggable.of(WasmReader.read(go), SOURCES))).contains("written in Go");
  }

  @Test
  void brokenInformationIsToldLikeNone() throws IOException {
    WasmModule module = module("added-dwarf-4");
    Random random = new Random(5);
    for (int i = 0; i < 2000; i++) {
      assertThat(Debuggable.of(broken(module, random), SOURCES)).isNotNull();
    }
  }

  private static WasmModule broken(WasmModule module, Random random) {
    List<CustomSection> customs = new ArrayList<>();
    for (CustomSection section : module.customs()) {
      byte[] content = section.content().toArray();
      content[random.nextInt(content.length)] = (byte) random.nextInt();
      customs.add(
          new CustomSection(section.name(), Bytes.of(content), section.after(), Offset.NONE));
    }
    return new WasmModule(
        module.types(),
        module.imports(),
        module.functions(),
        module.tables(),
        module.memories(),
        module.globals(),
        module.exports(),
        module.start(),
        module.elements(),
        module.data(),
        module.dataCount(),
        customs);
  }

  private static String reason(Debuggable verdict) {
    return verdict instanceof Debuggable.No(String reason) ? reason : "it can be debugged";
  }

  private static WasmModule module(String name) throws IOException {
    return WasmReader.read(Files.readAllBytes(APP.resolve(name + ".wasm")));
  }
}
