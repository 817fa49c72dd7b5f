package dev.parigot.timing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;

/** Where faults could have happened in the runs of a program, and how often they did. */
final class Mishaps {
  private final Map<Fault, Map<String, Point>> points = new EnumMap<>(Fault.class);
  private final Map<Fault, Integer> most = new EnumMap<>(Fault.class);

  /** A step where a fault could happen, and whether it did. */
  record Chance(Step at, boolean struck) {}

  /**
   * @param seen how many runs came there
   * @param reads whether nothing changes there: an instance that ends before has done as much as
   *     one that ends before the step after it
   */
  private record Point(String name, boolean reads, int seen, int struck) {
    static Point of(Chance chance) {
      return new Point(chance.at().point(), Effect.reads(chance.at()), 1, chance.struck() ? 1 : 0);
    }

    Point and(Point other) {
      return new Point(name, reads, seen + other.seen, struck + other.struck);
    }

    int rank() {
      return struck + (reads ? 1 : 0);
    }
  }

  void add(Map<Fault, List<Chance>> run) {
    run.forEach((fault, chances) -> {
      most.merge(fault, chances.size(), Math::max);
      Map<String, Point> known = points.computeIfAbsent(fault, _ -> new LinkedHashMap<>());
      for (Chance chance : chances) {
        Point point = Point.of(chance);
        known.merge(point.name(), point, Point::and);
      }
    });
  }

  /** How often such a fault could have happened in a run, at most. */
  int chances(Fault fault) {
    return most.getOrDefault(fault, 0);
  }

  /**
   * That many points where it happened least often so far, of those the ones that most runs have.
   */
  List<String> leastStruck(Fault fault, int count, RandomGenerator random) {
    List<Point> all = new ArrayList<>(points.getOrDefault(fault, Map.of()).values());
    Collections.shuffle(all, Random.from(random));
    return all.stream()
        .sorted(
            Comparator.comparingInt(Point::rank)
                .thenComparing(Point::seen, Comparator.reverseOrder()))
        .limit(count)
        .map(Point::name)
        .toList();
  }
}
