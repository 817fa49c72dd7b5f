package dev.parigot.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.parigot.engine.CallOutcome;
import dev.parigot.manifest.Exposure;
import dev.parigot.situation.User;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds the gateway to the table of routes, to which that of the browser runtime is held too. */
class RoutesTableTest {
  private static final JsonNode TABLE =
      JsonMapper.shared().readTree(Path.of("src/test/resources/gateway/routes.json"));

  @TestFactory
  Stream<DynamicTest> theGatewayAnswersByTheTable() {
    return StreamSupport.stream(TABLE.get("cases").spliterator(), false)
        .map(each -> dynamicTest(each.get("case").stringValue(), () -> check(each)));
  }

  private static void check(JsonNode wanted) {
    App app = new App(wanted.path("site").stringValue(null));
    GatewayResponse answer = new Gateway(app).answer(request(wanted));
    String body = new String(answer.body(), UTF_8);
    if (wanted.has("status")) {
      assertThat(answer.status()).isEqualTo(wanted.get("status").intValue());
    }
    if (wanted.has("body")) {
      assertThat(body).isEqualTo(wanted.get("body").stringValue());
    }
    if (wanted.has("has")) {
      assertThat(body).contains(wanted.get("has").stringValue());
    }
    if (wanted.has("sees")) {
      assertThat(app.seen).startsWith(wanted.get("sees").stringValue());
    }
    if (wanted.has("calls")) {
      assertThat(app.calls).isEqualTo(texts(wanted.get("calls")));
    }
    for (Map.Entry<String, JsonNode> each : wanted.path("headers").properties()) {
      assertThat(answer.headers().first(each.getKey()))
          .as(each.getKey())
          .isEqualTo(Optional.ofNullable(each.getValue().stringValue(null)));
    }
  }

  private static GatewayRequest request(JsonNode wanted) {
    String[] line = wanted.get("request").stringValue().split(" ", 2);
    String[] target = line[1].split("\\?", 2);
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> each : wanted.path("send").properties()) {
      headers.put(each.getKey().toLowerCase(Locale.ROOT), List.of(each.getValue().stringValue()));
    }
    return new GatewayRequest(
        line[0],
        target[0],
        target.length > 1 ? target[1] : "",
        headers,
        new byte[0],
        "127.0.0.1",
        "http://shop.localhost",
        wanted.has("user") ? new User(wanted.get("user").stringValue(), "{}") : null);
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(each -> texts.add(each.stringValue()));
    return texts;
  }

  /** The app of the table. */
  private static final class App implements Served {
    private final Routes routes;
    private final List<String> calls = new ArrayList<>();
    private String seen = "";

    App(@Nullable String siteService) {
      List<Routes.Declared> declared = new ArrayList<>();
      TABLE.get("services").forEach(each -> declared.add(declared(each)));
      this.routes = new Routes(declared, siteService);
    }

    private static Routes.Declared declared(JsonNode service) {
      boolean command = service.get("kind").stringValue().equals("command");
      return new Routes.Declared(
          service.get("name").stringValue(),
          command,
          exposure(service.get("public")),
          service.path("signedIn").booleanValue(false),
          command ? List.of(Routes.HTTP) : texts(service.get("methods")));
    }

    private static Exposure exposure(JsonNode exposed) {
      if (exposed.isArray()) {
        return new Exposure.Only(texts(exposed));
      }
      return exposed.booleanValue() ? new Exposure.Everything() : new Exposure.Nothing();
    }

    @Override
    public Routes routes() {
      return routes;
    }

    @Override
    public CallOutcome call(String service, String method, byte[] request, @Nullable User user) {
      String name = service + "." + method;
      calls.add(name);
      seen = new String(request, UTF_8);
      JsonNode answer = TABLE.get("answers").get(name);
      if (answer.has("returns")) {
        return new CallOutcome.Returned(answer.get("returns").stringValue().getBytes(UTF_8));
      }
      if (answer.has("fails")) {
        return new CallOutcome.Failed(
            answer.get("fails").intValue(),
            answer.get("text").stringValue(),
            answer.path("begun").booleanValue(true));
      }
      return answer.has("traps")
          ? new CallOutcome.Trapped(answer.get("traps").stringValue())
          : new CallOutcome.LimitReached(
              answer.get("limit").stringValue().equals("time")
                  ? CallOutcome.Limit.TIME
                  : CallOutcome.Limit.MEMORY);
    }

    @Override
    public Optional<SiteFile> file(String path) {
      String content = TABLE.get("site").get("files").path(path).stringValue(null);
      return Optional.ofNullable(content).map(text -> new File(path, text.getBytes(UTF_8)));
    }

    @Override
    public boolean hasFile(String path) {
      return TABLE.get("site").get("files").has(path);
    }

    @Override
    public void tell(String service, String error) {}
  }

  /** A file of the table, told from others by its path. */
  private record File(String tag, byte[] content) implements SiteFile {
    @Override
    public long size() {
      return content.length;
    }
  }
}
