package dev.parigot.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused, where, and in which words. Modules are written in hexadecimal. */
class MalformedModulesTest {
  private static final String HEADER = "0061736d 01000000 ";

  /** One type () and one function of it. */
  private static final String ONE_FUNCTION = "01 04 01 60 00 00  03 02 01 00 ";

  @ParameterizedTest
  @CsvSource({
    "'',                    0, 'the file is empty'",
    "'286d6f64756c6529',    0, 'text format'",
    "'7f454c46 01000000',   0, 'this is no WASM file'",
    "'0061736d 02000000',   4, 'unknown version'",
    "'0061736d 0d000100',   4, 'this is a component, not a core module. Build for wasm32-wasip1'",
  })
  void whatIsNoCoreModule(String file, long offset, String reason) {
    refused(file, offset, reason);
  }

  @ParameterizedTest
  @CsvSource({
    "'0e 00',                               8, unknown section 14",
    "'01 01 00  01 01 00',                 11, there is a second type section",
    "'03 01 00  01 01 00',                 11, the type section must not follow the function section",
    "'01 05 00',                            9, 'the type section should have 5 bytes, but the file ends after 1'",
    "'01 02 00 00',                        11, the type section has 1 bytes more than its content",
    "'01 ff ff ff ff 0f',                   9, the type section should have 4294967295 bytes",
    "'01 ff ff ff ff 1f',                   9, a number has more than 32 bits",
    "'01 80 80 80 80 80 00',                9, a number of 32 bits takes too many bytes",
    "'01 05 ff ff ff ff 0f',               10, types are more than the limit",
    "'01 03 e0 a7 12',                     10, don't fit into the rest of the type section",
    "'00 02 05 61',                        10, 'the name should have 5 bytes, but the custom section ends after 1'",
    "'00 03 02 c3 28',                     10, a name isn't valid UTF-8",
    "'01 04 01 60 01 7a',                  13, unknown value type 0x7a",
    "'02 05 01 00 00 00 00',               14, 'type 0 is out of range: there is none'",
    "'02 05 01 00 00 05 00',               13, unknown kind of import 5",
    "'03 02 01 00',                        11, 'type 0 is out of range: there is none'",
    "'05 04 01 01 02 01',                  11, limits have a minimum of 2 above their maximum of 1",
    "'05 05 01 00 81 80 04',               11, limits go beyond 65536",
    "'05 03 01 02 01',                     11, a shared memory belongs to the threads proposal",
    "'05 03 01 08 01',                     11, custom page sizes proposal",
    "'04 05 01 70 03 00 01',               12, a shared table belongs to the threads proposal",
    "'06 05 01 7f 02 41 00',               12, 'a global must be constant (0) or mutable (1), not 2'",
    "'06 06 01 7f 00 20 00 0b',            13, local.get is no constant instruction",
    "'07 04 01 00 00 00',                  13, 'function 0 is out of range: there is none'",
    "'0b 04 01 01 00 00',                  13, the data section has 1 bytes more",
    "'0b 03 01 03 00',                     11, unknown kind of data segment 3",
    "'0c 01 01',                           11, '1 data segments are declared, but there are 0'",
    "'09 02 01 08',                        10, element segments",
  })
  void whatIsWrongInSections(String sections, long offset, String reason) {
    refused(HEADER + sections, offset, reason);
  }

  @ParameterizedTest
  @CsvSource({
    "'00 0b 0b',          24, the function has 1 bytes more than its content",
    "'00 41',             24, unexpected end of the function",
    "'00 10 01 0b',       24, 'function 1 is out of range: there are 1'",
    "'00 20 00 0b',       24, 'local 0 is out of range: there is none'",
    "'00 28 02 00 0b',    24, 'memory 0 is out of range: there is none'",
    "'00 0c 01 0b',       24, 'label 1 is out of range: 1 are open'",
    "'00 05 0b',          23, else without if",
    "'00 27 0b',          23, unknown instruction 0x27",
    "'00 fc 7f 0b',       23, unknown instruction 0xfc 0x7f",
    "'00 fd ff ff 03 0b', 23, unknown instruction 0xfd 0xffff",
    "'00 fc 09 00 0b',    25, the module has no data count section",
    "'01 91 4e 7f 0b',    23, 10001 locals are more than the limit of 10000",
    "'00 02 01 0b 0b',    24, 'type 1 is out of range: there are 1'",
  })
  void whatIsWrongInFunctions(String body, long offset, String reason) {
    refused(withBody(body), offset, reason);
  }

  @ParameterizedTest
  @CsvSource({
    "'00 08 00 0b',        23, throw, exceptions",
    "'00 06 40 0b 0b',     23, try, exceptions",
    "'00 1f 40 00 0b 0b',  23, try_table, exceptions",
    "'00 12 00 0b',        23, return_call, tail calls",
    "'00 13 00 00 0b',     23, return_call_indirect, tail calls",
    "'00 14 00 0b',        23, call_ref, typed function references",
    "'00 d0 00 0b',        24, a reference to a type, typed function references",
    "'00 d0 6e 0b',        24, value type 0x6e, garbage collection",
    "'00 fb 00 00 0b',     23, an instruction, garbage collection",
    "'00 d3 0b',           23, ref.eq, garbage collection",
    "'00 e3 00 00 0b',     23, resume, stack switching",
  })
  void instructionsOfProposalsThatTheEngineLacks(
      String body, long offset, String what, String proposal) {
    refused(withBody(body), offset, what + " belongs to the " + proposal + " proposal");
  }

  @ParameterizedTest
  @CsvSource({
    "'0d 00',                 8, exceptions",
    "'01 03 01 5f 00',       11, garbage collection",
    "'01 03 01 4e 00',       11, garbage collection",
    "'01 05 01 60 01 64 70', 13, typed function references",
    "'02 05 01 00 00 04 00', 13, exceptions",
    "'04 04 01 40 00 70',    11, typed function references",
  })
  void sectionsOfProposalsThatTheEngineLacks(String sections, long offset, String proposal) {
    refused(HEADER + sections, offset, "belongs to the " + proposal + " proposal");
  }

  @Test
  void twoExportsOfOneName() {
    refused(
        HEADER + ONE_FUNCTION + "07 09 02  01 61 00 00  01 61 00 00",
        25,
        "a second export is named \"a\"");
  }

  @Test
  void functionsWithoutCode() {
    refused(HEADER + ONE_FUNCTION, 18, "1 functions are declared, but there is no code");
    refused(HEADER + ONE_FUNCTION + "0a 01 00", 20, "1 functions are declared, but 0 have code");
  }

  @Test
  void functionsThatHaveTooManyLocalsTogether() {
    int functions = 401;
    refused(
        HEADER
            + "01 04 01 60 00 00  03 93 03 91 03 "
            + "00 ".repeat(functions)
            + "0a e8 12 91 03 "
            + "05 01 90 4e 7f 0b ".repeat(functions),
        8 + 6 + 5 + functions + 5 + 6 * (functions - 1) + 1,
        "more locals than the limit of 4000000 in all");
  }

  @Test
  void aStartFunctionThatTakesSomething() {
    refused(HEADER + "01 05 01 60 01 7f 00  03 02 01 00  08 01 00", 21, "the type (i32), not ()");
  }

  @Test
  void constantExpressionsHoldConstantInstructionsOnly() {
    refused(HEADER + "06 05 01 7f 00 3f 00", 13, "memory.size is no constant instruction");
  }

  private static String withBody(String body) {
    int size = bytes(body).length;
    return HEADER + ONE_FUNCTION + String.format("0a %02x 01 %02x ", size + 2, size) + body;
  }

  private static void refused(String file, long offset, String reason) {
    MalformedWasm malformed =
        catchThrowableOfType(MalformedWasm.class, () -> WasmReader.read(bytes(file)));
    assertThat(malformed).as("the file is read").isNotNull();
    assertThat(malformed).hasMessageContaining(reason);
    assertThat(malformed.offset()).isEqualTo(offset);
  }

  private static byte[] bytes(String hex) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(HexFormat.of().parseHex(hex.replace(" ", "")));
    return out.toByteArray();
  }
}
