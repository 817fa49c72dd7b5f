package dev.parigot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {
  private static final String EXAMPLES = "../examples/";

  @TempDir private Path folder;

  @Test
  void printsTheServicesCalleesFirst() {
    Ran ran = Ran.parigot("check", EXAMPLES + "hello");

    assertThat(ran.exit()).isZero();
    assertThat(ran.out())
        .isEqualTo(
            """
            hello: 2 services
              phrases  service, private: pick
              greeter  service: greet
                         calls phrases.pick
            """);
    assertThat(ran.errors()).isEmpty();
  }

  @Test
  void theShopIsRight() {
    Ran ran = Ran.parigot("check", EXAMPLES + "shop");

    assertThat(ran.exit()).isZero();
    assertThat(ran.out()).contains("shop: 6 services", "  cart ", "stock.");
  }

  @Test
  void tellsEveryMistakeWithItsPlace() throws IOException {
    byte[] greeter = Files.readAllBytes(Path.of(EXAMPLES + "hello/build/greeter.wasm"));
    Files.write(folder.resolve("greeter.wasm"), greeter);
    Files.write(folder.resolve("torn.wasm"), Arrays.copyOf(greeter, 100));
    manifest(
        """
        [services.greeter]
        wasm = "greeter.wasm"
        pubic = true

        [services.torn]
        wasm = "torn.wasm"

        [services.lost]
        wasm = "lost.wasm"

        [site]
        dir = "site"
        """);

    Ran ran = Ran.parigot("check", folder.toString());

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.errors().lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("parigot.toml:3:1: ").contains("pubic", "public"),
            line -> assertThat(line).startsWith("torn.wasm: offset 0x"),
            line -> assertThat(line).startsWith("parigot.toml:8: there is no file lost.wasm"),
            line -> assertThat(line).contains("the site's folder site has no files"),
            line -> assertThat(line).startsWith("greeter.wasm: offset 0x").contains("phrases"),
            line -> assertThat(line).isEqualTo("parigot: 5 mistakes"));
  }

  @Test
  void aModuleThatNeedsMoreMemoryThanItMayHaveIsAMistake() throws IOException {
    Files.copy(Path.of(EXAMPLES + "hello/build/phrases.wasm"), folder.resolve("phrases.wasm"));
    manifest(
        """
        [services.phrases]
        wasm = "phrases.wasm"
        memory = "64KiB"
        """);

    Ran ran = Ran.parigot("check", folder.toString());

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.errors()).startsWith("phrases.wasm: ").contains("memory");
  }

  @Test
  void aFolderWithoutAManifestIsAMistake() {
    Ran ran = Ran.parigot("check", folder.toString());

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.errors()).contains("there is no parigot.toml in " + folder);
  }

  @Test
  void aFolderThatIsNotThereIsAMistake() {
    Ran ran = Ran.parigot("check", folder.resolve("gone").toString());

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.errors())
        .isEqualTo("parigot: there is no folder " + folder.resolve("gone") + "\n");
  }

  @Test
  void anUnknownOptionIsWrongUsage() {
    Ran ran = Ran.parigot("check", "--fast");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.errors()).contains("--fast");
  }

  private void manifest(String toml) throws IOException {
    Files.writeString(folder.resolve("parigot.toml"), toml);
  }
}
