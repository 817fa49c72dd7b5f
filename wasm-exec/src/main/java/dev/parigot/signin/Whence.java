package dev.parigot.signin;

import dev.parigot.gateway.GatewayRequest;
import dev.parigot.gateway.RequestHeaders;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a request comes from a page of the app itself. Browsers tell it in headers that no script
 * can set; what is no browser sends neither, and has nobody's cookies.
 */
final class Whence {
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

  private Whence() {}

  /** Whether the page of another origin has it sent, one under the same domain included. */
  static boolean isForeign(GatewayRequest request) {
    Optional<String> site = RequestHeaders.first(request, "sec-fetch-site");
    if (site.isPresent()) {
      return !site.get().equals("same-origin") && !site.get().equals("none");
    }
    return RequestHeaders.first(request, "origin")
        .filter(origin -> !origin.equals(request.origin()))
        .isPresent();
  }

  /** Whether a browser or a page says that it is of the app itself. */
  static boolean isOwn(GatewayRequest request) {
    return !isForeign(request)
        && (RequestHeaders.first(request, "sec-fetch-site").isPresent()
            || RequestHeaders.first(request, "origin").isPresent());
  }

  /**
   * Whether it counts as its user's: a link on another site may lead into the app, and nothing else
   * there may act or read in his name.
   */
  static boolean countsAsUsers(GatewayRequest request) {
    boolean visit =
        SAFE.contains(request.method())
            && RequestHeaders.first(request, "sec-fetch-mode")
                .filter("navigate"::equals)
                .isPresent();
    return visit || !isForeign(request);
  }
}
