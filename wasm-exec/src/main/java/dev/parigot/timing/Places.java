package dev.parigot.timing;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the tasks of a program were seen to share: places that one of them writes, and another one
 * reads or writes. The order of steps elsewhere made no difference to any run so far.
 */
final class Places {
  private final Map<Place, Use> uses = new HashMap<>();
  private final Set<String> prefixes = new LinkedHashSet<>();

  private record Place(Effect.Kind kind, String on) {}

  /**
   * @param strand of one of those that use it
   * @param others whether there are more
   */
  private record Use(String strand, boolean others, boolean written) {
    Use and(Use other) {
      return new Use(
          strand, others || other.others || !strand.equals(other.strand), written || other.written);
    }
  }

  static Places of(List<Step> steps) {
    Places places = new Places();
    for (Step step : steps) {
      Effect effect = Effect.of(step);
      if (effect.prefix()) {
        places.prefixes.add(effect.on());
      } else if (!effect.isAlone()) {
        places.uses.merge(place(effect), new Use(step.strand(), false, effect.writes()), Use::and);
      }
    }
    return places;
  }

  private static Place place(Effect effect) {
    return new Place(effect.kind(), effect.on());
  }

  void add(Places run) {
    run.uses.forEach((place, use) -> uses.merge(place, use, Use::and));
    prefixes.addAll(run.prefixes);
  }

  /** Whether the order of a step can matter, as far as is known; of new places nothing is. */
  boolean shared(Effect effect) {
    if (effect.isAlone()) {
      return false;
    }
    Use use = uses.get(place(effect));
    return use == null
        || effect.kind() == Effect.Kind.OTHER
        || effect.prefix()
        || use.written()
            && (use.others() || prefixes.stream().anyMatch(each -> effect.on().startsWith(each)));
  }
}
