package dev.parigot.timing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What schedules have tried. Two that differ in the order of steps without conflict alone are of
 * one class: no program can tell them apart.
 */
final class Coverage {
  /** A step that accesses something, and the hash of all that happened before it. */
  private record Past(Step step, Effect effect, long hash) {}

  private final Set<Long> classes = new HashSet<>();
  private final Set<List<String>> orders = new HashSet<>();
  private int pairs;
  private int bothWays;

  void add(List<Step> steps) {
    Map<Integer, Long> tasks = new HashMap<>();
    List<Past> accesses = new ArrayList<>();
    long all = 0;
    for (Step step : steps) {
      long hash = mixed(step.point().hashCode() * 31L + tasks.getOrDefault(step.task(), 0L));
      Effect effect = Effect.of(step);
      if (effect.kind() != Effect.Kind.NONE) {
        hash = after(hash, step, effect, accesses);
        accesses.add(new Past(step, effect, hash));
      }
      tasks.put(step.task(), hash);
      all += mixed(hash);
    }
    classes.add(all);
  }

  /** Goes back to the write before it: what happened earlier is in that one's hash. */
  private long after(long own, Step step, Effect effect, List<Past> accesses) {
    long hash = own;
    for (Past past : accesses.reversed()) {
      if (!effect.conflictsWith(past.effect())) {
        continue;
      }
      hash += mixed(past.hash());
      if (past.step().task() != step.task()) {
        note(past.step().point(), step.point());
      }
      boolean covers =
          past.effect().writes()
              && !effect.prefix()
              && past.effect().kind() == effect.kind()
              && past.effect().on().equals(effect.on());
      if (covers) {
        break;
      }
    }
    return mixed(hash);
  }

  private void note(String first, String second) {
    if (orders.add(List.of(first, second))) {
      boolean other = orders.contains(List.of(second, first));
      pairs += other ? 0 : 1;
      bothWays += other ? 1 : 0;
    }
  }

  private static long mixed(long value) {
    long mixed = (value ^ value >>> 32) * 0x9e3779b97f4a7c15L;
    return mixed ^ mixed >>> 29;
  }

  /** How many classes of schedules have been tried. */
  int classes() {
    return classes.size();
  }

  /** How many pairs of steps in conflict came one after the other. */
  int pairs() {
    return pairs;
  }

  /** How many of them did so in both orders. */
  int bothWays() {
    return bothWays;
  }
}
