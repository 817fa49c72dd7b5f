package dev.parigot.gateway;

import dev.parigot.manifest.Exposure;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What of an app can be reached from outside, found out once for all its requests. */
public final class Routes {
  /** The method that answers HTTP itself; a command is called as if it had one. */
  public static final String HTTP = "http";

  private static final String HEALTH = "health";

  /**
   * A service as the app declares it.
   *
   * @param command whether it is a program that is run once for each request
   * @param signedIn whether only those who are signed in can reach it
   * @param methods its methods; of a command {@link #HTTP} alone
   */
  public record Declared(
      String name, boolean command, Exposure exposure, boolean signedIn, List<String> methods) {
    /** One that everybody can reach, as far as it can be reached at all. */
    public Declared(String name, boolean command, Exposure exposure, List<String> methods) {
      this(name, command, exposure, false, methods);
    }

    boolean isPublic() {
      return !(exposure instanceof Exposure.Nothing);
    }

    boolean exposes(String method) {
      return methods.contains(method) && exposure.includes(method);
    }

    Web web() {
      return new Web(name, command, signedIn);
    }
  }

  /**
   * A service of which something can be reached.
   *
   * @param signedIn whether only those who are signed in can reach it
   * @param methods that are called by a route of their own
   * @param web who answers for all that lies under its name, or null
   */
  record Service(String name, boolean signedIn, List<String> methods, @Nullable Web web) {
    Method method(String method) {
      return new Method(name, method, signedIn);
    }

    /** The routes of its methods, for people. */
    Stream<String> lines() {
      Stream<String> calls = methods.stream().map(method -> "POST /" + name + "/" + method);
      return web == null ? calls : Stream.concat(calls, Stream.of("any  /" + name + "/"));
    }
  }

  /**
   * Who speaks HTTP: a service by its method {@code http}, or a command.
   *
   * @param signedIn whether only those who are signed in can reach it
   */
  record Web(String service, boolean command, boolean signedIn) {}

  /**
   * A method that is called by a route of its own.
   *
   * @param signedIn whether only those who are signed in can reach it
   */
  record Method(String service, String name, boolean signedIn) {}

  private final Map<String, Method> methods = new HashMap<>();
  private final Map<String, Service> services = new LinkedHashMap<>();
  private final @Nullable Web site;

  /**
   * @param siteService the name of the service that gets what no file of the site matches, or null
   */
  public Routes(List<Declared> declared, @Nullable String siteService) {
    Web found = null;
    for (Declared each : declared) {
      if (each.isPublic()) {
        Service service = service(each);
        services.put(each.name(), service);
        service.methods().forEach(method -> addMethod(service.method(method)));
      }
      if (each.name().equals(siteService)) {
        found = each.web();
      }
    }
    this.site = found;
  }

  private void addMethod(Method method) {
    String path = "/" + method.service + "/" + method.name;
    List<String> names = List.of(method.service, method.name);
    if (Gateway.Target.of(path).filter(target -> target.segments().equals(names)).isPresent()) {
      methods.put(path, method);
    }
  }

  private static Service service(Declared declared) {
    List<String> methods =
        declared.methods().stream()
            .filter(method -> !method.equals(HTTP) && !method.equals(HEALTH))
            .filter(declared::exposes)
            .toList();
    return new Service(
        declared.name(),
        declared.signedIn(),
        methods,
        declared.exposes(HTTP) ? declared.web() : null);
  }

  /** The services of which something can be reached, in the order of the app. */
  Stream<Service> services() {
    return services.values().stream();
  }

  /** The method that is called at that path, as it is sent if nothing has to be encoded in it. */
  @Nullable Method method(String path) {
    return methods.get(path);
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
