package dev.parigot.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.timing.Seed;
import dev.parigot.timing.Strategy;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs whose instances begin anew are the same, to the byte, as runs whose instances are new. */
class RepeatedRunsTest {
  private static final int SEEDS = 10;

  @ParameterizedTest
  @ValueSource(
      strings = {"race", "evil/s1", "evil/s2", "evil/s4", "evil/h9", "evil/h12", "evil/h13"})
  void instancesThatBeginAnewAreAsNewOnes(String app) throws InterruptedException {
    Path folder = Path.of("src/test/resources/apps").resolve(app);
    try (TestSuite repeating = ExampleApp.variant(folder, "buggy.wasm").tests();
        TestSuite making = ExampleApp.variant(folder, "buggy.wasm").tests()) {
      making.close(); // From now on it keeps none.
      for (TestMethod test : tests(repeating)) {
        for (long seed = 1; seed <= SEEDS; seed++) {
          assertThat(run(repeating, test, seed)).isEqualTo(run(making, test, seed));
        }
      }
    }
  }

  /** One that computes without end takes as long as it is given. */
  private static List<TestMethod> tests(TestSuite suite) {
    return suite.tests().stream().filter(test -> !test.method().equals("test_loop")).toList();
  }

  private static TestReport run(TestSuite suite, TestMethod test, long seed)
      throws InterruptedException {
    Strategy strategy = Strategy.random(new Seed(seed).generator());
    return suite.run(test, new Seed(seed), strategy);
  }
}
