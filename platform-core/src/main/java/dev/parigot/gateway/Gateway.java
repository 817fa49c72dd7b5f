package dev.parigot.gateway;

import dev.parigot.app.App;
import dev.parigot.engine.CallOutcome;
import dev.parigot.engine.Limits;
import dev.parigot.fleet.Fleet;
import dev.parigot.http.Headers;
import dev.parigot.http.HttpRequest;
import dev.parigot.http.HttpResponse;
import dev.parigot.http.MalformedMessage;
import dev.parigot.problem.Problem;
import dev.parigot.release.Artifacts;
import dev.parigot.release.Release;
import dev.parigot.release.ReleasedService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds what a request from outside is for, and answers it: a method of a public service, else its
 * {@code http} method, else a file of the site, else the site's service, else nothing. What is
 * private is answered as if it did not exist.
 */
public final class Gateway {
  private static final Logger log = LoggerFactory.getLogger(Gateway.class);

  /** The method that answers HTTP itself. */
  private static final String HTTP = "http";

  private final Fleet fleet;
  private final Site site;
  private final Function<App, String> gitRemote;

  /**
   * @param gitRemote the address that the app is pushed to, for those who have not pushed yet
   */
  public Gateway(Fleet fleet, Artifacts artifacts, Function<App, String> gitRemote) {
    this.fleet = fleet;
    this.site = new Site(artifacts);
    this.gitRemote = gitRemote;
  }

  /** Answers a request to an app's own host; every failure is an answer too. */
  public GatewayResponse handle(App app, GatewayRequest request) {
    try {
      GatewayResponse response =
          fleet
              .active(app.id())
              .map(release -> answer(app, release, request))
              .orElseGet(() -> Answers.notDeployed(app, gitRemote.apply(app), request));
      return request.method().equals("HEAD") ? Answers.withoutBody(response) : response;
    } catch (Problem problem) {
      return Answers.text(problem.status(), problem.what());
    } catch (RuntimeException e) {
      log.error("{} {} of {} failed", request.method(), request.path(), app.name(), e);
      return Answers.text(500, "The platform failed while it answered.");
    }
  }

  private GatewayResponse answer(App app, Release release, GatewayRequest request) {
    if (request.body().length > Limits.MESSAGE_BYTES) {
      return Answers.text(413, "A request has 10 MiB at most.");
    }
    Optional<Target> target = Target.of(request.path());
    Optional<ReleasedService> service = target.flatMap(each -> each.service(release));
    boolean method = service.filter(each -> target.get().isMethodOf(each)).isPresent();
    if (method && request.method().equals("POST")) {
      return call(app, target.get(), request);
    }
    Optional<ReleasedService> web = webService(release, request.path());
    if (web.isPresent()) {
      return http(app, web.get().name(), request);
    }
    if (target.isEmpty()) {
      return Answers.text(400, "The path is no valid one: " + request.path());
    }
    Optional<GatewayResponse> file = site.answer(release, target.get(), request);
    if (file.isPresent()) {
      return file.get();
    }
    if (release.siteService() != null && !method) {
      return http(app, release.siteService(), request);
    }
    if (method) {
      return Answers.otherMethod(
          request, "POST, OPTIONS", "A method of a service is called by POST.");
    }
    return Answers.notFound(release, service, target.get(), request);
  }

  /** The public service whose {@code http} method answers for all that lies under its name. */
  private static Optional<ReleasedService> webService(Release release, String path) {
    return release.services().stream()
        .filter(each -> path.startsWith("/" + each.name() + "/"))
        .filter(each -> each.methods().contains(HTTP) && exposes(each, HTTP))
        .findFirst();
  }

  private GatewayResponse http(App app, String service, GatewayRequest request) {
    CallOutcome outcome = fleet.call(app.id(), service, HTTP, message(request).bytes());
    if (!(outcome instanceof CallOutcome.Returned(byte[] bytes))) {
      return failed(service, outcome);
    }
    try {
      HttpResponse response = HttpResponse.read(bytes, request.method());
      return new GatewayResponse(response.status(), response.headers(), response.body());
    } catch (MalformedMessage e) {
      return Answers.text(
          502, "What " + service + "." + HTTP + " answered is no HTTP response: " + e.reason());
    }
  }

  private static HttpRequest message(GatewayRequest request) {
    List<Headers.Field> fields = new ArrayList<>();
    request
        .headers()
        .forEach(
            (name, values) -> values.forEach(value -> fields.add(new Headers.Field(name, value))));
    Headers headers = new Headers(fields).withoutHopByHop().without("Content-Length");
    String query = request.query().isEmpty() ? "" : "?" + request.query();
    return new HttpRequest(
        request.method(),
        request.path() + query,
        headers.with("X-Forwarded-For", request.remoteAddress()),
        request.body());
  }

  private GatewayResponse call(App app, Target target, GatewayRequest request) {
    String service = target.segments().getFirst();
    CallOutcome outcome = fleet.call(app.id(), service, target.segments().get(1), request.body());
    return outcome instanceof CallOutcome.Returned(byte[] response)
        ? Answers.returned(response)
        : failed(service, outcome);
  }

  private static GatewayResponse failed(String service, CallOutcome outcome) {
    return switch (outcome) {
      case CallOutcome.Returned _ -> throw new IllegalArgumentException("it has not failed");
      case CallOutcome.Failed(int code, String message) -> Answers.failed(code, message);
      case CallOutcome.Trapped(String reason) ->
          Answers.failed(500, service + " trapped: " + reason.lines().findFirst().orElse(""));
      case CallOutcome.LimitReached(CallOutcome.Limit limit) ->
          Answers.failed(
              outcome.code(),
              service
                  + (limit == CallOutcome.Limit.TIME ? " took too long." : " ran out of memory."));
    };
  }

  /** Where a request goes, by its path. */
  record Target(List<String> segments, boolean folder) {
    /** Decodes a path; empty if it is none, or has a segment that could lead out of the site. */
    static Optional<Target> of(String path) {
      if (!path.startsWith("/")) {
        return Optional.empty();
      }
      List<String> raw = List.of(path.substring(1).split("/", -1));
      boolean folder = raw.getLast().isEmpty();
      List<String> segments =
          (folder ? raw.subList(0, raw.size() - 1) : raw)
              .stream().map(PercentCode::decode).flatMap(Optional::stream).toList();
      boolean whole = segments.size() == raw.size() - (folder ? 1 : 0);
      return whole && segments.stream().allMatch(Target::isPlain)
          ? Optional.of(new Target(segments, folder))
          : Optional.empty();
    }

    /** The public service that it names. */
    Optional<ReleasedService> service(Release release) {
      return release.services().stream()
          .filter(ReleasedService::isPublic)
          .filter(each -> !segments.isEmpty() && each.name().equals(segments.getFirst()))
          .findFirst();
    }

    boolean isMethodOf(ReleasedService service) {
      return segments.size() == 2 && !folder && publicMethods(service).contains(segments.get(1));
    }

    /** The path without a leading slash, as the site's files are named. */
    String file() {
      return String.join("/", segments);
    }

    private static boolean isPlain(String segment) {
      return !segment.isEmpty()
          && !segment.equals(".")
          && !segment.equals("..")
          && segment.chars().noneMatch(c -> c == '/' || c == '\\' || c < 0x20 || c == 0x7f);
    }
  }

  /** The methods that are called by a route of their own. */
  static List<String> publicMethods(ReleasedService service) {
    return service.methods().stream()
        .filter(method -> !method.equals(HTTP) && !method.equals("health"))
        .filter(method -> exposes(service, method))
        .toList();
  }

  private static boolean exposes(ReleasedService service, String method) {
    return service.allPublic()
        || (service.publicMethods() != null && service.publicMethods().contains(method));
  }
}
