package dev.parigot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.wasm.Import;
import dev.parigot.wasm.WasmModule;
import dev.parigot.wasm.WasmReader;
import dev.parigot.wasm.WasmValidator;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class WindCommandTest {
  private static final String EXAMPLES = "../examples/";

  @TempDir private Path folder;

  @Test
  void writesOneModuleAndItsMap() throws IOException {
    Path app = folder.resolve("app.wasm");
    Path map = folder.resolve("app.map.json");

    Ran ran =
        Ran.parigot("wind", EXAMPLES + "hello", "-o", app.toString(), "--map", map.toString());

    assertThat(ran.errors()).isEmpty();
    assertThat(ran.exit()).isZero();
    assertThat(ran.out()).startsWith(app + ": 2 services, ");
    WasmModule wound = WasmReader.read(Files.readAllBytes(app));
    WasmValidator.validate(wound);
    assertThat(wound.export("greeter.greet")).isPresent();
    JsonNode read = JsonMapper.shared().readTree(map);
    assertThat(read.get("digests").propertyNames()).containsExactly("phrases", "greeter");
    assertThat(read.get("functions").size()).isEqualTo(wound.functions().size());
  }

  @Test
  void callsToServicesThatAreLeftOutStayImports() throws IOException {
    Path app = folder.resolve("app.wasm");

    Ran ran = Ran.parigot("wind", EXAMPLES + "hello", "-o", app.toString(), "--services=greeter");

    assertThat(ran.exit()).isZero();
    assertThat(WasmReader.read(Files.readAllBytes(app)).imports())
        .anyMatch(each -> each.module().equals("parigot:service/phrases@greeter"));
  }

  @Test
  void withTraceTheHostIsToldOfCalls() throws IOException {
    Path app = folder.resolve("app.wasm");

    Ran ran = Ran.parigot("wind", EXAMPLES + "hello", "-o", app.toString(), "--trace");

    assertThat(ran.exit()).isZero();
    assertThat(WasmReader.read(Files.readAllBytes(app)).imports())
        .filteredOn(each -> each.module().equals("parigot:trace"))
        .extracting(Import::name)
        .containsExactly("enter", "exit");
  }

  @Test
  void aServiceThatIsNotThereIsNamed() {
    Ran ran =
        Ran.parigot(
            "wind", EXAMPLES + "hello", "-o", folder.resolve("a").toString(), "--services=greter");

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.errors())
        .isEqualToIgnoringNewLines("parigot: there is no service greter. Did you mean `greeter`?");
    assertThat(folder.resolve("a")).doesNotExist();
  }

  @Test
  void aFolderToWriteToMustBeThere() {
    Path nowhere = folder.resolve("no/app.wasm");

    Ran ran = Ran.parigot("wind", EXAMPLES + "hello", "-o", nowhere.toString());

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.errors()).contains("there is no folder " + nowhere.getParent());
  }

  @Test
  void whatCantAllBeWrittenIsNotBegun() {
    Path app = folder.resolve("app.wasm");

    Ran nowhere =
        Ran.parigot(
            "wind", EXAMPLES + "hello", "-o", app.toString(), "--map", folder + "/no/map.json");
    assertThat(nowhere.exit()).isEqualTo(1);
    assertThat(nowhere.errors()).contains("there is no folder " + folder.resolve("no"));
    assertThat(app).doesNotExist();

    Ran both = Ran.parigot("wind", EXAMPLES + "hello", "-o", app.toString(), "--map", "" + app);
    assertThat(both.exit()).isEqualTo(1);
    assertThat(both.errors()).contains("two things would be written to " + app);
    assertThat(app).doesNotExist();

    Ran onto = Ran.parigot("wind", EXAMPLES + "hello", "-o", folder.toString());
    assertThat(onto.exit()).isEqualTo(1);
    assertThat(onto.errors()).contains(folder + " is a folder");
  }

  @Test
  void withoutAFolderItIsWrongUsage() {
    Ran ran = Ran.parigot("wind");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.errors()).contains("Missing required parameter: 'DIR'");
  }

  @Test
  void testModulesAreWoundWhenAskedFor() throws IOException {
    Path app = folder.resolve("app.wasm");

    Ran without =
        Ran.parigot("wind", EXAMPLES + "poll", "-o", app.toString(), "--services=poll_test");
    assertThat(without.exit()).isEqualTo(1);
    assertThat(without.errors()).contains("poll_test is a test module: add --with-tests");

    Ran with = Ran.parigot("wind", EXAMPLES + "poll", "-o", app.toString(), "--with-tests");
    assertThat(with.exit()).isZero();
    assertThat(WasmReader.read(Files.readAllBytes(app)).export("poll_test.parigot_alloc"))
        .isPresent();
  }

  @Test
  void aTestModuleNeedsANameOfItsOwn() throws IOException {
    Path words = app("words", "phrases");
    Files.writeString(
        words.resolve("parigot.toml"), "[services.poll_test]\nwasm = \"phrases.wasm\"\n");

    Ran ran = Ran.parigot("wind", EXAMPLES + "poll", words.toString(), "--with-tests");

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.errors())
        .isEqualToIgnoringNewLines(
            "parigot: the test module poll_test in "
                + EXAMPLES
                + "poll has the name of another module; rename it, or wind without --with-tests");
  }

  @Test
  void aFolderWithoutAManifestIsNamedAmongOthers() throws IOException {
    Path phrases = app("words", "phrases");
    Path empty = Files.createDirectories(folder.resolve("empty"));

    Ran ran = Ran.parigot("wind", phrases.toString(), empty.toString());

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.errors()).startsWith("there is no parigot.toml in " + empty);
    assertThat(Ran.parigot("wind", phrases.toString(), folder + "/gone").errors())
        .isEqualToIgnoringNewLines("parigot: there is no folder " + folder + "/gone");
  }

  @Test
  void aModuleOfOver64MiBIsRefused() throws IOException {
    Path phrases = app("words", "phrases");
    try (RandomAccessFile file =
        new RandomAccessFile(phrases.resolve("phrases.wasm").toFile(), "rw")) {
      file.setLength((64 << 20) + 1);
    }

    Ran ran = Ran.parigot("wind", phrases.toString());

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.errors())
        .startsWith("parigot.toml:1: phrases.wasm has over 64 MiB, which the platform doesn't");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDiskIsTold() {
    Ran ran = Ran.parigot("wind", EXAMPLES + "hello", "-o", "/dev/full");

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.errors()).startsWith("parigot: /dev/full can't be written: ");
  }

  @Test
  void servicesOfTwoAppsCallEachOther() throws IOException {
    Path phrases = app("words", "phrases");
    Path greeter = app("front", "greeter");
    Path app = folder.resolve("app.wasm");

    Ran ran = Ran.parigot("wind", greeter.toString(), phrases.toString(), "-o", app.toString());

    assertThat(ran.errors()).isEmpty();
    assertThat(ran.out()).startsWith(app + ": 2 services, ");
    WasmModule wound = WasmReader.read(Files.readAllBytes(app));
    WasmValidator.validate(wound);
    assertThat(wound.imports()).noneMatch(each -> each.module().startsWith("parigot:service/"));
    Ran apart = Ran.parigot("wind", greeter.toString(), "-o", app.toString());
    assertThat(apart.exit()).isEqualTo(1);
    assertThat(apart.errors())
        .startsWith("greeter (greeter.wasm): import section, offset 0x")
        .contains("it calls `phrases.pick`, but no such service exists");
  }

  @Test
  void aCallToAMethodThatTheOtherAppLacksIsToldWithItsFolder() throws IOException {
    Path greeter = app("front", "greeter");
    Path phrases = folder.resolve("words");
    Files.createDirectories(phrases);
    Files.copy(Path.of(EXAMPLES + "shop/build/stock.wasm"), phrases.resolve("stock.wasm"));
    Files.writeString(
        phrases.resolve("parigot.toml"), "[services.phrases]\nwasm = \"stock.wasm\"\n");

    Ran ran = Ran.parigot("wind", greeter.toString(), phrases.toString());

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.errors())
        .startsWith("greeter (" + greeter + "/greeter.wasm): import section, offset 0x")
        .contains("it calls `phrases.pick`, but no such method exists");
  }

  @Test
  void aServiceInTwoAppsIsToldWithBothPlaces() throws IOException {
    Path one = app("one", "phrases");
    Path two = app("two", "phrases");

    Ran ran = Ran.parigot("wind", one.toString(), two.toString());

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.errors())
        .startsWith(
            two
                + "/parigot.toml:1: there is a service `phrases` in "
                + one
                + "/parigot.toml:1 too. Rename one of them, or leave one of the apps out.");
  }

  @Test
  void mistakesInSeveralAppsAreToldAtOnce() throws IOException {
    Path one = app("one", "phrases");
    Files.write(one.resolve("phrases.wasm"), new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0, 1, 9});
    Path two = app("two", "greeter");
    Files.writeString(two.resolve("parigot.toml"), "[services.greeter]\nwasm = \"gone.wasm\"\n");

    Ran ran = Ran.parigot("wind", one.toString(), two.toString());

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.errors().lines())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .startsWith("phrases (" + one + "/phrases.wasm): type section, offset 0x9: "),
            line ->
                assertThat(line)
                    .isEqualTo(two + "/parigot.toml:1: there is no file gone.wasm; is it built?"),
            line -> assertThat(line).isEqualTo("parigot: 2 mistakes"));
  }

  /** An app of one service of examples/hello. */
  private Path app(String name, String service) throws IOException {
    Path app = Files.createDirectories(folder.resolve(name));
    Files.copy(
        Path.of(EXAMPLES + "hello/build/" + service + ".wasm"), app.resolve(service + ".wasm"));
    Files.writeString(
        app.resolve("parigot.toml"),
        "[services." + service + "]\nwasm = \"" + service + ".wasm\"\n");
    return app;
  }

  @Test
  void writesAFolderThatAStaticHostServes() throws IOException {
    Path html = folder.resolve("html");

    Ran ran = Ran.parigot("wind", EXAMPLES + "hello", "--html", html.toString());

    assertThat(ran.errors()).isEmpty();
    assertThat(ran.exit()).isZero();
    assertThat(ran.out()).startsWith(html + ": ").contains("serve it at the root of a host");
    assertThat(html.resolve("parigot-sw.js")).isRegularFile();
    assertThat(Files.readString(html.resolve("index.html"))).contains("<title>hello</title>");
    Ran again = Ran.parigot("wind", EXAMPLES + "hello", "--html", html.toString());
    assertThat(again.exit()).isZero();
  }

  @Test
  void whatItBeginsWithIsInTheFolder() throws IOException {
    Files.copy(Path.of(EXAMPLES + "hello/build/phrases.wasm"), folder.resolve("phrases.wasm"));
    Files.writeString(
        folder.resolve("data.json"), "{\"tea\": \"12\", \"leaf\": {\"base64\": \"AP8=\"}}");
    Files.writeString(
        folder.resolve("parigot.toml"),
        "[services.phrases]\nwasm = \"phrases.wasm\"\n[demo]\ndata = \"data.json\"\n");
    Path html = folder.resolve("html");

    Ran ran = Ran.parigot("wind", folder.toString(), "--html", html.toString());

    assertThat(ran.errors()).isEmpty();
    String page = Files.readString(html.resolve("index.html"));
    Matcher description =
        Pattern.compile("name=\"parigot-app\" content=\"([^\"]+)\"").matcher(page);
    assertThat(description.find()).isTrue();
    JsonNode data = JsonMapper.shared().readTree(html.resolve(description.group(1))).get("data");
    assertThat(data.get("tea").stringValue()).isEqualTo("12");
    assertThat(data.at("/leaf/base64").stringValue()).isEqualTo("AP8=");
  }

  @Test
  void aFolderOfSomethingElseIsLeftAlone() throws IOException {
    Files.writeString(folder.resolve("diary.txt"), "dear diary");

    Ran ran = Ran.parigot("wind", EXAMPLES + "hello", "--html", folder.toString());

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.errors()).contains(folder + " is no folder of an app, and not empty");
    assertThat(folder.resolve("index.html")).doesNotExist();
  }

  @Test
  void aPartOfAnAppIsNoFolderForAHost() {
    Ran ran =
        Ran.parigot("wind", EXAMPLES + "hello", "--html", folder.toString(), "--services=greeter");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.errors()).contains("--html takes one app as a whole");
  }
}
