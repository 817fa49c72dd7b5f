package dev.parigot.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class FunctionNamesTest {
  /**
   * {@code (module (import "env" "given" (func $given)) (func $greet) (func (export "shown"))
   * (func))} by wat2wasm.
   */
  private static final String NAMES =
      "0061736d01000000010401600000020d0103656e7605676976656e00000304030000000709010573686f776e00020a0a0302000b02000b02000b0021046e616d65010f020005676976656e010567726565740209040000010002000300";

  private final WasmModule module = WasmReader.read(HexFormat.of().parseHex(NAMES));

  @Test
  void namesComeFromTheNameSectionThenFromExports() {
    FunctionNames names = FunctionNames.of(module);

    assertThat(names.name(0)).isEqualTo("given");
    assertThat(names.name(1)).isEqualTo("greet");
    assertThat(names.name(2)).isEqualTo("shown");
    assertThat(names.name(3)).isEqualTo("func[3]");
    assertThat(names.name(-1)).isEqualTo("func[-1]");
  }

  @Test
  void aBrokenNameSectionIsNoMatter() {
    CustomSection section = module.customs().getFirst();
    for (int length = 0; length < section.content().length(); length++) {
      byte[] cut = Arrays.copyOf(section.content().toArray(), length);
      FunctionNames names = FunctionNames.of(withCustom(Bytes.of(cut)));

      assertThat(names.name(2)).isEqualTo("shown");
    }
  }

  private WasmModule withCustom(Bytes content) {
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
        List.of(new CustomSection("name", content, null, Offset.NONE)));
  }
}
