package dev.parigot.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.parigot.gateway.ClientTypes;
import dev.parigot.gateway.OwnFiles;
import dev.parigot.gateway.Routes;
import dev.parigot.manifest.Exposure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The client for an app's own pages, {@code /_parigot/client.js}. */
class ClientTest {
  private static final String CLIENT = "src/main/resources/dev/parigot/gateway/client.js";
  private static final int FEW_KIBIBYTES = 4 << 10;

  private static final Routes ROUTES =
      new Routes(
          List.of(
              new Routes.Declared(
                  "cart",
                  false,
                  new Exposure.Only(List.of("add", "view")),
                  List.of("add", "secret", "view", "http")),
              new Routes.Declared(
                  "sums", false, new Exposure.Everything(), List.of("add-up", "a\"b")),
              new Routes.Declared("stock", false, new Exposure.Nothing(), List.of("reserve"))),
          null);

  @TestFactory
  Stream<DynamicTest> itKeepsWhatItPromises() throws IOException, InterruptedException {
    List<String> told = Node.run("run-client.mjs", CLIENT);
    assertThat(told).hasSizeGreaterThan(15);
    return told.stream()
        .map(JsonMapper.shared()::readTree)
        .map(each ->
            dynamicTest(
                each.get("case").stringValue(),
                () -> assertThat(each.get("failure").stringValue(null)).isNull()));
  }

  @Test
  void itsTypesAreRight() throws IOException, InterruptedException {
    assertThat(Node.typeCheck(Node.SCRIPTS.resolve("tsconfig-client.json"))).isEmpty();
  }

  @Test
  void itIsAFewKibibytes() throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(OwnFiles.client());
    }
    assertThat(compressed.size()).isLessThan(FEW_KIBIBYTES);
  }

  @Test
  void anEditorKnowsTheServicesOfTheApp(@TempDir Path folder)
      throws IOException, InterruptedException {
    assertThat(
            complaints(
                folder,
                """
                import { service, channel, ParigotError } from '/_parigot/client.js';

                const quote = await service('cart').add({ sku: 'tea' }, { timeout: 1000 });
                console.log(quote.total, await service('sums')['add-up']());
                channel('stock').listen((left, { id }) => console.log(left.tea, id), { onError: error => console.log(error.code) })();
                try {
                  await service('cart').view();
                } catch (thrown) {
                  if (thrown instanceof ParigotError) console.log(thrown.status);
                }
                """))
        .isEmpty();
    assertThat(
            complaints(
                folder,
                """
                import { service } from '/_parigot/client.js';
                await service('stock').reserve();
                await service('cart').secret();
                """))
        .hasSizeGreaterThanOrEqualTo(2)
        .anyMatch(line -> line.contains("stock"))
        .anyMatch(line -> line.contains("secret"));
  }

  private static List<String> complaints(Path folder, String page)
      throws IOException, InterruptedException {
    Files.writeString(folder.resolve("parigot-client.d.ts"), ClientTypes.of(ROUTES));
    Files.writeString(folder.resolve("page.js"), page);
    Files.writeString(
        folder.resolve("tsconfig.json"),
        """
        {
          "compilerOptions": {
            "strict": true, "checkJs": true, "noEmit": true, "target": "ES2022", "module": "ES2022",
            "moduleResolution": "bundler", "types": [], "lib": ["ES2022", "DOM"],
            "paths": {"/_parigot/client.js": ["./parigot-client.d.ts"]}
          },
          "files": ["page.js"]
        }
        """);
    return Node.typeCheck(folder.resolve("tsconfig.json"));
  }
}
