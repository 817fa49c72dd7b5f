package dev.parigot.engine;

import static dev.parigot.engine.TestSituation.call;
import static dev.parigot.engine.TestSituation.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.engine.CallOutcome.Failed;
import dev.parigot.engine.CallOutcome.Returned;
import dev.parigot.engine.CallOutcome.Trapped;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainModuleTest {
  private final Instance numbers = Guests.start("plain", new TestSituation().build());

  @AfterEach
  void close() {
    numbers.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          add            | [1,2]                                    | [3]
          add            | [ -1 , 1 ]                               | [0]
          add            | [4294967295,0]                           | [-1]
          add64          | ["9223372036854775806","1"]              | ["9223372036854775807"]
          add64          | [1,2]                                    | ["3"]
          add64          | ["18446744073709551615","0"]             | ["-1"]
          divide         | [1,4]                                    | [0.25]
          divide         | [1e300,1e-300]                           | ["Infinity"]
          divide         | ["-Infinity",2]                          | ["-Infinity"]
          divide         | [0,0]                                    | ["NaN"]
          divide         | ["NaN",1.5]                              | ["NaN"]
          halve          | [0.5]                                    | [0.25]
          swap           | [7,"8"]                                  | ["8",7]
          nothing        | []                                       | []
          """)
  void anExportTakesAndGivesNumbers(String export, String arguments, String results) {
    assertThat(text(numbers.call(call(export), utf8(arguments)))).isEqualTo(results);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          add      | [1]                      | 1 arguments instead of 2
          add      | []                       | 0 arguments instead of 2
          add      | [1,2,3]                  | 3 arguments instead of 2
          add      | [1,2.5]                  | argument 2 is 2.5, no i32
          add      | [1,"2"]                  | argument 2 is "2", no i32
          add      | [1,4294967296]           | argument 2 is 4294967296, no i32
          add64    | ["1","a"]                | argument 2 is "a", no i64
          add64    | ["1","18446744073709551616"] | argument 2 is "18446744073709551616", no i64
          divide   | [1,"2"]                  | argument 2 is "2", no f64
          divide   | [1,0x2]                  | a comma is missing after argument 2
          divide   | [1,null]                 | argument 2 is no number or string
          divide   | [1,,2]                   | argument 2 is no number or string
          divide   | [1,2,]                   | argument 3 is no number or string
          divide   | {"a":1}                  | the body is no JSON array
          divide   | 1                        | the body is no JSON array
          nothing  | [0]                      | 1 arguments instead of 0
          """)
  void wrongArgumentsAreA400ThatSaysWhich(String export, String arguments, String reason) {
    Failed failed = (Failed) numbers.call(call(export), utf8(arguments));
    assertThat(failed.code()).isEqualTo(400);
    assertThat(failed.message()).startsWith(export + " takes ").endsWith(": " + reason);
  }

  @Test
  void anEmptyBodyIsA400() {
    assertThat(numbers.call(call("add"), new byte[0]).code()).isEqualTo(400);
  }

  @Test
  void anUnknownExportIsA404() {
    assertThat(numbers.call(call("subtract"), utf8("[1,2]")).code()).isEqualTo(404);
  }

  @Test
  void aTrapIsTold() {
    CallOutcome outcome = numbers.call(call("integer_divide"), utf8("[1,0]"));
    assertThat(outcome).isInstanceOf(Trapped.class);
    assertThat(((Trapped) outcome).reason()).contains("integer_divide");
    assertThat(numbers.usable()).isFalse();
  }

  @Test
  void aMemoryMayHaveAddressesOf64Bits() {
    try (Instance wide = Guests.start("wide", new TestSituation().build())) {
      assertThat(text(wide.call(call("load8"), utf8("[\"0\"]")))).isEqualTo("[116]");
      assertThat(text(wide.call(call("store"), utf8("[\"100\",42]")))).isEqualTo("[42]");
      assertThat(text(wide.call(call("copy"), utf8("[\"8\",\"100\",\"4\"]")))).isEqualTo("[]");
      assertThat(text(wide.call(call("load8"), utf8("[\"0\"]")))).isEqualTo("[42]");
      assertThat(text(wide.call(call("grow"), utf8("[\"2\"]")))).isEqualTo("[\"1\"]");
      assertThat(text(wide.call(call("grow"), utf8("[\"8\"]")))).isEqualTo("[\"-1\"]");
      assertThat(text(wide.call(call("size"), utf8("[]")))).isEqualTo("[\"3\"]");
      assertThat(wide.call(call("store"), utf8("[\"4294967296\",1]"))).isInstanceOf(Trapped.class);
    }
  }

  @Test
  void aMemoryOf64BitsIsCappedLikeAnyOther() {
    Limits limits = Limits.DEFAULT.withMemory(4L << 16);
    try (Instance wide = Guests.start("wide", limits, new TestSituation().build())) {
      assertThat(text(wide.call(call("grow"), utf8("[\"3\"]")))).isEqualTo("[\"1\"]");
      assertThat(text(wide.call(call("grow"), utf8("[\"1\"]")))).isEqualTo("[\"-1\"]");
    }
  }

  private static String text(CallOutcome outcome) {
    assertThat(outcome).isInstanceOf(Returned.class);
    return new String(((Returned) outcome).response(), StandardCharsets.UTF_8);
  }
}
