package dev.parigot.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Modules that can be read, but whose types don't fit. */
class InvalidModulesTest {
  /** One function of the type (i32) -> i32, exported as "f". */
  private static final String HEAD =
      "0061736d 01000000 01 06 01 60 01 7f 01 7f  03 02 01 00  07 05 01 01 66 00 00 ";

  @ParameterizedTest
  @CsvSource({
    "'00 0b',                      40, end needs i32",
    "'00 42 00 0b',                42, 'end needs i32, but the operand is i64'",
    "'00 41 00 42 00 6a 0b',       44, 'i32.add needs i32, but the operand is i64'",
    "'00 6a 0b',                   40, i32.add needs i32",
    "'00 20 00 20 00 0b',          44, end leaves 1 more operands",
    "'00 41 00 04 7f 41 00 0b 0b', 46, closes an if that has results",
    "'00 02 7e 42 00 0b 0b',       45, 'end needs i32, but the operand is i64'",
  })
  void areRefusedAtTheInstructionThatDoesNotFit(String body, long offset, String reason) {
    MalformedWasm invalid =
        catchThrowableOfType(MalformedWasm.class, () -> WasmValidator.validate(read(body)));
    assertThat(invalid).as("the module is valid").isNotNull();
    assertThat(invalid).hasMessageContaining("in function `f`: ").hasMessageContaining(reason);
    assertThat(invalid.offset()).isEqualTo(offset);
  }

  @ParameterizedTest
  @CsvSource({"'00 20 00 0b'", "'00 00 6a 0b'", "'00 20 00 0f 0b'", "'00 03 7f 0c 00 0b 0b'"})
  void othersAreValid(String body) {
    WasmValidator.validate(read(body));
  }

  @Test
  void deepNestingTakesNoStack() {
    int depth = 30_000;
    WasmValidator.validate(read("00 " + "02 40".repeat(depth) + "0b".repeat(depth) + "20 00 0b"));
  }

  private static WasmModule read(String body) {
    int size = body.replace(" ", "").length() / 2;
    String section = padded(size + 6) + "01" + padded(size) + body;
    return WasmReader.read(HexFormat.of().parseHex((HEAD + "0a" + section).replace(" ", "")));
  }

  /** A number in five bytes, whatever it is. */
  private static String padded(int number) {
    StringBuilder hex = new StringBuilder();
    for (int i = 0; i < 5; i++) {
      hex.append(String.format(Locale.ROOT, "%02x", number >>> 7 * i & 0x7f | (i < 4 ? 0x80 : 0)));
    }
    return hex.toString();
  }
}
