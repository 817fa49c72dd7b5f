package dev.parigot.manifest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.tomlj.TomlPosition;

/** Collects the mistakes of a manifest while it is read. */
final class Mistakes {
  private final List<Mistake> mistakes = new ArrayList<>();

  void add(TomlPosition at, String what, String next) {
    mistakes.add(new Mistake(at.line(), at.column(), what, next));
  }

  boolean isEmpty() {
    return mistakes.isEmpty();
  }

  /** By line. */
  List<Mistake> all() {
    return mistakes.stream()
        .sorted(Comparator.comparingInt(Mistake::line).thenComparingInt(Mistake::column))
        .toList();
  }
}
