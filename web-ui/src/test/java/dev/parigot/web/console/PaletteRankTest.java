package dev.parigot.web.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class PaletteRankTest {
  private static final ConsoleScript RANK = new ConsoleScript("palette-rank.js");

  @AfterAll
  static void close() {
    RANK.close();
  }

  @Test
  void whatBeginsLikeTheWordComesFirst() {
    assertThat(ranked("lo", "hello", "hello logs", "log in"))
        .isEqualTo("log in, hello logs, hello");
  }

  @Test
  void everyWordMustBeMeant() {
    assertThat(ranked("hello lo", "hello", "hello logs", "shop logs"))
        .isEqualTo("hello logs, hello");
  }

  @Test
  void lettersInOrderAreEnough() {
    assertThat(ranked("hllg", "hello logs", "shop logs")).isEqualTo("hello logs");
  }

  @Test
  void nothingTypedLeavesAllAsItIs() {
    assertThat(ranked("", "b", "a")).isEqualTo("b, a");
  }

  private static String ranked(String typed, String... labels) {
    String entries = "[{label: '" + String.join("'}, {label: '", labels) + "'}]";
    String json = RANK.call("rank", entries, "'" + typed + "'");
    return json.replaceAll("\\[?\\{\"label\":\"([^\"]*)\"}]?", "$1").replace(",", ", ");
  }
}
