package dev.parigot.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The Common Gateway Interface (RFC 3875): a request as variables, and a program's output read. */
public final class Cgi {
  private static final byte[] NOTHING = {};

  private Cgi() {}

  /** What a program answered. */
  public sealed interface Answer {
    /** A response for the client. */
    record Response(HttpResponse response) implements Answer {}

    /** What a GET of this path, query included, would get, instead. */
    record LocalRedirect(String target) implements Answer {}
  }

  /**
   * The meta-variables of a request.
   *
   * @param service whose command it is: {@code SCRIPT_NAME} is {@code /service} for what lies under
   *     that, else empty
   * @throws MalformedMessage if its path can't be decoded
   */
  public static Map<String, String> variables(HttpRequest request, String service) {
    Map<String, String> variables = new TreeMap<>();
    headers(request.headers(), variables);
    String script = request.path().startsWith("/" + service + "/") ? "/" + service : "";
    String host = request.headers().first("Host").orElse("localhost");
    int port = port(host);
    String peer = request.headers().first("X-Forwarded-For").orElse("");
    variables.put("GATEWAY_INTERFACE", "CGI/1.1");
    variables.put("SERVER_PROTOCOL", "HTTP/1.1");
    variables.put("SERVER_SOFTWARE", "Parigot");
    variables.put("SERVER_NAME", port < 0 ? host : host.substring(0, host.lastIndexOf(':')));
    variables.put("SERVER_PORT", Integer.toString(port < 0 ? 80 : port));
    variables.put("REMOTE_ADDR", peer);
    variables.put("REMOTE_HOST", peer);
    variables.put("REQUEST_METHOD", request.method());
    variables.put("REQUEST_URI", request.target());
    variables.put("SCRIPT_NAME", script);
    variables.put("PATH_INFO", decoded(request.path().substring(script.length())));
    variables.put("QUERY_STRING", request.query());
    if (request.body().length > 0) {
      variables.put("CONTENT_LENGTH", Integer.toString(request.body().length));
    }
    request.headers().first("Content-Type").ifPresent(type -> variables.put("CONTENT_TYPE", type));
    return variables;
  }

  /** Fields as {@code HTTP_NAME}; those that two names could stand for are left out. */
  private static void headers(Headers headers, Map<String, String> variables) {
    for (Headers.Field field : headers.fields()) {
      String name = field.name().toUpperCase(Locale.ROOT);
      boolean told = name.equals("CONTENT-TYPE") || name.equals("CONTENT-LENGTH");
      // A client must not be able to set what programs read as the proxy to use.
      if (!told && !name.equals("PROXY") && name.matches("[A-Z0-9-]+")) {
        variables.merge(
            "HTTP_" + name.replace('-', '_'),
            utf8(field.value()),
            (a, b) -> a + (name.equals("COOKIE") ? "; " : ", ") + b);
      }
    }
  }

  private static int port(String host) {
    int colon = host.lastIndexOf(':');
    String digits = host.substring(colon + 1);
    return colon < 0 || colon < host.lastIndexOf(']') || !digits.matches("[0-9]{1,5}")
        ? -1
        : Integer.parseInt(digits);
  }

  /** The text whose UTF-8 bytes a header's value is. */
  private static String utf8(String value) {
    return new String(value.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  private static String decoded(String path) {
    ByteBuffer bytes = ByteBuffer.allocate(path.length());
    for (int i = 0; i < path.length(); i++) {
      if (path.charAt(i) != '%') {
        bytes.put((byte) path.charAt(i));
        continue;
      }
      boolean whole = i + 2 < path.length();
      int high = whole ? Character.digit(path.charAt(i + 1), 16) : -1;
      int low = whole ? Character.digit(path.charAt(i + 2), 16) : -1;
      if (high < 0 || low < 0 || high == 0 && low == 0) {
        throw new MalformedMessage("the path is not well encoded");
      }
      bytes.put((byte) (high << 4 | low));
      i += 2;
    }
    return StandardCharsets.UTF_8.decode(bytes.flip()).toString();
  }

  /**
   * Reads what a program wrote.
   *
   * @param method of the request that it answers
   * @throws MalformedMessage if that has no headers, or no end of them
   */
  public static Answer read(byte[] output, String method) {
    MessageReader reader = new MessageReader(output);
    Headers written = reader.headers();
    byte[] body = reader.rest();
    if (written.fields().isEmpty()) {
      throw new MalformedMessage("it has no headers: Content-Type, Location or Status is needed");
    }
    Optional<String> location = written.first("Location");
    if (written.fields().size() == 1
        && body.length == 0
        && location.filter(Cgi::isLocal).isPresent()) {
      return new Answer.LocalRedirect(location.get());
    }
    int otherwise = location.isPresent() ? 302 : 200;
    int status =
        written
            .first("Status")
            .map(value -> HttpResponse.status(value.split(" ", 2)[0], "Status: " + value))
            .orElse(otherwise);
    Headers headers = written.without("Status").withoutHopByHop();
    boolean none = status == 204 || status == 304;
    if (method.equals("HEAD") || none) {
      boolean told = none || headers.has("Content-Length");
      return new Answer.Response(
          new HttpResponse(
              status,
              told ? headers : headers.with("Content-Length", Integer.toString(body.length)),
              NOTHING));
    }
    return new Answer.Response(new HttpResponse(status, headers.without("Content-Length"), body));
  }

  /** Whether it is a path of this server, and not another one's URL. */
  private static boolean isLocal(String location) {
    return location.startsWith("/") && !location.startsWith("//");
  }
}
