package dev.parigot.gateway;

import dev.parigot.situation.User;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP request, read whole.
 *
 * @param path as sent, undecoded, without the query
 * @param query without the question mark, or empty
 * @param headers by lower-case name
 * @param origin where it came to, such as {@code https://shop.example.org}; empty if that is not
 *     known
 * @param user who is signed in, or null for nobody
 */
public record GatewayRequest(
    String method,
    String path,
    String query,
    Map<String, List<String>> headers,
    byte[] body,
    String remoteAddress,
    String origin,
    @Nullable User user) {
  /** Of somebody who is not signed in. */
  public GatewayRequest(
      String method,
      String path,
      String query,
      Map<String, List<String>> headers,
      byte[] body,
      String remoteAddress) {
    this(method, path, query, headers, body, remoteAddress, "", null);
  }

  /** Whether it came over HTTPS. */
  public boolean secure() {
    return origin.startsWith("https:");
  }

  /** The same with other headers, of another user or nobody. */
  public GatewayRequest of(Map<String, List<String>> otherHeaders, @Nullable User other) {
    return new GatewayRequest(
        method, path, query, otherHeaders, body, remoteAddress, origin, other);
  }

  /** The path with the query. */
  public String target() {
    return path + (query.isEmpty() ? "" : "?" + query);
  }

  /** The path with a slash at its end, and the query. */
  String withSlash() {
    return path + "/" + (query.isEmpty() ? "" : "?" + query);
  }
}
