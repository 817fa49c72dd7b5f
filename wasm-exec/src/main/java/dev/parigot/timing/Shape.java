package dev.parigot.timing;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** What is known of a program from its runs. All that strategies know of it is from here. */
final class Shape {
  /** How large runs are to a strategy that is asked of certain steps. */
  private static final class Size {
    private int choices = 1;
    private final Map<String, Integer> steps = new HashMap<>();
  }

  private final Map<Focus.Breadth, Size> sizes = new EnumMap<>(Focus.Breadth.class);
  private final Places places = new Places();
  private final Turns turns = new Turns();
  private final Mishaps mishaps = new Mishaps();

  private Size size(Focus.Breadth breadth) {
    return sizes.getOrDefault(breadth, new Size());
  }

  /** How often somebody had to choose, at most. */
  int choices(Focus.Breadth breadth) {
    return size(breadth).choices;
  }

  /** How many steps a strand has, at most; 1 if it was never seen. */
  int steps(Focus.Breadth breadth, String strand) {
    return size(breadth).steps.getOrDefault(strand, 1);
  }

  Places places() {
    return places;
  }

  Turns turns() {
    return turns;
  }

  Mishaps mishaps() {
    return mishaps;
  }

  void learn(Lesson lesson) {
    Size size = sizes.computeIfAbsent(lesson.plan().breadth(), _ -> new Size());
    size.choices = Math.max(size.choices, lesson.choices());
    lesson.asked().forEach((strand, count) -> size.steps.merge(strand, count, Math::max));
    places.add(lesson.places());
    turns.add(lesson);
    mishaps.add(lesson.chances());
  }
}
