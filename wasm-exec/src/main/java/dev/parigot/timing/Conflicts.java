package dev.parigot.timing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Which steps of a run are in conflict: a run in which none of those change places is the same. */
final class Conflicts {
  private final List<Step> steps;
  private final List<Effect> effects;

  Conflicts(List<Step> steps) {
    this.steps = steps;
    this.effects = steps.stream().map(Effect::of).toList();
  }

  /** Two steps of different tasks, told by {@link Step#point}, in their order. */
  record Pair(String first, String second) {
    Pair turned() {
      return new Pair(second, first);
    }
  }

  Effect effect(int index) {
    return effects.get(index);
  }

  /**
   * The earlier steps that one is in conflict with, the last one first, back to a write of the same
   * place: all that was before is before that one too.
   */
  List<Integer> before(int index) {
    Effect effect = effects.get(index);
    List<Integer> before = new ArrayList<>();
    if (effect.isAlone()) {
      return before;
    }
    for (int i = index - 1; i >= 0; i--) {
      if (effect.conflictsWith(effects.get(i))) {
        before.add(i);
        if (effects.get(i).covers(effect)) {
          break;
        }
      }
    }
    return before;
  }

  /** Those pairs of which all others of the run follow. */
  List<Pair> pairs() {
    Set<Pair> seen = new HashSet<>();
    return IntStream.range(0, steps.size())
        .boxed()
        .flatMap(index ->
            before(index).stream()
                .filter(earlier -> steps.get(earlier).task() != steps.get(index).task())
                .map(earlier -> new Pair(steps.get(earlier).point(), steps.get(index).point())))
        .filter(seen::add)
        .toList();
  }
}
