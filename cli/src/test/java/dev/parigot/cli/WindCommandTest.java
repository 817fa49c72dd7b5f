package dev.parigot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.wasm.Import;
import dev.parigot.wasm.WasmModule;
import dev.parigot.wasm.WasmReader;
import dev.parigot.wasm.WasmValidator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
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
    assertThat(ran.errors()).isEqualToIgnoringNewLines("parigot: there is no service greter");
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
