package dev.parigot.cli;

import dev.parigot.timing.Choice;
import dev.parigot.timing.Step;
import java.io.PrintWriter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The steps of a run, one a line: {@code >} before one that is not the next in the plain order,
 * {@code *} before the two whose order decides.
 *
 * @param whole if not, calls that have nothing to do with either are only counted
 */
record RunLines(List<Step> steps, List<Choice> choices, List<Step> pair, boolean whole) {
  void print(PrintWriter out) {
    Set<String> switches =
        choices.stream()
            .filter(Choice.Switch.class::isInstance)
            .map(choice -> ((Choice.Switch) choice).next())
            .collect(Collectors.toSet());
    Set<String> strands = whole ? Set.of() : strands();
    int left = 0;
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      if (!whole && !strands.contains(step.strand())) {
        left++;
        continue;
      }
      printLeft(left, out);
      left = 0;
      out.println(
          "    %s%s%4d  %s"
              .formatted(
                  switches.contains(step.point()) ? ">" : " ",
                  pair.contains(step) ? "*" : " ",
                  i + 1,
                  Printable.of(step.toString())));
    }
    printLeft(left, out);
  }

  private static void printLeft(int count, PrintWriter out) {
    if (count > 0) {
      out.println("         …  " + Overview.counted(count, "step") + " of other calls");
    }
  }

  /** Those of the test, of the pair, and where the run leaves the plain order. */
  private Set<String> strands() {
    Set<String> points = new HashSet<>();
    for (Choice choice : choices) {
      switch (choice) {
        case Choice.Switch(String instead, String next) -> {
          points.add(instead);
          points.add(next);
        }
        case Choice.Strike(var _, String at) -> points.add(at);
      }
    }
    pair.forEach(step -> points.add(step.point()));
    return steps.stream()
        .filter(step -> points.contains(step.point()) || !step.strand().contains(" > "))
        .map(Step::strand)
        .collect(Collectors.toSet());
  }
}
