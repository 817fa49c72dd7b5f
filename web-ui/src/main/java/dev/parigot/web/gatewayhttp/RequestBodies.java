package dev.parigot.web.gatewayhttp;

import dev.parigot.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

/** Reads the bodies of requests whole, up to a limit. */
final class RequestBodies {
  /** The ABI's limit of a request: 10 MiB. */
  static final int LIMIT = 10 << 20;

  private final int limit;

  RequestBodies(int limit) {
    this.limit = limit;
  }

  /** The whole body; a 413 {@code Problem} as soon as it is known to be larger than the limit. */
  byte[] read(HttpServletRequest request) throws IOException {
    if (request.getContentLengthLong() > limit) {
      throw tooLarge();
    }
    byte[] body = request.getInputStream().readNBytes(limit + 1);
    if (body.length > limit) {
      throw tooLarge();
    }
    return body;
  }

  private Problem tooLarge() {
    return Problem.user(
        413,
        "request-too-large",
        "The request's body is larger than the " + limit / (1 << 20) + " MiB that a call can take.",
        "Send less at once.");
  }
}
