package dev.parigot.timing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The pairs of steps in conflict of earlier runs, to be turned: what came second comes first, and
 * all before stays as it was. A bug that takes few pairs in an unusual order is that many turns
 * away from the plain order, however long the way is for those who choose step by step.
 */
final class Turns {
  private static final int MOST_BASES = 400;

  /** A pair that was turned so often and came in its order all the same can't be turned. */
  private static final int MOST_TRIES = 2;

  /** So many runs are looked at for a pair that was not turned in them. */
  private static final int LOOKS = 4;

  private final List<Base> bases = new ArrayList<>();
  private final Set<Long> classes = new HashSet<>();

  /** The pairs that were seen in that order, with the first run where. */
  private final Map<Conflicts.Pair, Base> seen = new LinkedHashMap<>();

  private final Map<Conflicts.Pair, Integer> tries = new HashMap<>();

  /** The plain run, or one that is some turns away from it. */
  private static final class Base {
    private final List<Choice> choices;
    private final List<Conflicts.Pair> pairs;
    private final Set<Conflicts.Pair> turned = new HashSet<>();

    Base(Lesson lesson) {
      this.choices = lesson.run().choices();
      this.pairs = List.copyOf(lesson.seen().orders());
    }

    Turn turn(Conflicts.Pair pair) {
      return new Turn(this, pair);
    }

    List<Conflicts.Pair> left() {
      return pairs.stream().filter(pair -> !turned.contains(pair)).toList();
    }
  }

  /** One more turn in a run. */
  static final class Turn {
    private final Base base;
    private final Conflicts.Pair pair;

    private Turn(Base base, Conflicts.Pair pair) {
      this.base = base;
      this.pair = pair;
    }

    Strategy strategy() {
      return new Held(new Replay(base.choices), List.of(pair.turned()));
    }
  }

  void add(Lesson lesson) {
    Turn turn = lesson.plan().turn();
    if (turn != null) {
      tries.merge(turn.pair, 1, Integer::sum);
      turn.base.turned.add(turn.pair);
    }
    boolean near = turn != null || bases.isEmpty();
    if (near && classes.add(lesson.seen().hash()) && bases.size() < MOST_BASES) {
      Base base = new Base(lesson);
      bases.add(base);
      base.pairs.forEach(pair -> seen.putIfAbsent(pair, base));
    }
  }

  /** Null if there is none left, as far as was looked. */
  @Nullable Turn next(RandomGenerator random) {
    if (random.nextBoolean()) {
      List<Conflicts.Pair> pairs = inOneOrderOnly();
      if (!pairs.isEmpty()) {
        Conflicts.Pair pair = pairs.get(random.nextInt(pairs.size()));
        Base base = seen.get(pair);
        return base == null ? null : base.turn(pair);
      }
    }
    for (int look = 0; look < LOOKS && !bases.isEmpty(); look++) {
      // Those that are fewer turns away came first.
      Base base = bases.get(Math.min(random.nextInt(bases.size()), random.nextInt(bases.size())));
      List<Conflicts.Pair> left = base.left();
      if (!left.isEmpty()) {
        return base.turn(left.get(random.nextInt(left.size())));
      }
    }
    return null;
  }

  /** Those of which the fewest tries were made to turn them. */
  private List<Conflicts.Pair> inOneOrderOnly() {
    List<Conflicts.Pair> pairs = new ArrayList<>();
    int fewest = MOST_TRIES - 1;
    for (Conflicts.Pair pair : seen.keySet()) {
      int count = tries.getOrDefault(pair, 0);
      if (count <= fewest && !seen.containsKey(pair.turned())) {
        if (count < fewest) {
          pairs.clear();
          fewest = count;
        }
        pairs.add(pair);
      }
    }
    return pairs;
  }
}
