package dev.parigot.engine;

import static dev.parigot.engine.TestSituation.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.contract.Abi;
import dev.parigot.contract.Role;
import dev.parigot.engine.CallOutcome.Failed;
import dev.parigot.engine.CallOutcome.Returned;
import dev.parigot.situation.Call;
import dev.parigot.situation.Channels;
import dev.parigot.situation.Outbound;
import dev.parigot.situation.Queues;
import dev.parigot.situation.Refused;
import dev.parigot.situation.Situation;
import dev.parigot.situation.TestControl;
import dev.parigot.wasm.Import;
import dev.parigot.wasm.WasmReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The SDKs, by the module of {@code sdk/tour} in each language: the same methods, which use
 * everything that an SDK has.
 */
class SdkTest {
  private static final Path TOUR = Path.of("../sdk/tour");

  enum Language {
    C,
    RUST,
    ASSEMBLYSCRIPT,
    GO;

    String file() {
      return name().toLowerCase(Locale.ROOT) + ".wasm";
    }

    byte[] module() {
      try {
        return Files.readAllBytes(TOUR.resolve("build").resolve(file()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** On a busy machine the start of Go takes its time. */
  private static final Limits PATIENT =
      new Limits(Limits.DEFAULT.memoryBytes(), Duration.ofMinutes(2));

  private final TestSituation situation = new TestSituation();
  private final List<String> done = new ArrayList<>();

  @ParameterizedTest
  @EnumSource
  void requestsAndResponsesCross(Language language) {
    byte[] large = new byte[1 << 20];
    new Random(1).nextBytes(large);
    try (Instance tour = start(language)) {
      for (byte[] request : List.of(new byte[0], utf8("tea"), large, utf8("tea"))) {
        assertThat(returned(tour, "echo", request)).isEqualTo(request);
        assertThat(returned(tour, "forward", request)).isEqualTo(request);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void errorsCrossInBothDirections(Language language) {
    situation.services = (_, _, _, _) -> new Failed(1002, "the pot is empty: \u2615");
    try (Instance tour = start(language)) {
      assertThat(tour.call(call("refuse"), new byte[0])).isEqualTo(new Failed(1001, "no tea left"));
      assertThat(tour.call(call("forward"), utf8("tea")))
          .isEqualTo(new Failed(1002, "the pot is empty: \u2615"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void futuresAreWaitedForAndDropped(Language language) {
    assertThat(text(language, "futures", "tea")).isEqualTo("tea");
  }

  @ParameterizedTest
  @EnumSource
  void aRefusedStartIsA429(Language language) {
    situation.async = null;
    try (Instance tour = start(language)) {
      assertThat(tour.call(call("futures"), utf8("tea")).code()).isEqualTo(429);
    }
  }

  @ParameterizedTest
  @EnumSource
  void keysAreComparedSetDeletedAndListedByPages(Language language) {
    assertThat(text(language, "keys", "")).isEqualTo("2 absent key/a key/b key/c");
  }

  @ParameterizedTest
  @EnumSource
  void configClockRandomAndCallInfoAnswer(Language language) {
    assertThat(text(language, "surroundings", "")).isEqualTo("EUR absent call-1 sane");
    assertThat(situation.lines)
        .anyMatch(line -> line.level() == 3 && line.message().equals("the tea is cold"));
  }

  @ParameterizedTest
  @EnumSource
  void messagesAreSent(Language language) {
    assertThat(text(language, "send", "dear Ada")).isEmpty();
    assertThat(done).containsExactly("letters: dear Ada");
  }

  @ParameterizedTest
  @EnumSource
  void messagesArePublished(Language language) {
    assertThat(text(language, "publish", "sold")).isEmpty();
    assertThat(done).containsExactly("orders: sold");
  }

  @ParameterizedTest
  @EnumSource
  void otherHostsAreAskedAndTheirResponsesRead(Language language) {
    assertThat(text(language, "fetch", "hot water")).isEqualTo("418 95 C short and stout");
    assertThat(done).hasSize(1);
    assertThat(done.getFirst())
        .startsWith("PUT https://example.org/tea?x=1 HTTP/1.1\r\n")
        .contains("\r\nHost: example.org\r\n", "\r\nContent-Length: 9\r\n")
        .doesNotContain("\r\nevil")
        .endsWith("\r\n\r\nhot water");
  }

  @ParameterizedTest
  @EnumSource
  void httpRequestsAreReadAndAnswered(Language language) {
    String request =
        "POST /tour/a%20b?x&name=Ada+%C3%A9%zz HTTP/1.1\r\nHOST:  tea.example \r\nAccept: */*\r\n\r\n"
            + "cup=1&tea=Earl%20Grey";
    String told = "POST /tour/a%20b Ada \u00e9%zz Earl Grey tea.example";
    assertThat(text(language, "http", request))
        .startsWith("HTTP/1.1 201 \r\n")
        .contains("\r\nContent-Type: text/plain\r\n")
        .contains("\r\nContent-Length: " + utf8(told).length + "\r\n")
        .endsWith("\r\n\r\n" + told);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNoHttpRequestIsA400(Language language) {
    try (Instance tour = start(language)) {
      for (String request :
          List.of("", "GET / HTTP/1.1", "GET /\r\n\r\n", "GET / HTTP/1.1\r\nno colon\r\n\r\n")) {
        assertThat(tour.call(call("http"), utf8(request)).code()).isEqualTo(400);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void testsControlTheirSituation(Language language) {
    assertThat(text(language, "test_controls", "")).isEmpty();
    assertThat(done)
        .containsExactly(
            "advance 5", "quiesce", "cron nightly", "cron never", "published to orders");
  }

  @ParameterizedTest
  @EnumSource
  void checksThatFailSayWhatWasExpectedAndWhatWasGot(Language language) {
    try (Instance tour = start(language)) {
      Failed equal = (Failed) tour.call(call("test_equal"), new byte[0]);
      assertThat(equal.code()).isEqualTo(417);
      assertThat(equal.message()).contains("expected \"black\", got \"green\"");
      Failed number = (Failed) tour.call(call("test_number"), new byte[0]);
      assertThat(number.message()).contains("expected 2, got 3");
      Failed error = (Failed) tour.call(call("test_error"), new byte[0]);
      assertThat(error.code()).isEqualTo(417);
      assertThat(error.message()).contains("expected error 404, got ", "1001", "no tea left");
    }
  }

  @ParameterizedTest
  @EnumSource
  void theTourUsesTheWholeTable(Language language) {
    List<Import> imports = WasmReader.read(language.module()).imports();
    assertThat(imports.stream().map(each -> each.module() + " " + each.name()))
        .containsAll(
            Abi.table().functions().stream()
                .filter(each -> !each.module().equals(Abi.WASI) && !each.name().equals("*"))
                .map(each -> each.module() + " " + each.name())
                .toList());
  }

  @ParameterizedTest
  @EnumSource
  void whatCrossesIsGivenBack(Language language) {
    byte[] large = new byte[512 << 10];
    new Random(3).nextBytes(large);
    try (Instance tour = start(language)) {
      for (int i = 0; i < 400; i++) {
        assertThat(returned(tour, "forward", large)).isEqualTo(large);
      }
      assertThat(tour.memoryBytes()).isLessThanOrEqualTo(Limits.DEFAULT.memoryBytes());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"C", "RUST"})
  void aResultThatDoesNotFitIntoMemoryIsA507AndTheInstanceLives(Language language) {
    situation.services = (_, _, _, _) -> new Returned(new byte[9 << 20]);
    Limits small = Limits.DEFAULT.withMemory(8 << 20);
    try (Instance tour = start(language, small)) {
      assertThat(tour.call(call("forward"), utf8("tea")).code()).isEqualTo(507);
      assertThat(returned(tour, "echo", utf8("tea"))).isEqualTo(utf8("tea"));
    }
  }

  @Test
  void goKeepsWhatCrossesWhileItsCollectorRuns() {
    byte[] request = new byte[100_000];
    new Random(2).nextBytes(request);
    try (Instance tour = start(Language.GO)) {
      for (int i = 0; i < 5; i++) {
        assertThat(returned(tour, "garbage", request)).isEqualTo(request);
      }
    }
  }

  @Test
  void whatDoesNotFitIntoTheRoomOfGoIsA507AndTheInstanceLives() {
    situation.services = (_, _, _, _) -> new Returned(new byte[4 << 20]);
    try (Instance tour = start(Language.GO)) {
      assertThat(tour.call(call("forward"), utf8("tea")).code()).isEqualTo(507);
      assertThat(returned(tour, "echo", utf8("tea"))).isEqualTo(utf8("tea"));
    }
  }

  private Instance start(Language language) {
    return start(language, PATIENT);
  }

  private Instance start(Language language, Limits limits) {
    Code code = Guests.ENGINE.code("sha256:tour-" + language, language.module(), limits, Role.TEST);
    return Guests.ENGINE.instantiate(code, "tour", "tour-1", surroundings());
  }

  /** The usual one, with queues, the outside and the control of tests, which note what they did. */
  private Situation surroundings() {
    Situation usual = situation.build();
    Queues queues = (_, queue, message) -> done.add(queue + ": " + utf8(message));
    Channels channels = (_, channel, message) -> done.add(channel + ": " + utf8(message));
    Outbound outbound =
        (_, request) -> {
          done.add(utf8(request));
          return utf8("HTTP/1.1 418 teapot\r\nX-Temperature: 95 C\r\n\r\nshort and stout");
        };
    return new Situation(
        usual.keyValue(),
        usual.configuration(),
        usual.log(),
        usual.time(),
        usual.random(),
        usual.services(),
        usual.async(),
        queues,
        channels,
        outbound,
        control(),
        usual.interceptor());
  }

  private TestControl control() {
    return new TestControl() {
      @Override
      public void advance(long nanos) {
        done.add("advance " + nanos);
      }

      @Override
      public void quiesce() {
        done.add("quiesce");
      }

      @Override
      public CallOutcome runCron(Call caller, String name) {
        done.add("cron " + name);
        if (!name.equals("nightly")) {
          throw new Refused(404, "no such schedule");
        }
        return new Returned(utf8("ran"));
      }

      @Override
      public List<byte[]> published(String channel) {
        done.add("published to " + channel);
        return List.of(utf8("first"), utf8("second"));
      }
    };
  }

  private String text(Language language, String method, String request) {
    try (Instance tour = start(language)) {
      return utf8(returned(tour, method, utf8(request)));
    }
  }

  private byte[] returned(Instance tour, String method, byte[] request) {
    CallOutcome outcome = tour.call(call(method), request);
    assertThat(outcome).as("log: %s", situation.lines).isInstanceOf(Returned.class);
    return ((Returned) outcome).response();
  }

  private static byte[] utf8(String text) {
    return TestSituation.utf8(text);
  }

  private static String utf8(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
