package dev.parigot.gateway;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Guesses which name was meant. */
final class Spelling {
  private static final int FAR = 2;

  private Spelling() {}

  /** The name that differs least, by two letters at most. */
  static Optional<String> nearest(String typed, Collection<String> names) {
    if (typed.length() > 64) {
      return Optional.empty();
    }
    return names.stream()
        .filter(name -> distance(typed, name) <= Math.min(FAR, name.length() - 1))
        .min(Comparator.comparingInt(name -> distance(typed, name)));
  }

  /** How many letters have to be added, left out or changed (Levenshtein). */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
