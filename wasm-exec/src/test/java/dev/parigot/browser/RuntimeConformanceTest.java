package dev.parigot.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.parigot.contract.Role;
import dev.parigot.manifest.Audience;
import dev.parigot.manifest.Exposure;
import dev.parigot.manifest.Manifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Runs the cases of {@code sdk/abi/conformance} on the browser runtime in Node and in Chromium:
 * with the services of each app wound into one module, and with them linked one by one.
 */
class RuntimeConformanceTest {
  private static final Path SUITES = Path.of("../sdk/abi/conformance");
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final long MEMORY = 64L << 20;

  @TempDir private Path folder;

  @TestFactory
  Stream<DynamicTest> woundTogether() throws IOException, InterruptedException {
    return run(false, Node::runCases);
  }

  @TestFactory
  Stream<DynamicTest> linkedOneByOne() throws IOException, InterruptedException {
    return run(true, Node::runCases);
  }

  @TestFactory
  Stream<DynamicTest> woundTogetherInChromium() throws IOException, InterruptedException {
    return run(false, Chromium::run);
  }

  @TestFactory
  Stream<DynamicTest> linkedOneByOneInChromium() throws IOException, InterruptedException {
    return run(true, Chromium::run);
  }

  /** What runs cases: {@link Node} or {@link Chromium}. */
  interface Engine {
    List<String> run(Path runtime, Path cases) throws IOException, InterruptedException;
  }

  private Stream<DynamicTest> run(boolean linked, Engine engine)
      throws IOException, InterruptedException {
    int count = 0;
    try (Stream<Path> suites = Files.list(SUITES)) {
      for (Path suite :
          suites.filter(each -> each.toString().endsWith(".json")).sorted().toList()) {
        String name = suite.getFileName().toString().replace(".json", "");
        JsonNode read = JSON.readTree(suite);
        for (JsonNode each : read.get("cases")) {
          count += write(name, read, each, linked, count) ? 1 : 0;
        }
      }
    }
    List<String> told = engine.run(Node.exported(folder), folder);
    assertThat(told).hasSize(count);
    return told.stream()
        .map(JSON::readTree)
        .map(each ->
            dynamicTest(
                each.get("case").stringValue(),
                () -> assertThat(each.get("failure").stringValue(null)).isNull()));
  }

  /** What a program is spared or denied by being one with others: §8 of the contract of winding. */
  private static final Set<String> OTHERWISE_WHEN_WOUND =
      Set.of("services: a trap of the callee is a 500 to its caller, who goes on");

  /** One thread can't end a loop but by ending all that runs on it, the caller too. */
  private static final Set<String> ONE_THREAD =
      Set.of("services: a callee that loops is a 408 to its caller, who goes on");

  /**
   * Answers whether the case is one of a running app; what is to be refused never gets to a
   * browser.
   */
  private boolean write(String suite, JsonNode of, JsonNode wanted, boolean linked, int number)
      throws IOException {
    JsonNode services = wanted.has("services") ? wanted.get("services") : of.get("services");
    boolean refused = wanted.has("refused");
    String name = suite + ": " + wanted.get("case").stringValue();
    if (ONE_THREAD.contains(name) || !linked && OTHERWISE_WHEN_WOUND.contains(name)) {
      return false;
    }
    for (JsonNode each : services) {
      refused |= each.has("refused");
    }
    if (refused) {
      return false;
    }
    ObjectNode written = wanted.deepCopy().asObject();
    BrowserApp app = app(of, wanted, services);
    app.files()
        .forEach((path, content) -> {
          if (path.endsWith(".wasm")) {
            write(folder.resolve(path.substring(path.lastIndexOf('/') + 1)), content);
          }
        });
    written.put("name", name);
    written.put("linked", linked);
    written.set("app", JSON.readTree(app.description().json()));
    write(folder.resolve("%04d.json".formatted(number)), JSON.writeValueAsBytes(written));
    return true;
  }

  private static void write(Path file, byte[] content) {
    try {
      Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static BrowserApp app(JsonNode of, JsonNode wanted, JsonNode services)
      throws IOException {
    Map<String, BrowserModules.Input> inputs = new LinkedHashMap<>();
    Map<String, Manifest.Service> declared = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> each : services.properties()) {
      JsonNode service = each.getValue();
      String wasm = service.get("wasm").stringValue();
      Role role = service.has("role") ? Role.TEST : Role.SERVICE;
      byte[] file = Files.readAllBytes(SUITES.resolve("modules").resolve(wasm));
      inputs.put(each.getKey(), new BrowserModules.Input(file, role, MEMORY));
      if (role == Role.SERVICE) {
        Duration timeout =
            Duration.ofMillis(
                service.has("timeoutMs") ? service.get("timeoutMs").intValue() : 20_000);
        declared.put(
            each.getKey(),
            new Manifest.Service(wasm, new Exposure.Everything(), 0, 8, MEMORY, timeout, 1));
      }
    }
    Manifest manifest =
        new Manifest(
            null,
            declared,
            null,
            schedules(wanted.has("schedules") ? wanted : of),
            queues(wanted.has("queues") ? wanted : of),
            channels(of),
            Map.of(),
            new Manifest.Config(Map.of(), Map.of()),
            allowed(wanted),
            null,
            null);
    return BrowserApp.withTests(
        new BrowserSource("suite", manifest, Map.of(), Map.of(), config(wanted), Map.of()), inputs);
  }

  private static Map<String, Manifest.Queue> queues(JsonNode node) {
    Map<String, Manifest.Queue> queues = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> each : node.path("queues").properties()) {
      int attempts = each.getValue().path("attempts").intValue(5);
      queues.put(
          each.getKey(),
          new Manifest.Queue(target(each.getValue().get("deliver")), attempts, 4, null, 1));
    }
    return queues;
  }

  /** Everybody may listen to each. */
  private static Map<String, Manifest.Channel> channels(JsonNode node) {
    Map<String, Manifest.Channel> channels = new LinkedHashMap<>();
    node.path("channels")
        .forEach(
            name -> channels.put(name.stringValue(), new Manifest.Channel(Audience.EVERYONE, 1)));
    return channels;
  }

  /** Due once a year, so that they are run by the tests alone. */
  private static Map<String, Manifest.Cron> schedules(JsonNode node) {
    Map<String, Manifest.Cron> schedules = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> each : node.path("schedules").properties()) {
      schedules.put(
          each.getKey(),
          new Manifest.Cron(
              "0 0 31 12 *",
              ZoneOffset.UTC,
              target(each.getValue()),
              Manifest.Overlap.FORBID,
              false,
              1));
    }
    return schedules;
  }

  private static Manifest.Target target(JsonNode name) {
    String[] names = name.stringValue().split("\\.", 2);
    return new Manifest.Target(names[0], names[1]);
  }

  private static List<String> allowed(JsonNode wanted) {
    List<String> allowed = new ArrayList<>();
    wanted.path("outside").path("allow").forEach(each -> allowed.add(each.stringValue()));
    return allowed;
  }

  private static Map<String, String> config(JsonNode wanted) {
    Map<String, String> config = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> each : wanted.path("config").properties()) {
      config.put(each.getKey(), each.getValue().asString());
    }
    return config;
  }
}
