package dev.parigot.gateway;

import java.util.List;
import java.util.Map;

/**
 * An HTTP request, read whole.
 *
 * @param path as sent, undecoded, without the query
 * @param query without the question mark, or empty
 * @param headers by lower-case name
 */
public record GatewayRequest(
    String method,
    String path,
    String query,
    Map<String, List<String>> headers,
    byte[] body,
    String remoteAddress) {
  /** The path with a slash at its end, and the query. */
  String withSlash() {
    return path + "/" + (query.isEmpty() ? "" : "?" + query);
  }
}
