package dev.parigot.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.engine.Guests;
import dev.parigot.local.ExampleApp;
import dev.parigot.timing.Seed;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplayTest {
  private static final ExampleApp SHOP = ExampleApp.in(Path.of("../examples/shop"));
  private static final String CART = "0123456789abcdef0123456789abcdef";
  private static final String ADD =
      asked("/cart/add", "{\"cart\":\"" + CART + "\",\"sku\":\"beret\",\"quantity\":1}", 200, "?");
  private static final String PLACE =
      "{\"cart\":\"" + CART + "\",\"name\":\"Ada\",\"email\":\"ada@example.org\"}";

  @Test
  void whatIsAnsweredAsItWasIsTheSame() throws Exception {
    String answer = answerOf("/pricing/none", "", "");

    assertThat(run("", asked("/pricing/none", "", 404, answer)))
        .singleElement()
        .satisfies(each -> {
          assertThat(each.differences()).isEmpty();
          assertThat(each.what()).isEqualTo("POST /pricing/none");
          assertThat(each.as()).isEqualTo("404");
        });
  }

  @Test
  void aBodyAndAStatusThatAreOtherwiseAreTold() throws Exception {
    List<Replayed> all =
        run("", asked("/cart/view", "{\"cart\":\"" + CART + "\"}", 201, "{\"lines\": [7]}"));

    assertThat(all.getFirst().same()).isFalse();
    assertThat(all.getFirst().differences())
        .contains("the status was 201 and is 200", "the body is not what it was:")
        .anyMatch(line -> line.startsWith("  - "))
        .anyMatch(line -> line.startsWith("  + "));
  }

  /** The number of an order is drawn, and its time is read. */
  @Test
  void chanceAndTheClockAreAsTheyWere() throws Exception {
    String first = placed("AAAAAAAAAAAAAAAAAAAAAA==", 1_000_000);

    assertThat(placed("AAAAAAAAAAAAAAAAAAAAAA==", 1_000_000)).isEqualTo(first);
    assertThat(placed("AQEBAQEBAQEBAQEBAQEBAQ==", 1_000_000)).isNotEqualTo(first);
    assertThat(listed(5_000_000)).contains("1767225605000").isNotEqualTo(listed(6_000_000));
  }

  private static String placed(String random, long clock) throws InterruptedException {
    return answerOf("/orders/place", PLACE, given(random, clock), ADD);
  }

  private static String listed(long clock) throws InterruptedException {
    return answerOf(
        "/orders/list", "{\"cart\":\"" + CART + "\"}", "", ADD, placing(given("AAAA", clock)));
  }

  private static String given(String random, long clock) {
    return ", \"random\": {\"orders\": \""
        + random
        + "\"}, \"clock\": {\"orders\": ["
        + clock
        + "]}";
  }

  @Test
  void theStoreBeginsAsItDidAndIsChangedAsItWas() throws Exception {
    String list = asked("/catalog/list", "", 200, "?");
    String levels = quoted("{\"plaque\": 77}");
    String key = "\"stock/levels\"";

    assertThat(run("", list).getFirst().differences().toString()).doesNotContain("77");
    assertThat(run("[" + key + ", " + levels + "]", list).getFirst().differences().toString())
        .contains("77");
    String put = "{\"at\": 1, \"put\": {\"key\": " + key + ", \"value\": " + levels + "}}";
    assertThat(run("", put, list).getFirst().differences().toString()).contains("77");
  }

  @Test
  void aScheduleThatIsNoMoreIsTold() throws Exception {
    assertThat(run("", "{\"at\": 1, \"fire\": \"nightly\", \"code\": 0}").getFirst().differences())
        .containsExactly("the manifest has no schedule nightly any more");
  }

  @Test
  void woundServicesAreGivenTheSame() throws Exception {
    String json = recording("", ADD, placing(given("AQEBAQEBAQEBAQEBAQEBAQ==", 5_000_000)));
    Recording recording = Recording.read(json.getBytes(StandardCharsets.UTF_8));
    ExampleApp wound = ExampleApp.wound(Path.of("../examples/shop"));

    assertThat(run(wound, recording))
        .extracting(Replayed::differences)
        .isEqualTo(run(SHOP, recording).stream().map(Replayed::differences).toList());
  }

  private static String placing(String given) {
    return "{\"at\": 2, \"request\": {\"method\": \"POST\", \"path\": \"/orders/place\", \"headers\": [], \"body\": "
        + quoted(PLACE)
        + "}, \"answer\": {\"status\": 200, \"body\": \"?\"}"
        + given
        + "}";
  }

  /** What is answered now, as the difference from nothing tells it. */
  private static String answerOf(String path, String body, String given, String... before)
      throws InterruptedException {
    String last =
        "{\"at\": 3, \"request\": {\"method\": \"POST\", \"path\": \""
            + path
            + "\", \"headers\": [], \"body\": "
            + quoted(body)
            + "}, \"answer\": {\"status\": 0, \"body\": \"\"}"
            + given
            + "}";
    String[] steps = new String[before.length + 1];
    System.arraycopy(before, 0, steps, 0, before.length);
    steps[before.length] = last;
    StringBuilder answer = new StringBuilder();
    for (String line : run("", steps).getLast().differences()) {
      if (line.startsWith("  + ")) {
        answer.append(line.substring(4)).append('\n');
      }
    }
    assertThat(answer).isNotEmpty();
    return answer.toString();
  }

  private static String asked(String path, String body, int status, String answer) {
    return "{\"at\": 1, \"request\": {\"method\": \"POST\", \"path\": \""
        + path
        + "\", \"headers\": [], \"body\": "
        + quoted(body)
        + "}, \"answer\": {\"status\": "
        + status
        + ", \"body\": "
        + quoted(answer)
        + "}}";
  }

  private static String quoted(String text) {
    String base64 = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    return "{\"base64\": \"" + base64 + "\"}";
  }

  private static List<Replayed> run(String data, String... steps) throws InterruptedException {
    return run(SHOP, Recording.read(recording(data, steps).getBytes(StandardCharsets.UTF_8)));
  }

  private static String recording(String data, String... steps) {
    return "{\"replay\": 1, \"app\": \"shop\", \"began\": \"2026-01-01T00:00:00Z\", \"config\": {},"
        + " \"data\": ["
        + data
        + "], \"steps\": [{\"at\": 0}, "
        + String.join(", ", steps)
        + "]}";
  }

  private static List<Replayed> run(ExampleApp app, Recording recording)
      throws InterruptedException {
    return new Replay(Guests.ENGINE, app.code(), Guests.THREADS, Duration.ofMinutes(1))
        .run(recording, new Seed(1));
  }
}
