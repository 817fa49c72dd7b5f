package dev.parigot.contract;

import dev.parigot.contract.BrokenGraph.Fault;
import dev.parigot.contract.Contract.Kind;
import dev.parigot.wasm.Place;
import dev.parigot.wasm.SectionId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The services of an app and the calls between them; synchronous calls form no cycle. */
public final class ServiceGraph {
  private final List<String> order;
  private final List<Edge> edges;

  private ServiceGraph(List<String> order, List<Edge> edges) {
    this.order = List.copyOf(order);
    this.edges = List.copyOf(edges);
  }

  /** A call that {@code from} can make to another service. */
  public record Edge(String from, Dependency call) {}

  /**
   * The graph of an app's services, by name.
   *
   * @throws BrokenGraph with every call that leads nowhere, and every cycle
   */
  public static ServiceGraph of(Map<String, Contract> services) {
    return of(services, Map.of());
  }

  /** As {@link #of(Map)}, with test modules, which may call services and are called by none. */
  public static ServiceGraph of(Map<String, Contract> services, Map<String, Contract> tests) {
    List<Fault> faults = new ArrayList<>();
    services.forEach((name, contract) -> check(name, contract, services, faults));
    tests.forEach((name, contract) -> check(name, contract, services, faults));
    Walk walk = new Walk(services, faults);
    services.keySet().forEach(walk::from);
    if (!faults.isEmpty()) {
      throw new BrokenGraph(faults);
    }
    List<Edge> edges = new ArrayList<>();
    services.forEach((name, contract) ->
        contract.dependencies().forEach(call -> edges.add(new Edge(name, call))));
    return new ServiceGraph(new ArrayList<>(walk.done), edges);
  }

  /**
   * The services, each after those that it calls and waits for; else in the order they were given.
   */
  public List<String> order() {
    return order;
  }

  /** The calls between services, in their order; those of test modules are left out. */
  public List<Edge> edges() {
    return edges;
  }

  private static void check(
      String name, Contract contract, Map<String, Contract> services, List<Fault> faults) {
    for (Dependency call : contract.dependencies()) {
      Contract callee = services.get(call.service());
      if (callee == null) {
        fault(
            faults,
            name,
            call,
            "it calls `" + call.service() + "." + call.method() + "`, but no such service exists",
            Nearest.hint(call.service(), services.keySet()));
      } else if (callee.kind() != Kind.SERVICE) {
        fault(
            faults,
            name,
            call,
            "it calls `"
                + call.service()
                + "."
                + call.method()
                + "`, but that is a "
                + ContractReader.word(callee.kind()),
            "Only methods of services can be called by services.");
      } else if (callee.method(call.method()).isEmpty()) {
        fault(
            faults,
            name,
            call,
            "it calls `" + call.service() + "." + call.method() + "`, but no such method exists",
            Nearest.hint(call.method(), callee.methods().stream().map(Method::name).toList()));
      }
    }
  }

  private static void fault(
      List<Fault> faults, String service, Dependency call, String what, String next) {
    faults.add(
        new Fault(service, new Violation(Place.in(SectionId.IMPORT, call.offset()), what, next)));
  }

  /** Goes along synchronous calls, callees first, and finds those that lead back. */
  private static final class Walk {
    private final Map<String, Contract> services;
    private final List<Fault> faults;
    private final Set<String> done = new LinkedHashSet<>();
    private final Deque<Step> path = new ArrayDeque<>();
    private final Map<String, Integer> depths = new HashMap<>();

    private record Step(String service, Iterator<Dependency> calls) {}

    Walk(Map<String, Contract> services, List<Fault> faults) {
      this.services = services;
      this.faults = faults;
    }

    void from(String first) {
      enter(first);
      while (!path.isEmpty()) {
        Step step = path.getLast();
        if (step.calls.hasNext()) {
          follow(step.service, step.calls.next());
        } else {
          path.removeLast();
          depths.remove(step.service);
          done.add(step.service);
        }
      }
    }

    private void follow(String caller, Dependency call) {
      if (depths.containsKey(call.service())) {
        cycle(caller, call);
      } else {
        enter(call.service());
      }
    }

    private void enter(String service) {
      Contract contract = services.get(service);
      if (contract == null || done.contains(service)) {
        return;
      }
      depths.put(service, path.size());
      Set<String> callees = new LinkedHashSet<>();
      Iterator<Dependency> calls =
          contract.dependencies().stream()
              .filter(call -> !call.async() && callees.add(call.service()))
              .iterator();
      path.addLast(new Step(service, calls));
    }

    private void cycle(String caller, Dependency call) {
      List<String> names =
          new ArrayList<>(
              path.stream()
                  .map(Step::service)
                  .skip(depths.getOrDefault(call.service(), 0))
                  .toList());
      names.add(call.service());
      fault(
          faults,
          caller,
          call,
          "calls form a cycle: " + String.join(" -> ", names),
          "Make one of them asynchronous (`"
              + Abi.ASYNC
              + call.service()
              + "`), or send it through a queue.");
    }
  }
}
