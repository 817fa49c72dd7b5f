package dev.parigot.web.gatewayhttp;

import dev.parigot.app.App;
import dev.parigot.app.Apps;
import dev.parigot.demo.DemoHost;
import dev.parigot.edge.Edge;
import dev.parigot.gateway.Answers;
import dev.parigot.gateway.GatewayRequest;
import dev.parigot.gateway.GatewayResponse;
import dev.parigot.problem.Problem;
import dev.parigot.web.gatewayhttp.Hosts.Destination;
import dev.parigot.web.problem.Failures;
import dev.parigot.web.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands before everything else and sends each request where its host belongs: to an app or a demo,
 * past all that the console brings (sessions, security, forms), or on to the console. Hosts that
 * are nobody's are refused, so that no foreign name can be made to point at the console. What a
 * certificate authority asks of a host comes first, and then the way to HTTPS.
 */
public final class HostFilter extends HttpFilter {
  private static final long serialVersionUID = 1;
  private static final Logger LOG = LoggerFactory.getLogger(HostFilter.class);

  private static final byte[] NO_BODY = {};

  /** Where a certificate authority looks, by RFC 8555. */
  private static final String CHALLENGE = "/.well-known/acme-challenge/";

  private final transient Hosts hosts;
  private final transient Apps apps;
  private final transient Edge edge;
  private final transient ChannelStreams streams;
  private final transient DemoHost demos;
  private final transient FailureHost failures;
  private final transient OwnDomains domains;
  private final transient SecureHosts secure;
  private final transient RequestBodies bodies;
  private final transient Executor others;

  /**
   * @param appsDomain the domain under which every app has a host of its own
   * @param consoleHosts the console's own host names
   * @param domains the hosts that apps have beside that
   * @param others runs what is likely to wait, so that the threads of requests need not
   */
  public HostFilter(
      String appsDomain,
      Collection<String> consoleHosts,
      Apps apps,
      Edge edge,
      ChannelStreams streams,
      DemoHost demos,
      FailureHost failures,
      OwnDomains domains,
      SecureHosts secure,
      Executor others) {
    this.hosts = new Hosts(appsDomain, consoleHosts);
    this.domains = domains;
    this.secure = secure;
    this.others = others;
    this.apps = apps;
    this.edge = edge;
    this.streams = streams;
    this.demos = demos;
    this.failures = failures;
    this.bodies = new RequestBodies(RequestBodies.LIMIT);
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String host = Hosts.normal(request.getServerName());
    Destination destination = hosts.of(host);
    if (answersChallenge(destination, host, request, response)
        || goesToHttps(host, request, response)) {
      return;
    }
    switch (destination) {
      case Destination.Console _ -> chain.doFilter(request, response);
      case Destination.Production(String name) ->
          serve(() -> apps.byName(name), () -> noApp(name), request, response);
      case Destination.Staging(String label) ->
          serve(() -> apps.byName(label), HostFilter::noBranch, request, response);
      case Destination.Demo(String label) when FailureHost.isFor(label) ->
          send(response, failures.answer(label, read(request, NO_BODY)));
      case Destination.Demo(String label) ->
          send(response, demos.answer(label, read(request, NO_BODY)));
      case Destination.Nobody _ ->
          serve(
              () -> domains.appAt(host), () -> nobody(request.getServerName()), request, response);
    }
  }

  /** A host of the platform's own has no challenge of its own, and costs no look-up. */
  private boolean answersChallenge(
      Destination destination,
      String host,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    String path = request.getRequestURI();
    if (!(destination instanceof Destination.Nobody) || !path.startsWith(CHALLENGE)) {
      return false;
    }
    Optional<String> answer = domains.challenge(host, path.substring(CHALLENGE.length()));
    if (answer.isPresent()) {
      send(response, Answers.text(200, answer.get()));
    }
    return answer.isPresent();
  }

  private boolean goesToHttps(
      String host, HttpServletRequest request, HttpServletResponse response) {
    if (!secure.covers(host)) {
      return false;
    }
    if (request.isSecure()) {
      secure
          .strictTransport()
          .ifPresent(value -> response.setHeader("Strict-Transport-Security", value));
      return false;
    }
    if (!secure.redirects()) {
      return false;
    }
    String query = request.getQueryString();
    response.setStatus(HttpServletResponse.SC_PERMANENT_REDIRECT);
    response.setHeader(
        "Location",
        secure.origin(host) + request.getRequestURI() + (query == null ? "" : "?" + query));
    return true;
  }

  private void serve(
      Supplier<Optional<App>> found,
      Supplier<Problem> absent,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    try {
      Optional<App> app = found.get();
      if (app.isEmpty()) {
        tell(response, absent.get());
      } else if (ChannelStreams.isFor(request.getRequestURI())) {
        streams.send(request, read(request, NO_BODY), response, app.get());
      } else {
        answer(app.get(), read(request, bodies.read(request)), request, response);
      }
    } catch (Problem problem) {
      if (problem.status() == 413) {
        // What is left of the body is not read.
        response.setHeader("Connection", "close");
      }
      tell(response, problem);
    } catch (RuntimeException e) {
      LOG.error("a request to {} failed", request.getServerName(), e);
      tell(response, Failures.told(e));
    }
  }

  /**
   * On this thread, unless the app is full: threads of requests are few, and a flood of one app
   * would have them all wait for it.
   */
  private void answer(
      App app, GatewayRequest read, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!edge.isFull(app)) {
      send(response, edge.handle(app, read));
      return;
    }
    LateResponse late = LateResponse.of(request, response);
    others.execute(() -> {
      try (late) {
        GatewayResponse answer = edge.handle(app, read);
        late.write(to -> send(to, answer));
      } catch (IOException e) {
        LOG.debug("the client of a request to {} has gone", app.name(), e);
      }
    });
  }

  private static GatewayRequest read(HttpServletRequest request, byte[] body) {
    String query = request.getQueryString();
    return new GatewayRequest(
        request.getMethod(),
        request.getRequestURI(),
        query == null ? "" : query,
        new HeaderLines(request),
        body,
        request.getRemoteAddr(),
        origin(request),
        null);
  }

  /** As browsers write it: without the port that the scheme has anyway. */
  private static String origin(HttpServletRequest request) {
    boolean secure = request.isSecure();
    int port = request.getServerPort();
    String host = (secure ? "https://" : "http://") + request.getServerName();
    return port == (secure ? 443 : 80) ? host : host + ":" + port;
  }

  static void send(HttpServletResponse response, GatewayResponse answer) throws IOException {
    response.setStatus(answer.status());
    answer.headers().fields().forEach(field -> response.addHeader(field.name(), field.value()));
    if (answer.body().length > 0) {
      response.setContentLength(answer.body().length);
      response.getOutputStream().write(answer.body());
    }
  }

  private static void tell(HttpServletResponse response, Problem problem) throws IOException {
    if (!response.isCommitted()) {
      if (problem.status() == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
        // No service was asked: whoever called one may do so again.
        response.setHeader("Retry-After", "1");
      }
      ProblemWriter.text(response, problem);
    }
  }

  private static Problem noApp(String name) {
    return Problem.user(
        404,
        "no-such-app",
        "There is no app named \"" + name + "\".",
        "Check the address; an app is made in the console.");
  }

  private static Problem noBranch() {
    return Problem.user(
        404,
        "no-such-staging",
        "This address is for the staging of a branch, and there is none: the branch was never pushed, or is deleted.",
        "Check the address; the push of a branch tells its own.");
  }

  private static Problem nobody(String host) {
    return Problem.user(
        421,
        "unknown-host",
        "Nothing answers to the host \"" + host + "\" here.",
        "The console answers to the hosts it is configured for (parigot.console-hosts).");
  }
}
