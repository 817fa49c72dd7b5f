package dev.parigot.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parigot.replay.Recording.Event;
import dev.parigot.replay.Recording.Outside;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordingTest {
  private static final String WHOLE =
      """
      {
        "replay": 1,
        "app": "shop",
        "began": "2026-11-26T11:04:05.123456Z",
        "config": {"CURRENCY": "EUR"},
        "cut": false,
        "data": [["stock/tea", "12"], ["leaf", {"base64": "AP8="}]],
        "steps": [
          {"at": 0, "random": {"orders": "AQI="}},
          {"at": 5, "request": {"method": "POST", "path": "/cart/add?a=b", "headers": [["Accept", "a"], ["accept", "b"]], "body": "tea"}, "answer": {"status": 200, "body": {"base64": "/w=="}}, "clock": {"orders": [7, 9]}, "outside": [{"answer": "QQ=="}, {"code": 502, "message": "no"}]},
          {"at": 6, "fire": "restock", "code": 1001},
          {"at": 7, "put": {"key": "stock/tea", "value": "3"}},
          {"at": 8, "put": {"key": "leaf", "value": null}}
        ]
      }
      """;

  @Test
  void readsWhatAPanelSaves() {
    Recording read = read(WHOLE);

    assertThat(read.app()).isEqualTo("shop");
    assertThat(read.began()).isEqualTo(Instant.parse("2026-11-26T11:04:05.123456Z"));
    assertThat(read.config()).containsEntry("CURRENCY", "EUR");
    assertThat(read.data().get(1).value()).containsExactly(0, 0xff);
    assertThat(read.steps()).hasSize(5);
    assertThat(read.steps().get(0).event()).isEqualTo(new Event.Started());
    assertThat(read.steps().get(0).given().random().get("orders")).containsExactly(1, 2);
    Event.Asked asked = (Event.Asked) read.steps().get(1).event();
    assertThat(asked.request().path()).isEqualTo("/cart/add?a=b");
    assertThat(asked.request().headers()).containsEntry("accept", List.of("a", "b"));
    assertThat(asked.status()).isEqualTo(200);
    assertThat(asked.body()).containsExactly(0xff);
    assertThat(read.steps().get(1).at()).isEqualTo(5_000);
    assertThat(read.steps().get(1).given().clock())
        .containsEntry("orders", List.of(7_000L, 9_000L));
    assertThat(read.steps().get(1).given().outside().get(1))
        .isEqualTo(new Outside.Refused(502, "no"));
    assertThat(read.steps().get(2).event()).isEqualTo(new Event.Fired("restock", 1001));
    assertThat(((Event.Changed) read.steps().get(4).event()).entry().value()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"replay\": 1     | \"replay\": 2        | 1:1: this is no recording: it has no \"replay\": 1 in it",
        "\"cut\": false    | \"cut\": fals        | 6:10: it is no JSON: ",
        "\"app\": \"shop\" | \"app\": 3           | app: expected a text",
        "T11:04:05         | 11:04:05             | began: expected a time such as",
        "\"EUR\"           | [1]                  | config.CURRENCY: expected a text",
        "\"12\"            | 12                   | data[0][1]: expected a text, or {\"base64\": \"…\"}",
        "AP8=              | %                    | data[1][1].base64: expected base64",
        "\"at\": 5         | \"at\": -5           | steps[1].at: expected a number from 0 to 3155760000000000",
        "\"at\": 0, \"random\" | \"random\"       | steps[0].at: is missing: expected a whole number",
        "\"POST\"          | null                 | steps[1].request.method: expected a text",
        "/cart/add         | cart/add             | steps[1].request.path: expected a path that begins with /",
        "[\"Accept\", \"a\"] | \"a\"              | steps[1].request.headers[0][0]: is missing: expected a text",
        "\"status\": 200   | \"stat\": 200        | steps[1].answer.status: is missing: expected a whole number",
        "[7, 9]            | {}                   | steps[1].clock.orders: expected an array",
        "\"code\": 1001    | \"code\": 1.5        | steps[2].code: expected a whole number",
      })
  void tellsWhereItIsWrong(String right, String wrong, String mistake) {
    assertThat(WHOLE).contains(right.strip());
    assertThatThrownBy(() -> read(WHOLE.replace(right.strip(), wrong.strip())))
        .isInstanceOf(MalformedRecording.class)
        .hasMessageStartingWith(mistake);
  }

  @Property(tries = 1_000)
  void whateverIsInItsPlaceItIsReadOrToldWhere(
      @ForAll @IntRange(max = 1_500) int at, @ForAll byte other) {
    byte[] json = WHOLE.getBytes(StandardCharsets.UTF_8);
    json[Math.min(at, json.length - 1)] = other;
    try {
      assertThat(Recording.read(json).steps()).isNotEmpty();
    } catch (MalformedRecording e) {
      assertThat(e).hasMessageContaining(": ");
    }
  }

  private static Recording read(String json) {
    return Recording.read(json.getBytes(StandardCharsets.UTF_8));
  }
}
