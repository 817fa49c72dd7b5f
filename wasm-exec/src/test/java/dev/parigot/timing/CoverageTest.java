package dev.parigot.timing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CoverageTest {
  private static final Step ONE = step(1, "a", "parigot:kv get");
  private static final Step OTHER = step(2, "b", "parigot:kv put");

  private static Step step(int task, String strand, String action) {
    return new Step(task, strand, strand + "-1", strand + ".m", action, "n", 1);
  }

  private static Coverage.Seen seen(Step... steps) {
    return Coverage.Seen.of(List.of(steps));
  }

  @Test
  void whatWasKeptCountsWithWhatComesLater() {
    Coverage before = new Coverage();
    before.add(seen(ONE, OTHER));

    Coverage later = Coverage.of(before.kept());
    later.add(seen(ONE, OTHER));
    assertThat(later.classes()).hasSize(1);
    assertThat(later.bothWays()).isZero();
    later.add(seen(OTHER, ONE));

    assertThat(later.classes()).hasSize(2);
    assertThat(later.pairs()).isEqualTo(1);
    assertThat(later.bothWays()).isEqualTo(1);
    assertThat(Coverage.of(later.kept()).bothWays()).isEqualTo(1);
  }

  @Test
  void nothingIsKeptOfNothing() {
    assertThat(Coverage.of(new Coverage().kept()).classes()).isEmpty();
    assertThat(Coverage.of(new byte[0]).classes()).isEmpty();
  }
}
