package dev.parigot.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.engine.ConformanceSuite.Call;
import dev.parigot.engine.ConformanceSuite.Case;
import dev.parigot.engine.ConformanceSuite.Service;
import dev.parigot.engine.ConformanceSuite.Setting;
import dev.parigot.local.AppCode;
import dev.parigot.manifest.Manifest;
import dev.parigot.manifest.ManifestReader;
import dev.parigot.timing.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * The examples answer the same whether their services are wound or not. What they answer is
 * recorded in {@code sdk/abi/conformance/recorded}, for other hosts to be compared with.
 */
class RecordedRunsTest {
  private static final Path RECORDED = Path.of("../sdk/abi/conformance/recorded");

  /** From the modules of the suites. */
  private static final String EXAMPLES = "../../../../examples/";

  private static final int RUNS = 2;
  private static final int CALLS = 25;

  static Stream<String> apps() {
    return ConformanceSuite.read(RECORDED.resolve("requests.json")).propertyNames().stream();
  }

  @ParameterizedTest
  @MethodSource("apps")
  void aWoundAppAnswersKeepsAndLogsWhatItsServicesDoApart(String app) throws Exception {
    Setting setting = setting(app);
    for (int run = RUNS; run < 2 * RUNS; run++) {
      List<Call> calls = calls(app, run);
      Case apart = RecordedRun.of(app, setting, calls, AppCode::of);
      assertThat(RecordedRun.of(app, setting, calls, AppCode::wound)).isEqualTo(apart);
    }
  }

  /** Run with {@code -Dparigot.record=true} it writes them. */
  @ParameterizedTest
  @MethodSource("apps")
  void theRecordedRunsAreThoseOfToday(String app) throws Exception {
    Setting setting = setting(app);
    List<Case> cases = new ArrayList<>();
    for (int run = 0; run < RUNS; run++) {
      cases.add(RecordedRun.of("run " + run, setting, calls(app, run), AppCode::of));
    }
    String text = suite(app, setting, cases).text();
    Path file = RECORDED.resolve(app + ".json");
    if (Boolean.getBoolean("parigot.record")) {
      Files.writeString(file, text);
    }
    assertThat(text).isEqualTo(Files.readString(file));
  }

  private static ConformanceSuite suite(String app, Setting setting, List<Case> cases) {
    return new ConformanceSuite(
        "What the example " + app + " makes of requests that a seed chose; see README.md.",
        setting.services(),
        null,
        null,
        setting.channels().isEmpty() ? null : setting.channels(),
        cases);
  }

  private static Setting setting(String app) throws IOException {
    Manifest manifest =
        ManifestReader.read(Files.readString(Path.of("../examples", app, "parigot.toml")));
    Map<String, Service> services = new LinkedHashMap<>();
    manifest
        .services()
        .forEach((name, service) ->
            services.put(
                name, new Service(EXAMPLES + app + "/" + service.wasm(), null, null, null)));
    return new Setting(
        services,
        manifest.config().in("test"),
        Map.of(),
        Map.of(),
        List.copyOf(manifest.channels().keySet()),
        null);
  }

  /** Of the requests that the app is asked, some of them corrupted. */
  private static List<Call> calls(String app, int run) {
    RandomGenerator random = new Seed(run).of(app).generator();
    JsonNode kinds = ConformanceSuite.read(RECORDED.resolve("requests.json")).get(app);
    List<Call> calls = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      JsonNode kind = kinds.get(random.nextInt(kinds.size()));
      JsonNode request = kind.get("requests").get(random.nextInt(kind.get("requests").size()));
      boolean isCall = kind.has("call");
      JsonNode asked =
          isCall && random.nextInt(8) == 0
              ? RecordedRun.notation(corrupted(ConformanceSuite.bytes(request), random))
              : request;
      calls.add(
          new Call(
              isCall ? kind.get("call").stringValue() : null,
              isCall ? null : kind.get("http").stringValue(),
              asked,
              null,
              null));
    }
    return calls;
  }

  private static byte[] corrupted(byte[] request, RandomGenerator random) {
    byte[] bytes = Arrays.copyOf(request, random.nextInt(request.length + 20));
    for (int i = 0; i < 3 && bytes.length > 0; i++) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    return bytes;
  }
}
