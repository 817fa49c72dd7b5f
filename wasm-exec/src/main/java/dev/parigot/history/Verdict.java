package dev.parigot.history;

import java.util.List;

/**
 * What a check of a history has found.
 *
 * @param undecided what could not be checked, a sentence each
 */
public record Verdict(List<Violation> violations, List<String> undecided) {
  public Verdict {
    violations = List.copyOf(violations);
    undecided = List.copyOf(undecided);
  }
}
