package dev.parigot.timing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.timing.Explorer.Exploration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every order is tried that differs to a program, and each once. */
class EnumerationTest {
  /** More than enough for each order of eight calls: none had new ones after the first thousand. */
  private static final int SCHEDULES = 6_000;

  static Stream<Map<String, List<String>>> programs() {
    return Stream.of(
        Map.of("a", List.of("r x", "w x"), "b", List.of("r x", "w x"), "c", List.of("r x")),
        Map.of("a", List.of("w x", "w y"), "b", List.of("r y", "r x"), "c", List.of("w x", "r y")),
        Map.of(
            "a", List.of("r x", "w y"),
            "b", List.of("r y", "w z"),
            "c", List.of("r z", "w x"),
            "d", List.of("w y", "w 1")));
  }

  @ParameterizedTest
  @MethodSource("programs")
  void itTriesWhatThousandsOfRandomOrdersCanShow(Map<String, List<String>> program)
      throws InterruptedException {
    Trial trial = ExplorerTest.program(_ -> false, program);
    Set<Long> seen = new HashSet<>();
    for (int number = 0; number < SCHEDULES; number++) {
      Strategy strategy = Strategy.random(new Seed(number).generator());
      seen.add(Coverage.Seen.of(trial.run(strategy).steps()).hash());
    }

    Enumeration enumeration = new Enumeration(Set.of());
    Set<Long> tried = new HashSet<>();
    boolean left = true;
    while (left) {
      List<Step> steps = trial.run(enumeration).steps();
      boolean another = tried.add(Coverage.Seen.of(steps).hash());
      assertThat(another).isNotEqualTo(enumeration.redundant());
      left = enumeration.advance(steps);
    }

    assertThat(tried).isEqualTo(seen);
  }

  @Test
  void whatWasTriedIsToldToBeAll() throws InterruptedException {
    Trial trial =
        ExplorerTest.program(
            _ -> false, Map.of("a", List.of("r x", "w x"), "b", List.of("r x", "w x")));
    Explorer explorer = new Explorer(StrategyKind.EXHAUSTIVE, new Seed(1), Set.of(), Map.of());

    Exploration all = explorer.explore(trial, 100, _ -> true);
    Exploration some = explorer.explore(trial, 3, _ -> true);

    assertThat(all.complete()).isTrue();
    assertThat(all.classes()).isEqualTo(4);
    assertThat(some.complete()).isFalse();
  }

  /** Noise that conflicts with nothing costs no schedules. */
  @Test
  void stepsWithoutConflictAreNotReordered() throws InterruptedException {
    Trial trial =
        ExplorerTest.program(
            _ -> false,
            Map.of(
                "a", List.of("r x", "w x"),
                "b", List.of("w x"),
                "c", List.of("w 1", "w 1", "w 1", "w 1"),
                "d", List.of("w 2", "w 2", "w 2", "w 2")));
    Exploration all =
        new Explorer(StrategyKind.EXHAUSTIVE, new Seed(1), Set.of(), Map.of())
            .explore(trial, 100, _ -> true);

    assertThat(all.complete()).isTrue();
    assertThat(all.classes()).isEqualTo(3);
    assertThat(all.schedules()).isLessThan(6);
  }
}
