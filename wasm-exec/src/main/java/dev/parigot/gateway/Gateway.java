package dev.parigot.gateway;

import dev.parigot.engine.CallOutcome;
import dev.parigot.engine.Limits;
import dev.parigot.http.Cgi;
import dev.parigot.http.Headers;
import dev.parigot.http.HttpRequest;
import dev.parigot.http.HttpResponse;
import dev.parigot.http.MalformedMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds what a request from outside is for, and answers it: a method of a public service, else its
 * {@code http} method or command, else a file of the site, else the site's service, else nothing.
 * What lies under {@code /_parigot/} is the platform's own. What is private is answered as if it
 * did not exist.
 */
public final class Gateway {
  /** How often a command may send a request on to another path of the app. */
  private static final int MOST_REDIRECTS = 10;

  private final Served app;
  private final Routes routes;

  public Gateway(Served app) {
    this.app = app;
    this.routes = app.routes();
  }

  /** Answers a request to the app's own host; what a guest does wrong is an answer too. */
  public GatewayResponse answer(GatewayRequest request) {
    GatewayResponse response = follow(request);
    return request.method().equals("HEAD") ? Answers.withoutBody(response) : response;
  }

  private GatewayResponse follow(GatewayRequest request) {
    if (request.body().length > Limits.MESSAGE_BYTES) {
      return Answers.text(413, "A request has 10 MiB at most.");
    }
    GatewayRequest next = request;
    for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      switch (answerOnce(next)) {
        case Answer.Response(GatewayResponse response) -> {
          return response;
        }
        case Answer.Elsewhere(String target) -> next = elsewhere(next, target);
      }
    }
    return Answers.text(502, "The command sends the request on without end.");
  }

  /** A response, or what a command asks to be answered instead. */
  private sealed interface Answer {
    record Response(GatewayResponse response) implements Answer {}

    record Elsewhere(String target) implements Answer {}
  }

  private static GatewayRequest elsewhere(GatewayRequest request, String target) {
    int query = target.indexOf('?');
    return new GatewayRequest(
        request.method().equals("HEAD") ? "HEAD" : "GET",
        query < 0 ? target : target.substring(0, query),
        query < 0 ? "" : target.substring(query + 1),
        request.headers(),
        new byte[0],
        request.remoteAddress(),
        request.origin(),
        request.user());
  }

  private Answer answerOnce(GatewayRequest request) {
    if (request.path().startsWith(OwnFiles.FOLDER)) {
      return new Answer.Response(OwnFiles.answer(routes, request));
    }
    Routes.Method called = request.method().equals("POST") ? routes.method(request.path()) : null;
    if (called != null) {
      return new Answer.Response(call(called, request));
    }
    Optional<Target> target = Target.of(request.path());
    Optional<Routes.Service> service = target.flatMap(each -> routes.service(each.first()));
    boolean method = service.filter(each -> target.get().isMethodOf(each)).isPresent();
    if (method && request.method().equals("POST")) {
      Routes.Method spelt = service.get().method(target.get().segments().get(1));
      return new Answer.Response(call(spelt, request));
    }
    Routes.Web web = routes.web(request.path());
    if (web != null) {
      return web(web, request);
    }
    if (target.isEmpty()) {
      return new Answer.Response(Answers.text(400, "The path is no valid one: " + request.path()));
    }
    Optional<GatewayResponse> file = Site.answer(app, target.get(), request);
    if (file.isPresent()) {
      return new Answer.Response(file.get());
    }
    if (target.get().segments().size() == 1
        && service.filter(each -> each.web() != null).isPresent()) {
      return new Answer.Response(Answers.redirect(request.withSlash()));
    }
    if (routes.site() != null && !method) {
      return web(routes.site(), request);
    }
    return new Answer.Response(
        method
            ? Answers.otherMethod(
                request, "POST, OPTIONS", "A method of a service is called by POST.")
            : Answers.notFound(routes, service, target.get(), request));
  }

  private Answer web(Routes.Web web, GatewayRequest request) {
    if (web.signedIn() && request.user() == null) {
      return new Answer.Response(SignInPath.refused(request));
    }
    CallOutcome outcome =
        app.call(web.service(), Routes.HTTP, message(request).bytes(), request.user());
    if (!(outcome instanceof CallOutcome.Returned(byte[] bytes))) {
      return new Answer.Response(
          app.failure(request, web.service(), Routes.HTTP, outcome)
              .orElseGet(() ->
                  web.command() && outcome instanceof CallOutcome.Trapped(String reason)
                      ? Answers.text(502, web.service() + " failed: " + firstLine(reason))
                      : failed(web.service(), outcome)));
    }
    try {
      return ofUser(
          web,
          web.command()
              ? cgi(Cgi.read(bytes, request.method()))
              : response(HttpResponse.read(bytes, request.method())));
    } catch (MalformedMessage e) {
      String text =
          web.command()
              ? "What " + web.service() + " wrote is no CGI response: " + e.reason()
              : "What " + web.service() + ".http answered is no HTTP response: " + e.reason();
      app.tell(web.service(), "502 " + text);
      return new Answer.Response(Answers.text(502, text));
    }
  }

  /** What is a user's is in no cache that others use, unless the service says otherwise. */
  private static Answer ofUser(Routes.Web web, Answer answer) {
    return web.signedIn()
            && answer instanceof Answer.Response(GatewayResponse response)
            && !response.headers().has("Cache-Control")
        ? new Answer.Response(response.with("Cache-Control", "private, no-cache"))
        : answer;
  }

  private static Answer cgi(Cgi.Answer answer) {
    return switch (answer) {
      case Cgi.Answer.Response(HttpResponse response) -> response(response);
      case Cgi.Answer.LocalRedirect(String target) -> new Answer.Elsewhere(target);
    };
  }

  private static Answer response(HttpResponse response) {
    return new Answer.Response(
        new GatewayResponse(response.status(), response.headers(), response.body()));
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

  private GatewayResponse call(Routes.Method method, GatewayRequest request) {
    if (method.signedIn() && request.user() == null) {
      return SignInPath.refused(request);
    }
    String service = method.service();
    CallOutcome outcome = app.call(service, method.name(), request.body(), request.user());
    return outcome instanceof CallOutcome.Returned(byte[] response)
        ? Answers.returned(response)
        : app.failure(request, service, method.name(), outcome)
            .orElseGet(() -> failed(service, outcome));
  }

  private static GatewayResponse failed(String service, CallOutcome outcome) {
    return switch (outcome) {
      case CallOutcome.Returned _ -> throw new IllegalArgumentException("it has not failed");
      case CallOutcome.Failed(int code, String message, boolean begun) ->
          begun ? Answers.failed(code, message) : Answers.notBegun(code, message);
      case CallOutcome.Trapped(String reason) ->
          Answers.failed(500, service + " trapped: " + firstLine(reason));
      case CallOutcome.LimitReached(CallOutcome.Limit limit) ->
          Answers.failed(
              outcome.code(),
              service
                  + (limit == CallOutcome.Limit.TIME ? " took too long." : " ran out of memory."));
    };
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
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

    /** What would be the name of a service, or empty. */
    String first() {
      return segments.isEmpty() ? "" : segments.getFirst();
    }

    boolean isMethodOf(Routes.Service service) {
      return segments.size() == 2 && !folder && service.methods().contains(segments.get(1));
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
}
