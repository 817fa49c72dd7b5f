package dev.parigot.web.console.services;

import dev.parigot.release.ReleasedService;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which services of a release call which, as their binaries say.
 *
 * @param edges one per pair of services and kind of call
 */
record ServiceGraph(List<ReleasedService> services, List<Edge> edges) {

  /** The calls of one kind from one service to another. */
  record Edge(String from, String to, boolean async) {}

  static ServiceGraph of(List<ReleasedService> services) {
    Set<String> names =
        services.stream().map(ReleasedService::name).collect(Collectors.toUnmodifiableSet());
    Set<Edge> edges = new LinkedHashSet<>();
    for (ReleasedService service : services) {
      for (ReleasedService.Call call : service.dependsOn()) {
        if (names.contains(call.service())) {
          edges.add(new Edge(service.name(), call.service(), call.async()));
        }
      }
    }
    return new ServiceGraph(List.copyOf(services), List.copyOf(edges));
  }

  Map<String, ReleasedService> byName() {
    return services.stream()
        .collect(
            Collectors.toMap(
                ReleasedService::name, Function.identity(), (a, _) -> a, LinkedHashMap::new));
  }

  List<String> callersOf(String service) {
    return edges.stream()
        .filter(edge -> edge.to().equals(service))
        .map(Edge::from)
        .distinct()
        .toList();
  }
}
