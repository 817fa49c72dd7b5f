package dev.parigot.history;

import java.util.ArrayList;
import java.util.List;

/** Holds a history to the contract: see DESIGN.md for what can be decided and what can't. */
public final class Checker {
  private Checker() {}

  /** Checks all of it; the same history gives the same. */
  public static Verdict check(History history) {
    List<Violation> violations = new ArrayList<>();
    List<String> undecided = new ArrayList<>();
    if (!history.complete()) {
      undecided.add("what came after the last event that it has room for");
    }
    violations.addAll(Instances.check(history));
    violations.addAll(Times.check(history));
    Deliveries deliveries = new Deliveries(history);
    violations.addAll(deliveries.check());
    if (history.alone()) {
      Values values = new Values(history);
      violations.addAll(values.check());
      undecided.addAll(values.undecided());
    } else {
      undecided.add("the store, and whether messages are lost: other nodes may have used them too");
    }
    return new Verdict(violations, undecided);
  }
}
