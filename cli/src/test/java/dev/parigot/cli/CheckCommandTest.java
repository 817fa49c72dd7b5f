package dev.parigot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    assertThat(ran.out())
        .contains(
            "shop: 7 services",
            "  cart ",
            "stock.",
            "account  service, for users who are signed in: orders");
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
            line -> assertThat(line).startsWith("torn (torn.wasm): import section, offset 0x"),
            line -> assertThat(line).startsWith("parigot.toml:8: there is no file lost.wasm"),
            line -> assertThat(line).contains("the site's folder site has no files"),
            line ->
                assertThat(line)
                    .startsWith("greeter (greeter.wasm): import section, offset 0x")
                    .contains("phrases"),
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
    assertThat(ran.errors())
        .startsWith("phrases (phrases.wasm): memory section: the module begins with ")
        .contains("but may have 64 KiB. Allow it more with `memory`");
  }

  @Test
  void startingDataOfDemosIsReadToo() throws IOException {
    Files.copy(Path.of(EXAMPLES + "hello/build/phrases.wasm"), folder.resolve("phrases.wasm"));
    Files.writeString(folder.resolve("data.json"), "{\n  \"tea\": 12\n}");
    manifest(
        """
        [services.phrases]
        wasm = "phrases.wasm"

        [demo]
        data = "data.json"
        """);

    Ran wrong = Ran.parigot("check", folder.toString());
    Files.delete(folder.resolve("data.json"));
    Ran missing = Ran.parigot("check", folder.toString());

    assertThat(wrong.exit()).isEqualTo(1);
    assertThat(wrong.errors())
        .startsWith("data.json:2:10: The value of \"tea\" is neither text nor bytes. Expected a");
    assertThat(missing.errors()).startsWith("parigot.toml:4: there is no file data.json");
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
    assertThat(ran.errors())
        .isEqualTo(
            """
            parigot: Unknown option: '--fast'
            parigot check --help tells how it is used.
            """);
  }

  /** One function of that body, called {@code total} by the name section. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "6000017e | 41010b   | offset 0x1a: in function `total`: end needs i64, but the operand is i32. Build it anew; ",
        "600000   | 6a1a0b   | offset 0x17: in function `total`: i32.add needs i32, but there is no operand left in its block. ",
        "600000   | 41010b   | offset 0x19: in function `total`: end leaves 1 more operands on the stack than its block has results. ",
        "60017f00 | 42012100 0b | offset 0x1a: in function `total`: local.set needs i32, but the operand is i64. ",
        "600000   | 42011000 10ff0b | offset 0x1c: in function `total`: function 1535 is out of range: there are 1. ",
        "600000   | 20030b   | offset 0x18: in function `total`: local 3 is out of range: there is none. ",
        "600000   | 12000b   | offset 0x17: in function `total`: return_call belongs to the tail calls proposal, which is not supported. Compile without it.",
      })
  void aMistakeInAFunctionIsToldWithItsName(String type, String body, String mistake)
      throws IOException {
    String code = "00" + body.replace(" ", "");
    String module =
        "0061736d01000000"
            + section("01", "01" + type)
            + section("03", "0100")
            + section("0a", "01" + sized(code))
            + section("00", "046e616d65" + "01" + sized("010005746f74616c"));
    assertThat(checked(HexFormat.of().parseHex(module)))
        .startsWith("part (part.wasm): code section, " + mistake);
  }

  @ParameterizedTest
  @CsvSource({
    "'', the file is empty",
    "<!DOCTYPE html>, this is no WASM file",
    "(module), this is WebAssembly's text format. Make it binary",
    "version https://git-lfs.github.com/spec/v1, this is a pointer of Git LFS",
  })
  void whatIsTakenForAModuleByMistakeIsToldApart(String content, String mistake)
      throws IOException {
    assertThat(checked(content.getBytes(StandardCharsets.UTF_8)))
        .startsWith("part (part.wasm): offset 0x0: " + mistake);
  }

  private String checked(byte[] module) throws IOException {
    Files.write(folder.resolve("part.wasm"), module);
    manifest(
        """
        [services.part]
        wasm = "part.wasm"
        """);
    Ran ran = Ran.parigot("check", folder.toString());
    assertThat(ran.exit()).isEqualTo(1);
    return ran.errors();
  }

  private static String section(String id, String content) {
    return id + sized(content);
  }

  private static String sized(String content) {
    return HexFormat.of().toHexDigits((byte) (content.length() / 2)) + content;
  }

  private void manifest(String toml) throws IOException {
    Files.writeString(folder.resolve("parigot.toml"), toml);
  }
}
