package dev.parigot.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

class JsonCheckTest {
  private static final JsonMapper JACKSON = new JsonMapper();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        " [ ] ",
        "{\"a\" : [1, 2, {\"b\": null}], \"c\":\"\"}",
        "0",
        "-0",
        "-12.5e+3",
        "1E-2",
        "true",
        "false",
        "null",
        "\"\"",
        "\"tea \\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\"",
        "\"th\u00e9 \u8336 \ud83c\udf75\"",
        "\t\r\n1\n"
      })
  void whatIsJson(String text) {
    assertThat(isJson(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "01",
        "-",
        "1.",
        ".5",
        "1e",
        "+1",
        "1 2",
        "{",
        "}",
        "[1,]",
        "[,1]",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{a:1}",
        "{1:1}",
        "[1}",
        "[",
        "tru",
        "nul",
        "True",
        "NaN",
        "\"",
        "\"a",
        "\"\\x\"",
        "\"\\u12g4\"",
        "\"\\u12",
        "\"a\nb\"",
        "'a'",
        "// 1",
        "[1]]",
        "\ufeff1",
        "hello",
        "<p>"
      })
  void whatIsNot(String text) {
    assertThat(isJson(text)).isFalse();
  }

  @Test
  void bytesThatAreNoUtf8AreNotJson() {
    int[][] wrong = {
      {0x80},
      {0xc3},
      {0xc1, 0xbf},
      {0xe0, 0x9f, 0xbf},
      {0xed, 0xa0, 0x80},
      {0xf0, 0x8f, 0xbf, 0xbf},
      {0xf4, 0x90, 0x80, 0x80},
      {0xf5, 0x80, 0x80, 0x80},
      {0xe2, 0x82},
      {0xff}
    };
    for (int[] each : wrong) {
      byte[] bytes = new byte[each.length + 2];
      bytes[0] = '"';
      for (int i = 0; i < each.length; i++) {
        bytes[i + 1] = (byte) each[i];
      }
      bytes[each.length + 1] = '"';
      assertThat(JsonCheck.isJson(bytes)).isFalse();
    }
  }

  @Test
  void nestingHasABound() {
    assertThat(isJson(nested(JsonCheck.MOST_NESTED))).isTrue();
    assertThat(isJson(nested(JsonCheck.MOST_NESTED + 1))).isFalse();
    assertThat(isJson("[".repeat(1 << 20))).isFalse();
  }

  /** Of texts near to JSON it says what a parser says. */
  @Test
  void itAgreesWithAParser() {
    Random random = new Random(5);
    String sample =
        "{\"name\": \"th\u00e9 \\u8336\", \"n\": [-1.5e3, 0, true, false, null, {}], \"\": []}";
    String characters = "{}[]\":,\\u0e1-+. tfn\u00e9";
    int json = 0;
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder(sample);
      for (int change = random.nextInt(3); change >= 0; change--) {
        int at = random.nextInt(text.length());
        char character = characters.charAt(random.nextInt(characters.length()));
        switch (random.nextInt(3)) {
          case 0 -> text.deleteCharAt(at);
          case 1 -> text.insert(at, character);
          default -> text.setCharAt(at, character);
        }
      }
      boolean expected = parses(text.toString());
      json += expected ? 1 : 0;
      assertThat(isJson(text.toString())).as(text.toString()).isEqualTo(expected);
    }
    assertThat(json).isBetween(1000, 19_000);
  }

  private static boolean parses(String text) {
    try (var parser = JACKSON.createParser(text.getBytes(StandardCharsets.UTF_8))) {
      parser.nextToken();
      parser.skipChildren();
      return parser.nextToken() == null;
    } catch (JacksonException e) {
      return false;
    }
  }

  private static String nested(int depth) {
    return "[".repeat(depth) + "]".repeat(depth);
  }

  private static boolean isJson(String text) {
    return JsonCheck.isJson(text.getBytes(StandardCharsets.UTF_8));
  }
}
