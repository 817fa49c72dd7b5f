package dev.parigot.timing;

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
  private final Set<Long> classes = new HashSet<>();
  private final Set<List<String>> orders = new HashSet<>();
  private int pairs;
  private int bothWays;

  void add(List<Step> steps) {
    Conflicts conflicts = new Conflicts(steps);
    Map<Integer, Long> tasks = new HashMap<>();
    long[] hashes = new long[steps.size()];
    long all = 0;
    for (int i = 0; i < hashes.length; i++) {
      Step step = steps.get(i);
      long past = tasks.getOrDefault(step.task(), 0L);
      for (int earlier : conflicts.before(i)) {
        past += mixed(hashes[earlier]);
        if (steps.get(earlier).task() != step.task()) {
          note(steps.get(earlier).point(), step.point());
        }
      }
      // Of all that happened before it.
      hashes[i] = mixed(step.point().hashCode() * 31L + past);
      tasks.put(step.task(), hashes[i]);
      all += mixed(hashes[i]);
    }
    classes.add(all);
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
