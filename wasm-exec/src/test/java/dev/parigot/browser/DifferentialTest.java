package dev.parigot.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.parigot.contract.Contract;
import dev.parigot.contract.Method;
import dev.parigot.engine.CallOutcome;
import dev.parigot.engine.Guests;
import dev.parigot.local.AppCode;
import dev.parigot.local.InMemoryApp;
import dev.parigot.local.Setting;
import dev.parigot.manifest.Blueprint;
import dev.parigot.manifest.Manifest;
import dev.parigot.timing.Scheduler;
import dev.parigot.timing.Seed;
import dev.parigot.timing.Strategy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The example apps answer the same requests alike in the browser runtime and on the Java host. */
class DifferentialTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int CALLS = 150;
  private static final long SEED = 20;

  /** What is sent to any method: what it may know, and what it may not. */
  private static final List<String> REQUESTS =
      List.of(
          "",
          "{}",
          "[",
          "\"tea\"",
          "{\"name\":\"Ada\"}",
          "{\"name\":\"Zoë \\ud83d\\ude00\"}",
          "{\"cart\":\"0123456789abcdef0123456789abcdef\"}",
          "{\"cart\":\"0123456789abcdef0123456789abcdef\",\"sku\":\"beret\",\"quantity\":2}",
          "{\"cart\":\"0123456789abcdef0123456789abcdef\",\"sku\":\"plaque\",\"quantity\":1}",
          "{\"cart\":\"0123456789abcdef0123456789abcdef\",\"sku\":\"anvil\",\"quantity\":1}",
          "{\"cart\":\"0123456789abcdef0123456789abcdef\",\"sku\":\"beret\",\"quantity\":-1}",
          "{\"cart\":\"0123456789abcdef0123456789abcdef\",\"name\":\"Ada\",\"email\":\"ada@example.org\"}",
          "[{\"sku\":\"beret\",\"quantity\":2}]",
          "{\"lines\":[{\"sku\":\"beret\",\"quantity\":1}]}",
          "{\"option\":\"tea\"}",
          "{\"vote\":\"tea\"}");

  /** What is sent to what speaks HTTP: a service's method, or a command. */
  private static final List<String> MESSAGES =
      List.of(
          message("GET", "/links/", ""),
          message("POST", "/links/", "url=https%3A%2F%2Fexample.org%2Ftea"),
          message("POST", "/links/", "url=javascript%3Aalert(1)"),
          message("GET", "/links/nowhere", ""),
          message("DELETE", "/links/x", ""),
          message("GET", "/export/links.csv", ""),
          message("GET", "/export/?a=b", ""),
          "tea");

  private static String message(String method, String path, String body) {
    return "%s %s HTTP/1.1\r\nHost: links.example\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(method, path, body.length(), body);
  }

  /** One of several phrases, by chance. An order's number is made by chance too. */
  private static final Set<String> CHOOSING = Set.of("phrases.pick", "greeter.greet");

  /** The answers of the Java host, which are the same for Node and for Chromium. */
  private static final Map<String, List<Map<String, Object>>> ANSWERED = new HashMap<>();

  @TempDir private Path folder;

  @TestFactory
  Stream<DynamicTest> examplesAnswerAlike() throws Exception {
    return run(Node::runCases);
  }

  @TestFactory
  Stream<DynamicTest> examplesAnswerAlikeInChromium() throws Exception {
    return run(Chromium::run);
  }

  private Stream<DynamicTest> run(RuntimeConformanceTest.Engine engine) throws Exception {
    int number = 0;
    for (String example : List.of("hello", "shop", "poll", "links")) {
      Path app = Path.of("../examples", example);
      Blueprint blueprint = Blueprint.read(files(app));
      List<Map<String, Object>> calls = ANSWERED.get(example);
      if (calls == null) {
        calls = answered(blueprint, files(app));
        ANSWERED.put(example, calls);
      }
      BrowserApp exported = exported(example, blueprint, app);
      for (Map.Entry<String, byte[]> each : exported.files().entrySet()) {
        if (each.getKey().endsWith(".wasm")) {
          Files.write(folder.resolve(Path.of(each.getKey()).getFileName()), each.getValue());
        }
      }
      for (boolean linked : List.of(false, true)) {
        Map<String, Object> written = new LinkedHashMap<>();
        written.put("name", example + (linked ? " linked" : " wound"));
        written.put("linked", linked);
        written.put("app", JSON.readTree(exported.description().json()));
        written.put("calls", calls);
        Files.write(
            folder.resolve("%02d.json".formatted(number++)), JSON.writeValueAsBytes(written));
      }
    }
    List<String> told = engine.run(Node.exported(folder), folder);
    assertThat(told).hasSize(number);
    return told.stream()
        .map(JSON::readTree)
        .map(each ->
            dynamicTest(
                each.get("case").stringValue(),
                () -> assertThat(each.get("failure").stringValue(null)).isNull()));
  }

  private static BrowserApp exported(String name, Blueprint blueprint, Path app)
      throws IOException {
    Map<String, byte[]> modules = new LinkedHashMap<>();
    for (Map.Entry<String, Manifest.Service> each : blueprint.manifest().services().entrySet()) {
      modules.put(each.getKey(), Files.readAllBytes(app.resolve(each.getValue().wasm())));
    }
    return BrowserApp.of(
        new BrowserSource(
            name,
            blueprint.manifest(),
            modules,
            Map.of(),
            blueprint.manifest().config().in("test"),
            Map.of()));
  }

  /** Calls with the answers of the Java host, as a case of the conformance suite has them. */
  private static List<Map<String, Object>> answered(Blueprint blueprint, Blueprint.Files files)
      throws Exception {
    List<String> methods = new ArrayList<>();
    blueprint
        .services()
        .forEach((name, part) -> methodsOf(part).forEach(each -> methods.add(name + "." + each)));
    Random random = new Random(SEED);
    List<Map<String, Object>> calls = new ArrayList<>();
    try (InMemoryApp app =
        new InMemoryApp(
            Guests.ENGINE,
            AppCode.load(Guests.ENGINE, blueprint, files),
            new Scheduler(Strategy.runToCompletion(), Guests.THREADS, 10_000_000),
            Setting.ofTests(blueprint.manifest(), part -> new Seed(SEED).of(part).generator()),
            Duration.ofMinutes(1),
            (_, _, _, _, _) -> {})) {
      app.start();
      for (int i = 0; i < CALLS; i++) {
        String method = methods.get(random.nextInt(methods.size()));
        List<String> requests = method.endsWith(".http") ? MESSAGES : REQUESTS;
        String request = requests.get(random.nextInt(requests.size()));
        String[] names = method.split("\\.", 2);
        CallOutcome outcome =
            app.call(names[0], names[1], request.getBytes(StandardCharsets.UTF_8));
        app.settle();
        Map<String, Object> call = new LinkedHashMap<>();
        call.put("call", method);
        call.put("request", request);
        switch (outcome) {
          case CallOutcome.Returned(byte[] response) ->
              call.put("response", told(method, response));
          case CallOutcome.Failed(int code, String message, boolean _) ->
              call.put("error", Map.of("code", Integer.toUnsignedLong(code), "text", message));
          default -> call.put("error", Map.of("code", outcome.code()));
        }
        calls.add(call);
      }
    }
    return calls;
  }

  /** A command is called as if it had one. */
  private static List<String> methodsOf(Blueprint.Part part) {
    return part.contract().kind() == Contract.Kind.COMMAND
        ? List.of("http")
        : part.contract().methods().stream().map(Method::name).toList();
  }

  /** What of a response must be the same: all, unless chance has a part in it. */
  private static Map<String, Object> told(String method, byte[] response) {
    if (CHOOSING.contains(method)) {
      return Map.of("pattern", "^\\{\"(hello|greeting)\":");
    }
    // An order and a short link are named by chance.
    if (method.endsWith(".http")) {
      String first = new String(response, StandardCharsets.UTF_8).lines().findFirst().orElse("");
      return Map.of("pattern", "^" + first.replaceAll("[^\\w ]", "\\\\$0"));
    }
    return method.startsWith("orders.")
        ? Map.of("length", response.length)
        : Map.of("hex", HexFormat.of().formatHex(response));
  }

  private static Blueprint.Files files(Path app) {
    return new Blueprint.Files() {
      @Override
      public byte[] read(String path) throws Blueprint.Unreadable {
        try {
          return Files.readAllBytes(app.resolve(path));
        } catch (IOException e) {
          throw new Blueprint.Unreadable(String.valueOf(e.getMessage()));
        }
      }

      @Override
      public boolean anyIn(String folder) {
        return Files.isDirectory(app.resolve(folder));
      }
    };
  }
}
