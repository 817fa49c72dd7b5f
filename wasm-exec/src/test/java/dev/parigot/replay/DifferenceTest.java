package dev.parigot.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class DifferenceTest {
  @Test
  void whatIsTheSameHasNone() {
    assertThat(of("{\"a\": 1}", "{\"a\": 1}")).isEmpty();
  }

  @Test
  void ofJsonTheValuesThatDifferAreToldAmongTheirNeighbours() {
    assertThat(of("{\"a\":1,\"total\":490,\"b\":2}", "{\"a\":1,\"total\":500,\"b\":2}"))
        .containsExactly(
            "  {",
            "    \"a\" : 1,",
            "-   \"total\" : 490,",
            "+   \"total\" : 500,",
            "    \"b\" : 2",
            "  }");
  }

  @Test
  void ofTextTheLinesAreToldAndOfManyTheFirstOnes() {
    assertThat(of("a\nb\nc", "a\nc")).containsExactly("  a", "- b", "  c");
    assertThat(of("x\n".repeat(20), "")).hasSize(13).last().isEqualTo("- and 8 more lines");
    assertThat(of("y".repeat(300), "").getFirst()).isEqualTo("- " + "y".repeat(200) + " …");
  }

  @Test
  void whatLooksAlikeIsToldByItsBytes() {
    assertThat(of("a\n", "a"))
        .containsExactly("- 2 bytes, from the 2. on: 0a", "+ 1 bytes, from the 2. on: ");
    assertThat(of("{\"a\":1}", "{\"a\": 1}")).containsExactly("- {\"a\":1}", "+ {\"a\": 1}");
    assertThat(Difference.of(new byte[] {1, (byte) 0xff}, new byte[] {1, 2}))
        .containsExactly("- 2 bytes, from the 2. on: ff", "+ 2 bytes, from the 2. on: 02");
  }

  private static List<String> of(String recorded, String now) {
    return Difference.of(
        recorded.getBytes(StandardCharsets.UTF_8), now.getBytes(StandardCharsets.UTF_8));
  }
}
