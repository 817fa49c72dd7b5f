package dev.parigot.contract;

import java.util.List;
import java.util.Map;

/** The services of an app and the calls between them; synchronous calls form no cycle. */
public final class ServiceGraph {
  private ServiceGraph() {}

  /**
   * The graph of an app's services, by name.
   *
   * @throws BrokenGraph with every call that leads nowhere, and every cycle
   */
  public static ServiceGraph of(Map<String, Contract> services) {
    throw new AssertionError("skeleton");
  }

  /** As {@link #of(Map)}, with test modules, which may call services and are called by none. */
  public static ServiceGraph of(Map<String, Contract> services, Map<String, Contract> tests) {
    throw new AssertionError("skeleton");
  }

  /**
   * The services, each after those that it calls and waits for; else in the order they were given.
   */
  public List<String> order() {
    throw new AssertionError("skeleton");
  }

  /** The calls between services, in their order. */
  public List<Edge> edges() {
    throw new AssertionError("skeleton");
  }

  /** A call that {@code from} can make to another service. */
  public record Edge(String from, Dependency call) {}
}
