package dev.parigot.web.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GraphWalkTest {
  private static final ConsoleScript WALK = new ConsoleScript("graph-walk.js");

  /** web calls cart and stock; far, which nobody calls, stands below stock. */
  private static final String GRAPH =
      """
      {tiles: [{name: 'web', x: 0, y: 100}, {name: 'cart', x: 300, y: 90}, {name: 'stock', x: 300, y: 200},
               {name: 'far', x: 300, y: 400}],
       edges: [{from: 'web', to: 'cart'}, {from: 'web', to: 'stock'}]}\
      """;

  @AfterAll
  static void close() {
    WALK.close();
  }

  @ParameterizedTest
  @CsvSource({
    "web, ArrowRight, cart",
    "cart, ArrowLeft, web",
    "far, ArrowLeft, web",
    "cart, ArrowDown, stock",
    "stock, ArrowDown, far",
    "stock, ArrowUp, cart",
    "web, ArrowLeft, ''",
    "stock, Home, web",
    "web, End, far",
    "web, a, ''"
  })
  void aKeyLeadsToTheNearestTileThatItMeans(String from, String key, String to) {
    assertThat(WALK.call("nextTile", GRAPH, quoted(from), quoted(key))).isEqualTo('"' + to + '"');
  }

  private static String quoted(String text) {
    return "'" + text + "'";
  }
}
