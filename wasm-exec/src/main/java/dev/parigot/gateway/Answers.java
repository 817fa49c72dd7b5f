package dev.parigot.gateway;

import dev.parigot.http.Headers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes the responses that are no site files. */
public final class Answers {
  private Answers() {}

  /** What a method returned. */
  static GatewayResponse returned(byte[] response) {
    String type = JsonCheck.isJson(response) ? "application/json" : "application/octet-stream";
    return new GatewayResponse(
        200, Headers.of("Content-Type", type, "X-Content-Type-Options", "nosniff"), response);
  }

  /** An error of the ABI: codes of HTTP are themselves, from 1000 on they are the app's own. */
  static GatewayResponse failed(int code, String message) {
    if (Integer.compareUnsigned(code, 1000) >= 0) {
      GatewayResponse response = text(422, message);
      return response.with("Parigot-Error", Integer.toUnsignedString(code));
    }
    return text(code >= 400 && code <= 599 ? code : 500, message);
  }

  /**
   * The same of a call that no method was entered for. Those that may succeed soon say when to try
   * again, and they alone: a method's own 503 may have had effects.
   */
  static GatewayResponse notBegun(int code, String message) {
    return soon(failed(code, message));
  }

  /** With the word to come again, if that may be of use. */
  public static GatewayResponse soon(GatewayResponse response) {
    return response.status() == 429 || response.status() == 503
        ? response.with("Retry-After", "1")
        : response;
  }

  /** A text for people. */
  public static GatewayResponse text(int status, String text) {
    return new GatewayResponse(
        status,
        Headers.of(
            "Content-Type",
            "text/plain; charset=utf-8",
            "X-Content-Type-Options",
            "nosniff",
            "Cache-Control",
            "no-store"),
        text.getBytes(StandardCharsets.UTF_8));
  }

  /** To where there is something, by another method than the one that it takes. */
  static GatewayResponse otherMethod(GatewayRequest request, String allow, String text) {
    GatewayResponse response =
        request.method().equals("OPTIONS")
            ? new GatewayResponse(204, Headers.NONE, new byte[0])
            : text(405, text);
    return response.with("Allow", allow);
  }

  static GatewayResponse redirect(String location) {
    return new GatewayResponse(308, Headers.of("Location", location), new byte[0]);
  }

  /** The same with an empty body, and the length that it would have had. */
  static GatewayResponse withoutBody(GatewayResponse response) {
    if (response.body().length == 0) {
      return response;
    }
    GatewayResponse head =
        response.with("Content-Length", Integer.toString(response.body().length));
    return new GatewayResponse(head.status(), head.headers(), new byte[0]);
  }

  /** Says what there is instead, of what is public. */
  static GatewayResponse notFound(
      Routes known,
      Optional<Routes.Service> service,
      Gateway.Target target,
      GatewayRequest request) {
    if (service.isPresent() && target.segments().size() == 2) {
      return noMethod(service.get(), target.segments().get(1), request);
    }
    List<String> lines =
        service.map(Stream::of).orElseGet(known::services).flatMap(Routes.Service::lines).toList();
    String hint = lines.isEmpty() ? "The app has no public methods." : "This can be called:";
    return notFound(request, "There is nothing at " + request.path(), hint, lines);
  }

  private static GatewayResponse noMethod(
      Routes.Service service, String method, GatewayRequest request) {
    String hint =
        Spelling.nearest(method, service.methods())
            .map(near -> "Did you mean \"" + near + "\"?")
            .orElse(service.methods().isEmpty() ? "It has no public methods." : "It has these:");
    return notFound(
        request,
        "The service " + service.name() + " has no method \"" + method + "\"",
        hint,
        service.lines().toList());
  }

  /** Says what is absent, and what to do: a page in a browser, else a text. */
  public static GatewayResponse notFound(
      GatewayRequest request, String title, String hint, List<String> lines) {
    return page(request, 404, title, hint, lines);
  }

  /** A page in a browser, else a text; it loads nothing. */
  public static GatewayResponse page(
      GatewayRequest request, int status, String title, String hint, List<String> lines) {
    if (!RequestHeaders.wantsHtml(request)) {
      String list = lines.isEmpty() ? "" : "\n  " + String.join("\n  ", lines);
      return text(status, title + ". " + hint + list + "\n");
    }
    String code = lines.isEmpty() ? "" : "<pre>" + escaped(String.join("\n", lines)) + "</pre>\n";
    String page =
        """
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <meta name="color-scheme" content="light dark">
        <title>%1$s</title>
        <style>
          body { font: 1rem/1.6 system-ui, sans-serif; max-width: 42rem; margin: 12vh auto; padding: 0 1.5rem }
          h1 { font-size: 1.5rem }
          pre { padding: 1rem; border: 1px solid; border-radius: .5rem; overflow-x: auto }
        </style>
        <h1>%1$s</h1>
        <p>%2$s</p>
        %3$s</html>
        """
            .formatted(escaped(title), escaped(hint), code);
    return text(status, page).with("Content-Type", "text/html; charset=utf-8");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
