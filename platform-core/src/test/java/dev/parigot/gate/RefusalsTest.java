package dev.parigot.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.problem.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefusalsTest {
  private static final String PAGE = "http://localhost:8080/apps/shop/tests/1";

  @Test
  void theStackOfATrapHasALineForEachFunction() {
    GateRun.Tested test =
        new GateRun.Tested(
            "t.test_it",
            3,
            "trapped: unreachable\n  at pay\n  at test_it",
            List.of("error t-1: test_it trapped\n  at pay"),
            5L);

    Problem refusal = Refusals.ofTests(List.of(test), PAGE);

    assertThat(refusal.details())
        .containsExactly(
            "t.test_it: trapped: unreachable",
            "  at pay",
            "  at test_it",
            "  error t-1: test_it trapped",
            "    at pay",
            "See what happened: " + PAGE);
  }
}
