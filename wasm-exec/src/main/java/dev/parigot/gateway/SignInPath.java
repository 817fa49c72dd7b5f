package dev.parigot.gateway;

import dev.parigot.http.Headers;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Where an app's users sign in, and what those are told who are not signed in and should be. */
public final class SignInPath {
  /** The page; everything about signing in is under it. */
  public static final String PATH = OwnFiles.FOLDER + "auth/";

  private static final String PROBLEM =
      """
      {"type":"urn:parigot:problem:sign-in-needed","title":"Unauthorized","status":401,\
      "detail":"Nobody is signed in.",\
      "next":"Sign in at %1$s, or by a POST to %1$ssign-in with an e-mail and a password."}
      """;

  private SignInPath() {}

  /** A browser that asks for a page is shown the way to sign in; all else is told what it lacks. */
  public static GatewayResponse refused(GatewayRequest request) {
    if (request.method().equals("GET") && RequestHeaders.wantsHtml(request)) {
      String next = URLEncoder.encode(request.target(), StandardCharsets.UTF_8);
      return new GatewayResponse(
          303,
          Headers.of("Location", PATH + "?next=" + next, "Cache-Control", "no-store"),
          new byte[0]);
    }
    return new GatewayResponse(
        401,
        Headers.of(
            "Content-Type",
            "application/problem+json",
            // RFC 9110 asks for one; no browser knows it, and so none opens a window of its own.
            "WWW-Authenticate",
            "Session location=\"" + PATH + "\"",
            "Cache-Control",
            "no-store",
            "X-Content-Type-Options",
            "nosniff"),
        PROBLEM.formatted(PATH).getBytes(StandardCharsets.UTF_8));
  }
}
