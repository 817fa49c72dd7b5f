package dev.parigot.cli;

import dev.parigot.timing.Choice;
import dev.parigot.timing.Step;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The steps of a run, one a line: {@code >} before one that is not the next in the plain order,
 * {@code *} before the two whose order decides.
 */
record RunLines(List<Step> steps, List<Choice> choices, List<Step> pair) {
  void print(PrintWriter out) {
    Set<String> switches =
        choices.stream()
            .filter(Choice.Switch.class::isInstance)
            .map(choice -> ((Choice.Switch) choice).next())
            .collect(Collectors.toSet());
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      boolean decides = pair.contains(step);
      out.println(
          "    %s%s%4d  %s"
              .formatted(
                  switches.contains(step.point()) ? ">" : " ",
                  decides ? "*" : " ",
                  i + 1,
                  Printable.of(step.toString())));
    }
  }
}
