package dev.parigot.contract;

import static java.util.stream.Collectors.joining;

import java.util.List;

/** A valid module that breaks the contract: every violation at once. */
public final class ContractViolated extends RuntimeException {
  private final transient List<Violation> violations;

  ContractViolated(List<Violation> violations) {
    super(violations.stream().map(Violation::toString).collect(joining("\n")));
    this.violations = List.copyOf(violations);
  }

  /** In the order of their offsets; never empty. */
  public List<Violation> violations() {
    return violations;
  }
}
