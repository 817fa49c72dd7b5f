package dev.parigot.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.wasm.Reading;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Mutants of compiled modules: each is refused, or the engine loads it too and it ends. The seed of
 * each is its number; {@code suite.sh fuzz COUNT SEED} makes more of them, or one again.
 */
@Timeout(36_000)
class FuzzTest {
  private static final int SMALL = 64 << 10;
  private static final long COUNT = Long.getLong("parigot.fuzz", 2_000);
  private static final long FIRST = Long.getLong("parigot.fuzz.seed", 1);

  @Test
  void mutantsAreRefusedOrEnd() {
    List<byte[]> originals = Trial.modules(SMALL);
    try (Trial trial = new Trial()) {
      for (long seed = FIRST; seed < FIRST + COUNT; seed++) {
        byte[] mutant = Mutant.of(originals, new Random(seed));
        try {
          trial.read(mutant, COUNT == 1 ? 1 : 4);
        } catch (Throwable e) {
          throw new AssertionError(
              "`suite.sh fuzz 1 " + seed + "` does this again: " + Reading.hex(mutant), e);
        }
      }
      System.out.println("Mutants from seed " + FIRST + " on: " + trial);
      assertThat(trial.refused() + trial.accepted()).isEqualTo((int) COUNT);
    }
  }
}
