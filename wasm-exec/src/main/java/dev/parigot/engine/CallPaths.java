package dev.parigot.engine;

import dev.parigot.contract.Contract;
import dev.parigot.contract.Dependency;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The ways that calls can take through services that were wound together. Their calls of each other
 * are functions that no host sees, but they form no cycle: where one was entered and another one
 * runs, those on some way between the two may be under way, and no others.
 */
final class CallPaths {
  private final Map<String, Set<String>> callees = new HashMap<>();

  /** For each service, itself and all that its calls can lead to. */
  private final Map<String, Set<String>> reach = new HashMap<>();

  /**
   * @param services by name, each after those that it calls
   */
  CallPaths(Map<String, Contract> services) {
    services.forEach((name, contract) -> {
      Set<String> called =
          contract.dependencies().stream()
              .filter(call -> !call.async() && reach.containsKey(call.service()))
              .map(Dependency::service)
              .collect(Collectors.toCollection(LinkedHashSet::new));
      Set<String> reached = new LinkedHashSet<>(List.of(name));
      called.forEach(callee -> reached.addAll(reach(callee)));
      callees.put(name, called);
      reach.put(name, reached);
    });
  }

  /** The service itself and those that a call of it can lead to. */
  Set<String> reach(String service) {
    return reach.getOrDefault(service, Set.of());
  }

  /** Those that may be under way while {@code running} runs and {@code entered} was entered. */
  Set<String> between(String entered, String running) {
    return reach(entered).stream()
        .filter(each -> reach(each).contains(running))
        .collect(Collectors.toSet());
  }

  /** Which service called {@code running}, if only one can have; else null. */
  @Nullable String caller(String entered, String running) {
    List<String> callers =
        between(entered, running).stream()
            .filter(each -> callees.getOrDefault(each, Set.of()).contains(running))
            .toList();
    return callers.size() == 1 ? callers.getFirst() : null;
  }
}
