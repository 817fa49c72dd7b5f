package dev.parigot.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.parigot.manifest.Schedule;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class RuntimeTest {
  private static final int MOST_BYTES = 60_000;
  private static final String FOLDER = "parigot-demo/runtime-[0-9a-f]+/";

  @TempDir private Path folder;

  @Test
  void everySourceIsInAnExportedFile() throws IOException {
    Set<String> exported = new TreeSet<>(Set.of("page.html", "service-worker.js"));
    Runtime.bundles().values().forEach(bundle -> exported.addAll(bundle.modules()));
    RerunScripts.bundles().values().forEach(bundle -> exported.addAll(bundle.modules()));
    files().keySet().forEach(path -> exported.add(path.replaceFirst("^" + FOLDER, "")));
    try (Stream<Path> sources = Files.walk(Node.RUNTIME)) {
      assertThat(sources.filter(Files::isRegularFile).toList())
          .extracting(source -> Node.RUNTIME.relativize(source).toString())
          // What has types alone is read by the type checker alone.
          .filteredOn(source -> !source.equals("situation.js"))
          .isNotEmpty()
          .isSubsetOf(exported);
    }
  }

  @Test
  void aBundleHasEachModuleOnceAfterThoseThatItImports() {
    Map<String, String> sources =
        Map.of(
            "a.js",
            "import { one as uno, two } from './in/b.js';\nimport * as c from './c.js';\nuno(two, c);",
            "in/b.js",
            "import { three } from '../c.js';\nexport const two = 2;\nexport function one() {\n}",
            "c.js",
            "export async function three() {}");

    Bundle bundle = Bundle.of("a.js", path -> Objects.requireNonNull(sources.get(path)));

    assertThat(bundle.modules()).containsExactly("c.js", "in/b.js", "a.js");
    assertThat(bundle.text())
        .isEqualTo(
            """
            const $c = (() => {
            async function three() {}
            return { three };
            })();
            const $in_b = (() => {
            const { three } = $c;
            const two = 2;
            function one() {
            }
            return { two, one };
            })();
            const { one: uno, two } = $in_b;
            const c = $c;
            uno(two, c);
            """);
  }

  @Test
  void aBundleImportsNothingAndExportsWhatIsImportedWhenItIsWanted() {
    String exports = "(?m)^ *(import [{*]|export )";
    Runtime.bundles()
        .forEach((name, bundle) ->
            assertThat(bundle.text().replace("export class Panel ", ""))
                .as(name)
                .doesNotContainPattern(exports));
    assertThat(Objects.requireNonNull(Runtime.bundles().get("panel/panel.js")).text())
        .contains("\nexport class Panel {");
  }

  /** Each file by itself, as servers compress them. */
  @Test
  void itTakesUnder60KilobytesCompressed() throws IOException {
    int bytes = 0;
    for (byte[] content : files().values()) {
      ByteArrayOutputStream compressed = new ByteArrayOutputStream();
      try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
        out.write(content);
      }
      bytes += compressed.size();
    }
    assertThat(bytes).isLessThan(MOST_BYTES);
  }

  private static Map<String, byte[]> files() {
    return Runtime.files("app.json", "app.wasm", "test", List.of());
  }

  @Test
  void theSameAppGivesTheSameFiles() {
    assertThat(files().keySet()).isEqualTo(files().keySet());
    assertThat(Runtime.files("a.json", null, "x", List.of("api.example.org")).keySet())
        .as("what its worker may reach is another")
        .doesNotContainAnyElementsOf(
            Runtime.files("a.json", null, "x", List.of()).keySet().stream()
                .filter(path -> path.startsWith(BrowserApp.FOLDER))
                .toList());
    assertThat(new String(Runtime.files("a.json", null, "<b>", List.of()).get("index.html")))
        .contains("a.json", "&lt;b>")
        .doesNotContain("@");
  }

  /** Each answer of a host may say what the page says of itself, and more. */
  @Test
  void thePolicyOfAHostIsThatOfThePageAndWhomTheAppMayReach() {
    String page = new String(files().get("index.html"));
    assertThat(BrowserApp.contentSecurityPolicy(List.of()))
        .isEqualTo(Policy.OF_THE_PAGE + "; frame-ancestors 'none'")
        .doesNotContain("unsafe-inline", "data:", "blob:");
    assertThat(page)
        .contains("content=\"" + Policy.OF_THE_PAGE + "\"")
        .doesNotContain(" style=", " onload=", "<style");
    assertThat(BrowserApp.contentSecurityPolicy(List.of("api.example.org", "localhost:9000")))
        .contains("connect-src 'self' api.example.org:* localhost:9000;");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tsconfig-page.json", "tsconfig-worker.json"})
  void itsTypesAreRight(String project) throws IOException, InterruptedException {
    assertThat(Node.typeCheck(Node.SCRIPTS.resolve(project))).isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> itsRoutesAreThoseOfThePlatform() throws IOException, InterruptedException {
    List<String> told =
        Node.run(
            "run-routes.mjs",
            Node.exported(folder).toString(),
            "src/test/resources/gateway/routes.json");
    assertThat(told).hasSizeGreaterThan(50);
    return told.stream()
        .map(JsonMapper.shared()::readTree)
        .map(each ->
            dynamicTest(
                each.get("case").stringValue(),
                () -> assertThat(each.get("failure").stringValue(null)).isNull()));
  }

  @TestFactory
  Stream<DynamicTest> itsUsersSignInAsOnThePlatform() throws IOException, InterruptedException {
    return Node.run(
            "run-sign-in.mjs",
            Node.exported(folder).toString(),
            "src/test/resources/gateway/sign-in.json")
        .stream()
        .map(JsonMapper.shared()::readTree)
        .map(each ->
            dynamicTest(
                each.get("case").stringValue(),
                () -> assertThat(each.get("failure").stringValue(null)).isNull()));
  }

  private record Due(String schedule, String timezone, long after, @Nullable Long next) {}

  @Test
  void itsSchedulesAreDueWhenThoseOfThePlatformAre() throws IOException, InterruptedException {
    List<Due> cases = new ArrayList<>();
    for (String schedule :
        List.of(
            "* * * * *",
            "*/5 * * * *",
            "0 0 * * *",
            "30 2 * * *",
            "15,45 8-18/2 * * 1-5",
            "0 12 13 * 5",
            "0 0 29 2 *",
            "0 9 1 1,7 *",
            "59 23 31 * *",
            "0 4 * * 0",
            "0 4 * * 7",
            "10-20/5 1 * 3 *")) {
      for (String zone : List.of("UTC", "Europe/Paris", "America/New_York", "Asia/Kolkata")) {
        for (Instant after :
            List.of(
                Instant.parse("2026-01-01T00:00:00Z"),
                Instant.parse("2026-03-28T23:59:59.999Z"),
                Instant.parse("2026-06-15T10:07:30Z"),
                Instant.parse("2026-10-24T22:30:00Z"),
                Instant.parse("2027-12-31T23:59:00Z"))) {
          Long next =
              new Schedule(schedule, ZoneId.of(zone))
                  .next(after)
                  .map(Instant::toEpochMilli)
                  .orElse(null);
          cases.add(new Due(schedule, zone, after.toEpochMilli(), next));
        }
      }
    }
    Path file = folder.resolve("cases.json");
    Files.write(file, JsonMapper.shared().writeValueAsBytes(cases));

    assertThat(Node.run("run-schedules.mjs", Node.exported(folder).toString(), file.toString()))
        .isEmpty();
  }

  @Test
  void noFileOfTheRuntimeIsMissingInTheServiceWorkersList() {
    Map<String, byte[]> files = files();
    String worker = new String(files.get(Runtime.SERVICE_WORKER));
    assertThat(files.keySet())
        .filteredOn(path -> path.startsWith(BrowserApp.FOLDER))
        .allSatisfy(path -> assertThat(worker).contains("'" + path + "'"));
  }
}
