package dev.parigot.web.gatewayhttp;

import dev.parigot.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Reads the bodies of requests whole, up to a limit. */
final class RequestBodies {
  /** The ABI's limit of a request: 10 MiB. */
  static final int LIMIT = 10 << 20;

  /** A body up to here has its array at once; a larger one only as it comes. */
  private static final int TRUSTED = 1 << 16;

  private final int limit;

  RequestBodies(int limit) {
    this.limit = limit;
  }

  /** The whole body; a 413 {@code Problem} as soon as it is known to be larger than the limit. */
  byte[] read(HttpServletRequest request) throws IOException {
    long declared = request.getContentLengthLong();
    if (declared > limit) {
      throw tooLarge();
    }
    InputStream in = request.getInputStream();
    if (declared >= 0 && declared <= TRUSTED) {
      byte[] body = new byte[(int) declared];
      int length = in.readNBytes(body, 0, body.length);
      return length == body.length ? body : Arrays.copyOf(body, length);
    }
    byte[] body = in.readNBytes(limit + 1);
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
