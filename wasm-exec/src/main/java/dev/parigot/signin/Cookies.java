package dev.parigot.signin;

import dev.parigot.gateway.GatewayRequest;
import java.time.Duration;
import java.util.AbstractMap;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The two cookies of signing in. No program of the app sees them, and no script: {@code HttpOnly}.
 * Over HTTPS their names begin with {@code __Host-}, so that no other host under the same domain
 * can set them.
 */
final class Cookies {
  private static final String HEADER = "cookie";
  private static final String SESSION = "parigot-session";
  private static final String JOURNEY = "parigot-journey";
  private static final String HOST = "__Host-";

  /** The longest that browsers keep any; when a session ends is told by who keeps sessions. */
  private static final Duration LONGEST = Duration.ofDays(400);

  private static final Duration JOURNEY_TIME = Duration.ofMinutes(10);

  private Cookies() {}

  /** Whether there may be one among those of the request; cheap. */
  static boolean mayBeIn(GatewayRequest request) {
    List<String> lines = request.headers().get(HEADER);
    return lines != null && lines.stream().anyMatch(line -> line.contains("parigot-"));
  }

  static Optional<String> session(GatewayRequest request) {
    return value(request, SESSION);
  }

  /** What a browser keeps while it is at a provider. */
  static Optional<String> journey(GatewayRequest request) {
    return value(request, JOURNEY);
  }

  private static Optional<String> value(GatewayRequest request, String name) {
    String prefix = name(name, request.secure()) + "=";
    return request.headers().getOrDefault(HEADER, List.of()).stream()
        .flatMap(line -> Arrays.stream(line.split(";")))
        .map(String::strip)
        .filter(pair -> pair.startsWith(prefix))
        .map(pair -> pair.substring(prefix.length()))
        .findFirst();
  }

  private static String name(String name, boolean secure) {
    return secure ? HOST + name : name;
  }

  static String sessionSet(GatewayRequest request, String token) {
    return set(request, SESSION, token, LONGEST);
  }

  static String sessionCleared(GatewayRequest request) {
    return set(request, SESSION, "", Duration.ZERO);
  }

  static String journeySet(GatewayRequest request, String value) {
    return set(request, JOURNEY, value, JOURNEY_TIME);
  }

  static String journeyCleared(GatewayRequest request) {
    return set(request, JOURNEY, "", Duration.ZERO);
  }

  private static String set(GatewayRequest request, String name, String value, Duration age) {
    return name(name, request.secure())
        + "="
        + value
        + "; Path=/; Max-Age="
        + age.toSeconds()
        + "; HttpOnly; SameSite=Lax"
        + (request.secure() ? "; Secure" : "");
  }

  /** The headers of the request without them. */
  static Map<String, List<String>> without(Map<String, List<String>> headers) {
    List<String> kept =
        headers.getOrDefault(HEADER, List.of()).stream()
            .map(Cookies::without)
            .filter(line -> !line.isEmpty())
            .toList();
    return new Replaced(headers, kept);
  }

  private static String without(String line) {
    return Arrays.stream(line.split(";"))
        .map(String::strip)
        .filter(pair -> !pair.isEmpty() && !isOurs(pair))
        .collect(Collectors.joining("; "));
  }

  private static boolean isOurs(String pair) {
    String name = pair.startsWith(HOST) ? pair.substring(HOST.length()) : pair;
    return name.startsWith(SESSION + "=") || name.startsWith(JOURNEY + "=");
  }

  /** Headers with other cookies, looked up when they are asked for. */
  private static final class Replaced extends AbstractMap<String, List<String>> {
    private final Map<String, List<String>> headers;
    private final List<String> cookies;

    Replaced(Map<String, List<String>> headers, List<String> cookies) {
      this.headers = headers;
      this.cookies = cookies;
    }

    @Override
    public @Nullable List<String> get(@Nullable Object name) {
      if (HEADER.equals(name)) {
        return cookies.isEmpty() ? null : cookies;
      }
      return headers.get(name);
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
      return get(name) != null;
    }

    @Override
    public Set<Map.Entry<String, List<String>>> entrySet() {
      Map<String, List<String>> all = new HashMap<>(headers);
      all.remove(HEADER);
      if (!cookies.isEmpty()) {
        all.put(HEADER, cookies);
      }
      return all.entrySet();
    }
  }
}
