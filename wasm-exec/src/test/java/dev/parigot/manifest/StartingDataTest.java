package dev.parigot.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import net.jqwik.api.constraints.UniqueElements;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class StartingDataTest {
  @Test
  void readsTextsAndBytesInTheOrderOfTheFile() {
    Map<String, byte[]> data =
        read("{\"stock/tea\": \"12 ☕\", \"é\": {\"base64\": \"AP8=\"}, \"none\": \"\"}");

    assertThat(data.keySet()).containsExactly("stock/tea", "é", "none");
    assertThat(data.get("stock/tea")).isEqualTo("12 ☕".getBytes(StandardCharsets.UTF_8));
    assertThat(data.get("é")).containsExactly(0, 0xff);
    assertThat(data.get("none")).isEmpty();
  }

  @Test
  void tellsEveryMistakeAtOnceByLineAndColumn() {
    assertThat(
            mistakes(
                """
                {
                  "a": 12,
                  "b": {"base64": "***"},
                  "c": {"hex": "00", "base64": ""},
                  "": "d",
                  "e": "1",
                  "e": [["2"], {}]
                }
                """))
        .containsExactly(
            "2:8 The value of \"a\" is neither text nor bytes."
                + " Expected a string, or {\"base64\": \"…\"}.",
            "3:8 The value of \"b\" is no base64.",
            "4:8 The value of \"c\" is neither text nor bytes."
                + " Expected a string, or {\"base64\": \"…\"}.",
            "5:3 A key has 0 bytes. Expected 1 to 512.",
            "7:3 \"e\" is there twice.",
            "7:8 The value of \"e\" is neither text nor bytes."
                + " Expected a string, or {\"base64\": \"…\"}.");
  }

  @ParameterizedTest
  @CsvSource({
    "[],                    1:1 It is no JSON object.",
    "'',                    1:1 It is no JSON object.",
    "'{\"a\": \"b\"} {}',     1:12 There is more after the object.",
    "'{\"a\": \"b',          1:9 It is no JSON: Unexpected end-of-input",
    "'{\"a\": \"b\",}',       1:11 It is no JSON: ",
    "'{\"a\": {\"base64\"}}', 1:16 It is no JSON: ",
    "'{\"a\": {\"base64\": 1}}', 1:7 The value of \"a\" is neither text nor bytes.",
  })
  void refuses(String json, String mistake) {
    assertThat(mistakes(json)).singleElement().asString().startsWith(mistake);
  }

  @Test
  void refusesWhatTheStoreWouldNotTakeOrAVisitorWouldWaitFor() {
    assertThat(mistakes("{\"" + "k".repeat(513) + "\": \"\"}"))
        .containsExactly("1:2 A key has 513 bytes. Expected 1 to 512.");
    assertThat(mistakes("{\"k\": \"" + "v".repeat((1 << 20) + 1) + "\"}"))
        .containsExactly("1:7 The value of \"k\" has 1048577 bytes. Expected 1048576 at most.");
    String five = "\"v\": \"" + "v".repeat(1 << 20) + "\"";
    StringBuilder json = new StringBuilder("{");
    for (int i = 0; i < 5; i++) {
      json.append(i == 0 ? "" : ",").append(five.replaceFirst("v", "v" + i));
    }
    assertThat(mistakes(json + "}"))
        .containsExactly(
            "1:1 Its keys and values have 5242890 bytes."
                + " Expected 4194304 at most: each visitor loads them.");
  }

  @Property(tries = 200)
  void whatIsWrittenIsReadBack(
      @ForAll @Size(max = 20) @UniqueElements List<@StringLength(min = 1, max = 100) String> keys,
      @ForAll @Size(min = 20, max = 20) List<@Size(max = 50) byte[]> values) {
    Map<String, Object> written = new LinkedHashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      written.put(keys.get(i), Map.of("base64", Base64.getEncoder().encodeToString(values.get(i))));
    }
    Map<String, byte[]> data = StartingData.read(JsonMapper.shared().writeValueAsBytes(written));
    assertThat(data.keySet()).containsExactlyElementsOf(keys);
    assertThat(data.values()).containsExactlyElementsOf(values.subList(0, keys.size()));
  }

  @Property(tries = 500)
  void whateverItIsGivenItAnswersOrTellsMistakes(@ForAll @Size(max = 200) byte[] bytes) {
    assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () -> {
          try {
            StartingData.read(bytes);
          } catch (MalformedData e) {
            assertThat(e.mistakes()).isNotEmpty();
          }
        });
  }

  private static Map<String, byte[]> read(String json) {
    return StartingData.read(json.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> mistakes(String json) {
    MalformedData malformed = catchThrowableOfType(MalformedData.class, () -> read(json));
    assertThat(malformed).as("the data is accepted").isNotNull();
    return malformed.mistakes().stream()
        .map(each ->
            (each.line() + ":" + each.column() + " " + each.what() + " " + each.next()).strip())
        .toList();
  }
}
