package dev.parigot.picture;

import dev.parigot.timing.Fault;
import dev.parigot.timing.Step;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which steps have to do with a failure, by their points: the two that decide, how their tasks came
 * to be, the calls around them, what else uses their keys, faults, and the end. Where nothing
 * decides, all that others can tell.
 */
final class Concern {
  private static final String STRAND = " > ";

  private Concern() {}

  /**
   * @param pair the points of the two steps whose order decides; empty if none does
   */
  static Set<String> of(Steps steps, List<String> pair) {
    if (pair.isEmpty()) {
      return steps.drawn().stream()
          .filter(step -> !step.isQuiet())
          .map(Step::point)
          .collect(Collectors.toCollection(HashSet::new));
    }
    Set<String> points = new HashSet<>(pair);
    List<Step> decisive =
        steps.drawn().stream().filter(step -> pair.contains(step.point())).toList();
    Set<String> keys = decisive.stream().map(Step::key).collect(Collectors.toSet());
    Set<String> strands = new HashSet<>();
    decisive.forEach(step -> addAncestors(strands, step.strand()));
    int[] causes = Causes.of(steps);
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      boolean begins = step.nth() == 0 && strands.contains(step.strand());
      boolean sameKey = step.action().startsWith("parigot:kv ") && keys.contains(step.key());
      if (begins || sameKey || Fault.of(step).isPresent()) {
        points.add(step.point());
        if (causes[i] >= 0) {
          points.add(steps.get(causes[i]).point());
        }
      }
    }
    addCallsAround(points, steps, pair);
    steps.last().ifPresent(step -> points.add(step.point()));
    return points;
  }

  /** The strand, and those of the tasks that led to its beginning. */
  private static void addAncestors(Set<String> strands, String strand) {
    strands.add(strand);
    for (int end = strand.indexOf(STRAND); end >= 0; end = strand.indexOf(STRAND, end + 1)) {
      strands.add(strand.substring(0, end));
    }
  }

  private static void addCallsAround(Set<String> points, Steps steps, List<String> pair) {
    OpenCalls calls = new OpenCalls(steps);
    for (int i = 0; i < steps.size(); i++) {
      OpenCalls.Around around = calls.enter(i);
      if (pair.contains(steps.get(i).point())) {
        around.calls().forEach(call -> points.add(call.point()));
      }
    }
  }
}
