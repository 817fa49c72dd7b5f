package dev.parigot.contract;

import static java.util.stream.Collectors.joining;

import java.util.List;

/** Services that don't fit together: every missing callee and every cycle at once. */
public final class BrokenGraph extends RuntimeException {
  private final transient List<Fault> faults;

  BrokenGraph(List<Fault> faults) {
    super(faults.stream().map(Fault::toString).collect(joining("\n")));
    this.faults = List.copyOf(faults);
  }

  /** Never empty. */
  public List<Fault> faults() {
    return faults;
  }

  /** What is wrong in the module of one service. */
  public record Fault(String service, Violation violation) {
    @Override
    public String toString() {
      return service + ": " + violation;
    }
  }
}
