package dev.parigot.gateway;

import dev.parigot.release.Release;
import dev.parigot.release.ReleasedService;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What of a release can be reached from outside, found out once for all its requests. */
final class Routes {
  /** The method that answers HTTP itself; a command is called as if it had one. */
  static final String HTTP = "http";

  private static final String HEALTH = "health";
  private static final String COMMAND = "command";

  /**
   * A service of which something can be reached.
   *
   * @param methods that are called by a route of their own
   * @param web who answers for all that lies under its name, or null
   */
  record Service(String name, List<String> methods, @Nullable Web web) {
    /** The routes of its methods, for people. */
    Stream<String> lines() {
      Stream<String> calls = methods.stream().map(method -> "POST /" + name + "/" + method);
      return web == null ? calls : Stream.concat(calls, Stream.of("any  /" + name + "/"));
    }
  }

  /** Who speaks HTTP: a service by its method {@code http}, or a command. */
  record Web(String service, boolean command) {}

  private final Map<String, Service> services = new LinkedHashMap<>();
  private final @Nullable Web site;

  Routes(Release release) {
    Web found = null;
    for (ReleasedService each : release.services()) {
      if (each.isPublic()) {
        services.put(each.name(), service(each));
      }
      if (each.name().equals(release.siteService())) {
        found = web(each);
      }
    }
    this.site = found;
  }

  private static Service service(ReleasedService service) {
    List<String> methods =
        service.methods().stream()
            .filter(method -> !method.equals(HTTP) && !method.equals(HEALTH))
            .filter(method -> exposes(service, method))
            .toList();
    boolean speaks = service.methods().contains(HTTP) && exposes(service, HTTP);
    return new Service(service.name(), methods, speaks ? web(service) : null);
  }

  private static Web web(ReleasedService service) {
    return new Web(service.name(), service.kind().equals(COMMAND));
  }

  private static boolean exposes(ReleasedService service, String method) {
    return service.allPublic()
        || (service.publicMethods() != null && service.publicMethods().contains(method));
  }

  /** The services of which something can be reached, in the order of the release. */
  Stream<Service> services() {
    return services.values().stream();
  }

  Optional<Service> service(String name) {
    return Optional.ofNullable(services.get(name));
  }

  /** Who answers for that path, as it was sent. */
  @Nullable Web web(String path) {
    int end = path.indexOf('/', 1);
    Service service = end < 0 ? null : services.get(path.substring(1, end));
    return service == null ? null : service.web();
  }

  /** Who gets what no file of the site matches. */
  @Nullable Web site() {
    return site;
  }
}
