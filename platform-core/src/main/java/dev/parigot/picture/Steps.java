package dev.parigot.picture;

import dev.parigot.timing.Fault;
import dev.parigot.timing.Step;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The steps of a run as far as they are drawn.
 *
 * @param all how many the run has
 */
record Steps(List<Step> drawn, int all) {
  /** More rows than anybody looks at. */
  private static final int MOST = 1_000;

  static Steps of(List<Step> steps) {
    return new Steps(List.copyOf(steps.subList(0, Math.min(MOST, steps.size()))), steps.size());
  }

  int size() {
    return drawn.size();
  }

  Step get(int index) {
    return drawn.get(index);
  }

  /** Who took the step before of the same task; who takes this one, if it is the first. */
  String actorBefore(int index) {
    int task = get(index).task();
    List<Step> before = drawn.subList(0, index).reversed();
    return first(before, task).orElse(get(index)).actor();
  }

  /** The next step of the same task, if a service of that name takes it. */
  Optional<Step> after(int index, String service) {
    return first(drawn.subList(index + 1, size()), get(index).task())
        .filter(step -> step.service().equals(service));
  }

  private static Optional<Step> first(List<Step> steps, int task) {
    return steps.stream().filter(step -> step.task() == task).findFirst();
  }

  /** The step at which a fault happens: its key ends with it. */
  Optional<Step> struck(Step fault) {
    return drawn.stream()
        .filter(step -> step.task() == fault.task() && fault.key().endsWith(step.toString()))
        .findFirst();
  }

  /**
   * Where a step stands: at its instance. The beginning of a call stands at that which takes the
   * next step of the task, if it is its own, and a fault where it happens.
   */
  String place(int index) {
    Step step = get(index);
    Optional<Step> other =
        step.nth() == 0
            ? after(index, step.service())
            : Fault.of(step).isPresent() ? struck(step) : Optional.empty();
    return other.orElse(step).actor();
  }

  /** The last step of the task that the run began with. */
  Optional<Step> last() {
    return drawn.isEmpty() ? Optional.empty() : first(drawn.reversed(), drawn.getFirst().task());
  }

  /** The services in the order in which they come up. */
  List<String> services() {
    return Collections.unmodifiableList(drawn.stream().map(Step::service).distinct().toList());
  }
}
