package dev.parigot.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceMapTest {
  private static final String DIGITS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  /** Where in the module of {@link #module} its two functions begin. */
  private static final int FIRST = 23;

  private static final int SECOND = 26;

  private record Mapping(long offset, int source, int line) {}

  @Test
  void aPlaceLeadsToTheLineOfTheLastMappingAheadOfIt() {
    SourceLines lines = lines("{'sources':['a.ts','b.ts'],'mappings':'uBAAA,CCEA,C'}");
    assertThat(lines.at(22)).isEmpty();
    assertThat(lines.at(23)).contains(new SourceLine("a.ts", 1));
    assertThat(lines.at(24)).contains(new SourceLine("b.ts", 3));
    assertThat(lines.at(25)).isEmpty();
  }

  @Test
  void whatHoldsAtAFunctionsEndDoesNotHoldForTheNextOne() {
    SourceLines lines = lines("{'sources':['a.ts'],'mappings':'uBAAA'}");
    assertThat(lines.at(SECOND - 1)).contains(new SourceLine("a.ts", 1));
    assertThat(lines.at(SECOND)).isEmpty();
  }

  @Test
  void sourcesLieUnderTheRoot() {
    SourceLines lines = lines("{'sourceRoot':'src','sources':['a.ts'],'mappings':'uBAAA'}");
    assertThat(lines.at(FIRST)).contains(new SourceLine("src/a.ts", 1));
  }

  @Test
  void theRootThatAssemblyScriptMakesUpIsNoFolder() {
    SourceLines lines =
        SourceLines.of(
            module("./a.wasm.map"),
            _ ->
                Optional.of(
                    "{\"sourceRoot\":\"./a\",\"sources\":[\"x/a.ts\"],\"mappings\":\"uBAAA\"}"
                        .getBytes(UTF_8)));
    assertThat(lines.at(FIRST)).contains(new SourceLine("x/a.ts", 1));
  }

  @Test
  void aSourceWithoutANameHasNoLines() {
    SourceLines lines = lines("{'sources':[null,'b.ts'],'mappings':'uBAAA,CCAA'}");
    assertThat(lines.at(FIRST)).isEmpty();
    assertThat(lines.at(FIRST + 1)).contains(new SourceLine("b.ts", 1));
  }

  @Test
  void aMapMayLieInTheModuleItself() {
    String map = "{\"sources\":[\"a.ts\"],\"mappings\":\"uBAAA\"}";
    String url =
        "data:application/json;base64," + Base64.getEncoder().encodeToString(map.getBytes(UTF_8));
    assertThat(SourceLines.of(module(url)).at(FIRST)).contains(new SourceLine("a.ts", 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://example.org/a.map", "//example.org/a.map", "file:///a.map", "::"})
  void noMapIsFetched(String url) {
    List<String> asked = new ArrayList<>();
    SourceLines.of(
        module(url),
        name -> {
          asked.add(name);
          return Optional.empty();
        });
    assertThat(asked).isEmpty();
  }

  @Test
  void whatWasWrittenIsReadBack() {
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      List<Mapping> mappings = new ArrayList<>();
      long offset = FIRST;
      for (int i = 0; i < 40; i++) {
        mappings.add(new Mapping(offset, random.nextInt(3) - 1, random.nextInt(1 << 20)));
        offset += 1 + random.nextInt(1 << random.nextInt(1, 16));
      }
      SourceLines lines =
          lines("{'sources':['a.ts','b.ts'],'mappings':'" + written(mappings) + "'}");
      for (Mapping each : mappings) {
        assertThat(lines.at(each.offset))
            .as("seed %d", seed)
            .isEqualTo(
                each.source < 0
                    ? Optional.empty()
                    : Optional.of(
                        new SourceLine(each.source == 0 ? "a.ts" : "b.ts", each.line + 1)));
      }
    }
  }

  @Test
  void whatIsBrokenTellsWhatStandsAheadOfTheBreakAndHarmsNothing() {
    String map = "{'sources':['a.ts','b.ts'],'mappings':'uBAAA,CCEAA,CAAgggggggggA'}";
    assertThat(lines(map).at(FIRST + 1)).contains(new SourceLine("b.ts", 3));
    for (int seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      StringBuilder broken = new StringBuilder(map);
      for (int i = 0; i < 3; i++) {
        broken.setCharAt(random.nextInt(broken.length()), (char) random.nextInt(32, 127));
      }
      lines(broken.toString()).at(FIRST);
    }
    assertThat(SourceLines.of(module(new byte[] {(byte) 0x80})).isEmpty()).isTrue();
    assertThat(SourceLines.of(module(new byte[] {9, 'a'})).isEmpty()).isTrue();
  }

  /** Those of the module with that map, whose quotes are single ones here. */
  private static SourceLines lines(String map) {
    return SourceLines.of(
        module("a%20b.map"),
        name ->
            name.equals("a b.map")
                ? Optional.of(map.replace('\'', '"').getBytes(UTF_8))
                : Optional.empty());
  }

  private static byte[] module(String url) {
    ByteArrayOutputStream name = new ByteArrayOutputStream();
    byte[] bytes = url.getBytes(UTF_8);
    name.write(bytes.length);
    name.writeBytes(bytes);
    return module(name.toByteArray());
  }

  /** Two functions that do nothing, the first for an instruction longer, and the map's address. */
  private static byte[] module(byte[] section) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0});
    file.writeBytes(new byte[] {1, 4, 1, 0x60, 0, 0});
    file.writeBytes(new byte[] {3, 3, 2, 0, 0});
    file.writeBytes(new byte[] {10, 7, 2, 2, 0, 0x0b, 2, 0, 0x0b});
    byte[] name = "sourceMappingURL".getBytes(UTF_8);
    int length = 1 + name.length + section.length;
    file.write(0);
    file.write(length & 0x7f | 0x80);
    file.write(length >> 7);
    file.write(name.length);
    file.writeBytes(name);
    file.writeBytes(section);
    return file.toByteArray();
  }

  private static String written(List<Mapping> mappings) {
    StringBuilder text = new StringBuilder();
    Mapping before = new Mapping(0, 0, 0);
    for (Mapping each : mappings) {
      text.append(text.isEmpty() ? "" : ",").append(number(each.offset - before.offset));
      if (each.source < 0) {
        before = new Mapping(each.offset, before.source, before.line);
      } else {
        text.append(number(each.source - before.source))
            .append(number(each.line - before.line))
            .append(number(0));
        before = each;
      }
    }
    return text.toString();
  }

  private static String number(long value) {
    long rest = value < 0 ? -value << 1 | 1 : value << 1;
    StringBuilder digits = new StringBuilder();
    do {
      int digit = (int) (rest & 31);
      rest >>= 5;
      digits.append(DIGITS.charAt(rest == 0 ? digit : digit | 32));
    } while (rest != 0);
    return digits.toString();
  }
}
