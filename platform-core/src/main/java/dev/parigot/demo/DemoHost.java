package dev.parigot.demo;

import dev.parigot.artifact.Digest;
import dev.parigot.browser.BrowserApp;
import dev.parigot.database.Database;
import dev.parigot.gateway.Answers;
import dev.parigot.gateway.GatewayRequest;
import dev.parigot.gateway.GatewayResponse;
import dev.parigot.gateway.MediaTypes;
import dev.parigot.gateway.RequestHeaders;
import dev.parigot.http.Headers;
import dev.parigot.problem.Problem;
import dev.parigot.release.Artifacts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers requests to the hosts of demos: with files, and with nothing else. Whoever asks is a
 * stranger; cookies and credentials are neither read nor set.
 */
public final class DemoHost {
  private static final Logger log = LoggerFactory.getLogger(DemoHost.class);
  private static final String INDEX = "index.html";
  private static final String SERVICE_WORKER = "parigot-sw.js";

  /** All in it is named by what is in it. */
  private static final String FOREVER = "parigot-demo/";

  /**
   * Takes the place of the service worker of a demo that is paused, so that those who have opened
   * it before ask here again. Their data stays where it is. A browser may make it wait for the one
   * that it replaces: then a page tells it that it waits. An address that differs in what is behind
   * the hash alone would load nothing.
   */
  private static final String PAUSING =
      """
      addEventListener('install', () => skipWaiting());
      addEventListener('activate', event => event.waitUntil((async () => {
        await registration.unregister();
        for (const page of await clients.matchAll({ type: 'window' })) {
          page.navigate(page.url.split('#')[0]).catch(() => {});
        }
      })()));
      addEventListener('message', event => event.waitUntil((async () => {
        await registration.unregister();
        event.source.postMessage({ type: 'leave' });
      })()));
      """;

  private final Demos demos;
  private final Contents contents;
  private final Artifacts artifacts;

  public DemoHost(Demos demos, Contents contents, Artifacts artifacts) {
    this.demos = demos;
    this.contents = contents;
    this.artifacts = artifacts;
  }

  /** Answers a request, whose body nobody reads; every failure is an answer too. */
  public GatewayResponse answer(String label, GatewayRequest request) {
    GatewayResponse answer;
    try {
      answer = answer(demos.shown(label), request);
    } catch (Problem problem) {
      answer = page(request, problem.status(), "This demo can't be shown now", problem.what());
    } catch (RuntimeException e) {
      if (Database.isOutage(e)) {
        return page(
            request,
            503,
            "This demo can't be shown now",
            "The platform's database does not answer.");
      }
      log.error("{} {} of the demo {} failed", request.method(), request.path(), label, e);
      answer = page(request, 500, "This demo can't be shown now", "The platform failed.");
    }
    return request.method().equals("HEAD") ? withoutBody(answer) : answer;
  }

  private GatewayResponse answer(Shown shown, GatewayRequest request) {
    return switch (shown) {
      case Shown.Running running -> running(running, request);
      case Shown.Paused _ when isServiceWorker(request) -> pausing();
      case Shown.Paused _ ->
          page(
              request,
              503,
              "This demo is paused",
              "Whoever shared it can resume it. Your data in it is kept.");
      case Shown.Waiting _ ->
          page(request, 503, "This demo shows nothing yet", "The app is not deployed.");
      case Shown.Expired _ ->
          gone(page(request, 410, "This demo has expired", "Ask whoever shared it for a new one."));
      case Shown.Revoked _ ->
          gone(page(request, 410, "This demo is no more", "It was revoked by whoever shared it."));
      case Shown.Unknown _ ->
          page(request, 404, "There is no such demo", "Check the address; it has to be whole.");
    };
  }

  private GatewayResponse running(Shown.Running running, GatewayRequest request) {
    if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
      return Answers.text(405, "A demo consists of files: they are read by GET.\n")
          .with("Allow", "GET, HEAD");
    }
    String path = path(request);
    Optional<Content.StoredFile> file = Contents.find(running.content(), path);
    if (file.isEmpty() && path.startsWith(FOREVER)) {
      file = contents.earlier(running.demo(), path);
    }
    if (file.isEmpty()) {
      return page(request, 404, "There is nothing here", "The demo begins at its first page, /.");
    }
    if (path.equals(INDEX) && isOpened(request)) {
      demos.opened(running.demo());
    }
    return file(path, file.get(), running.content(), request);
  }

  /** The page is at the root alone, so that it has one address. */
  private static String path(GatewayRequest request) {
    String path = request.path();
    return switch (path) {
      case "/" -> INDEX;
      case "/" + INDEX -> "";
      default -> path.substring(1);
    };
  }

  private GatewayResponse file(
      String path, Content.StoredFile file, Content content, GatewayRequest request) {
    Content.Stored gzip = file.gzip();
    boolean compressed = gzip != null && RequestHeaders.takesGzip(request);
    Content.Stored stored = gzip != null && compressed ? gzip : file.plain();
    String etag = '"' + Digest.of(stored.digest()).hex() + '"';
    boolean forever = path.startsWith(FOREVER);
    Headers headers =
        guarded(BrowserApp.contentSecurityPolicy(content.outbound()))
            .and("ETag", etag)
            .and("Vary", "Accept-Encoding")
            .and("Cache-Control", forever ? "public, max-age=31536000, immutable" : "no-cache");
    if (RequestHeaders.listsTag(request, "if-none-match", etag)) {
      return new GatewayResponse(304, headers, new byte[0]);
    }
    Headers whole = headers.and("Content-Type", MediaTypes.of(path));
    return new GatewayResponse(
        200,
        compressed ? whole.and("Content-Encoding", "gzip") : whole,
        artifacts.get(stored.digest()));
  }

  private static Headers guarded(String policy) {
    return Headers.of(
        "Content-Security-Policy",
        policy,
        "X-Content-Type-Options",
        "nosniff",
        "Referrer-Policy",
        "no-referrer",
        "Cross-Origin-Opener-Policy",
        "same-origin",
        "Cross-Origin-Resource-Policy",
        "same-origin",
        "X-Robots-Tag",
        "noindex");
  }

  private static GatewayResponse page(
      GatewayRequest request, int status, String title, String hint) {
    GatewayResponse page = Answers.page(request, status, title, hint, List.of());
    Headers headers =
        guarded(
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    for (Headers.Field field : page.headers().fields()) {
      headers = headers.with(field.name(), field.value());
    }
    return new GatewayResponse(status, headers, page.body());
  }

  /**
   * What a browser has kept of it goes: its files, its service worker, the visitor's data. Not its
   * cookies, as browsers would delete those of the whole domain, and here none are set.
   */
  private static GatewayResponse gone(GatewayResponse page) {
    return page.with("Clear-Site-Data", "\"cache\", \"storage\"");
  }

  private static GatewayResponse pausing() {
    return new GatewayResponse(
        200,
        guarded("default-src 'none'")
            .and("Content-Type", "text/javascript; charset=utf-8")
            .and("Cache-Control", "no-store"),
        PAUSING.getBytes(StandardCharsets.UTF_8));
  }

  private static boolean isServiceWorker(GatewayRequest request) {
    return request.path().equals("/" + SERVICE_WORKER)
        && RequestHeaders.first(request, "service-worker").filter("script"::equals).isPresent();
  }

  /** Whether a person has opened the page, and no program fetched it. */
  private static boolean isOpened(GatewayRequest request) {
    return request.method().equals("GET")
        && RequestHeaders.wantsHtml(request)
        && RequestHeaders.first(request, "sec-fetch-dest").map("document"::equals).orElse(true)
        && RequestHeaders.first(request, "sec-purpose").isEmpty();
  }

  private static GatewayResponse withoutBody(GatewayResponse answer) {
    return new GatewayResponse(
        answer.status(),
        answer.headers().with("Content-Length", Integer.toString(answer.body().length)),
        new byte[0]);
  }
}
