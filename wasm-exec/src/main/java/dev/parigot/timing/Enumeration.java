package dev.parigot.timing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Every order of a program, but of those that no program can tell apart one: depth first, going
 * back to choices where a later step in conflict could have come first (source sets: Abdulla and
 * others, 2014), with sleep sets (Godefroid, 1996) against orders that were tried elsewhere.
 */
final class Enumeration implements Strategy {
  /** A choice of the order that is being tried. */
  private static final class Node {
    private final int at;
    private final List<Step> enabled;

    /** Steps that lead only to orders that were tried, by their points. */
    private final Map<String, Step> asleep;

    private final Set<String> wanted = new HashSet<>();
    private Step chosen;

    Node(int at, List<Step> enabled, Map<String, Step> asleep, Step chosen) {
      this.at = at;
      this.enabled = List.copyOf(enabled);
      this.asleep = new HashMap<>(asleep);
      this.chosen = chosen;
      this.wanted.add(chosen.point());
    }

    /** One of those strands should be tried here first; if none of them can, each that can. */
    void wantOneOf(Set<String> strands) {
      List<String> points =
          enabled.stream()
              .filter(step -> strands.contains(step.strand()))
              .map(Step::point)
              .toList();
      if (points.isEmpty()) {
        enabled.forEach(step -> wanted.add(step.point()));
      } else if (points.stream().noneMatch(wanted::contains)) {
        wanted.add(points.getFirst());
      }
    }

    /** Goes on to the next one that should be tried; answers false if there is none. */
    boolean next() {
      asleep.put(chosen.point(), chosen);
      for (Step step : enabled) {
        if (wanted.contains(step.point()) && !asleep.containsKey(step.point())) {
          chosen = step;
          return true;
        }
      }
      return false;
    }
  }

  private final Set<String> services;
  private final List<Node> path = new ArrayList<>();
  private Map<String, Step> asleep = new HashMap<>();
  private int count;
  private int depth;
  private int last;
  private boolean redundant;

  /**
   * @param services whose steps are reordered; empty for all
   */
  Enumeration(Set<String> services) {
    this.services = services;
  }

  /** Whether the order that was tried turned out to be one that differs from none before. */
  boolean redundant() {
    return redundant;
  }

  @Override
  public int choose(List<Step> enabled) {
    int chosen = chosen(enabled);
    Step step = enabled.get(chosen);
    redundant |= asleep.containsKey(step.point());
    wakeThoseInConflictWith(step);
    last = step.task();
    count++;
    return chosen;
  }

  private int chosen(List<Step> enabled) {
    if (enabled.size() == 1) {
      return 0;
    }
    int atOnce = Focus.atOnce(enabled, services);
    if (atOnce >= 0) {
      return atOnce;
    }
    if (redundant) {
      return Strategy.plainly(enabled, last);
    }
    Node node;
    if (depth < path.size()) {
      node = path.get(depth);
    } else {
      List<Step> awake =
          enabled.stream().filter(step -> !asleep.containsKey(step.point())).toList();
      if (awake.isEmpty()) {
        return Strategy.plainly(enabled, last);
      }
      node = new Node(count, enabled, asleep, awake.get(Strategy.plainly(awake, last)));
      path.add(node);
    }
    depth++;
    asleep = new HashMap<>(node.asleep);
    return enabled.stream().map(Step::point).toList().indexOf(node.chosen.point());
  }

  private void wakeThoseInConflictWith(Step step) {
    Effect effect = Effect.of(step);
    asleep
        .values()
        .removeIf(
            each -> each.strand().equals(step.strand()) || Effect.of(each).conflictsWith(effect));
  }

  /**
   * Makes ready for the next order; answers false if all were tried.
   *
   * @param steps as the last order had them, without faults
   */
  boolean advance(List<Step> steps) {
    wantWhatCouldHaveComeBefore(steps);
    asleep = new HashMap<>();
    count = 0;
    depth = 0;
    last = 0;
    redundant = false;
    while (!path.isEmpty() && !path.getLast().next()) {
      path.removeLast();
    }
    return !path.isEmpty();
  }

  private void wantWhatCouldHaveComeBefore(List<Step> steps) {
    List<Effect> effects = steps.stream().map(Effect::of).toList();
    for (Node node : path) {
      // What is known to come after the step that was chosen there, and what need not.
      Set<Integer> after = new HashSet<>(Set.of(node.at));
      List<Integer> free = new ArrayList<>();
      for (int i = node.at + 1; i < steps.size(); i++) {
        int later = i;
        boolean follows = after.stream().anyMatch(each -> ordered(steps, effects, each, later));
        if (follows && isRace(steps, effects, node.at, after, later)) {
          node.wantOneOf(initials(steps, effects, free, later));
        }
        if (follows) {
          after.add(later);
        } else {
          free.add(later);
        }
      }
    }
  }

  /** Whether nothing but the conflict of the two has one come after the other. */
  private static boolean isRace(
      List<Step> steps, List<Effect> effects, int first, Set<Integer> after, int second) {
    return steps.get(first).task() != steps.get(second).task()
        && effects.get(first).conflictsWith(effects.get(second))
        && after.stream().noneMatch(each -> each != first && ordered(steps, effects, each, second));
  }

  private static boolean ordered(List<Step> steps, List<Effect> effects, int first, int second) {
    return steps.get(first).task() == steps.get(second).task()
        || effects.get(first).conflictsWith(effects.get(second));
  }

  /** The strands that could begin a run of those steps and then the last one. */
  private static Set<String> initials(
      List<Step> steps, List<Effect> effects, List<Integer> free, int last) {
    List<Integer> all = new ArrayList<>(free);
    all.add(last);
    Set<String> strands = new HashSet<>();
    for (int i = 0; i < all.size(); i++) {
      int each = all.get(i);
      if (all.subList(0, i).stream().noneMatch(before -> ordered(steps, effects, before, each))) {
        strands.add(steps.get(each).strand());
      }
    }
    return strands;
  }
}
