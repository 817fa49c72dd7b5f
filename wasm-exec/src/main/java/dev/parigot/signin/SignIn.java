package dev.parigot.signin;

import dev.parigot.gateway.GatewayRequest;
import dev.parigot.gateway.GatewayResponse;
import dev.parigot.gateway.SignInPath;
import dev.parigot.http.Headers;
import dev.parigot.signin.Directory.Credentials;
import dev.parigot.signin.Directory.Outcome;
import dev.parigot.situation.User;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Stands before the gateway of an app: answers everything under {@link SignInPath#PATH}, and tells
 * the gateway who is signed in.
 */
public final class SignIn {
  private static final byte[] NOTHING = {};
  private static final String OIDC = "oidc/";
  private static final String CALLBACK = "/callback";

  private static final Outcome.Refused NOT_OWN =
      new Outcome.Refused(
          403,
          "foreign-request",
          "This request was not made by a page of the app itself.",
          "Send it from a page of the app, or as application/json.");
  private static final Outcome.Refused NOT_READABLE =
      new Outcome.Refused(
          400,
          "invalid-request",
          "The request is no JSON object.",
          "Send one such as {\"email\":\"ada@example.org\",\"password\":\"…\"}, as application/json.");
  private static final Outcome.Refused CLOSED =
      new Outcome.Refused(
          403, "sign-up-closed", "This app takes no new users.", "Ask those who run it.");
  private static final Outcome.Refused NOBODY =
      new Outcome.Refused(
          401, "sign-in-needed", "Nobody is signed in.", "Sign in at " + SignInPath.PATH + ".");

  private final Offer offer;
  private final Directory directory;
  private final Providers providers;
  private final Page page;

  public SignIn(Offer offer, Directory directory, Providers providers) {
    this.offer = offer;
    this.directory = directory;
    this.providers = providers;
    this.page = new Page(offer);
  }

  /** Whether a request is to be answered here. */
  public static boolean isFor(GatewayRequest request) {
    return request.path().startsWith(SignInPath.PATH)
        || request.path().equals(SignInPath.PATH.substring(0, SignInPath.PATH.length() - 1));
  }

  /**
   * The request as the app gets it: with its user, and without the cookie that tells him. Without
   * one it costs next to nothing.
   */
  public GatewayRequest known(GatewayRequest request) {
    return Cookies.mayBeIn(request)
        ? request.of(Cookies.without(request.headers()), user(request).orElse(null))
        : request;
  }

  private Optional<User> user(GatewayRequest request) {
    return Whence.countsAsUsers(request)
        ? Cookies.session(request).flatMap(directory::user)
        : Optional.empty();
  }

  /** The answer to a request that {@link #isFor}. */
  public GatewayResponse answer(GatewayRequest request) {
    GatewayResponse response = endpoint(request);
    return request.method().equals("HEAD")
        ? new GatewayResponse(response.status(), response.headers(), NOTHING)
        : response;
  }

  private GatewayResponse endpoint(GatewayRequest request) {
    if (!request.path().startsWith(SignInPath.PATH)) {
      return Replies.redirect(SignInPath.PATH);
    }
    String rest = request.path().substring(SignInPath.PATH.length());
    if (rest.startsWith(OIDC)) {
      return read(request) ? provider(request, rest.substring(OIDC.length())) : notAllowed("GET");
    }
    return switch (rest) {
      case "" -> read(request) ? shown(request, false) : notAllowed("GET");
      case "me" -> read(request) ? me(request) : notAllowed("GET");
      case "sign-up" -> read(request) ? shown(request, true) : post(request, rest);
      case "sign-in" -> read(request) ? shown(request, false) : post(request, rest);
      case "sign-out" -> read(request) ? shown(request, false) : post(request, rest);
      default ->
          Replies.problem(
              new Outcome.Refused(
                  404,
                  "not-found",
                  "There is nothing at this address.",
                  "The page to sign in is " + SignInPath.PATH + "."));
    };
  }

  private static boolean read(GatewayRequest request) {
    return request.method().equals("GET") || request.method().equals("HEAD");
  }

  private static GatewayResponse notAllowed(String allowed) {
    return Replies.problem(
            new Outcome.Refused(
                405, "method-not-allowed", "This address takes " + allowed + " only.", ""))
        .with("Allow", allowed);
  }

  private GatewayResponse shown(GatewayRequest request, boolean signUp) {
    String next = Next.of(Fields.ofQuery(request).find("next"));
    return Replies.page(
        200,
        user(request)
            .map(user -> page.signedIn(user, next))
            .orElseGet(() -> page.form(signUp, next, "", "", "")));
  }

  private GatewayResponse me(GatewayRequest request) {
    return user(request)
        .map(user -> Replies.json(200, user.claims()))
        .orElseGet(() -> Replies.problem(NOBODY));
  }

  /**
   * A form needs the word of a browser; JSON can't be sent from another site without being asked.
   */
  private GatewayResponse post(GatewayRequest request, String what) {
    if (!request.method().equals("POST")) {
      return notAllowed("GET, POST");
    }
    Fields.Kind kind = Fields.kind(request);
    boolean own = kind == Fields.Kind.FORM ? Whence.isOwn(request) : !Whence.isForeign(request);
    if (!own || kind == Fields.Kind.OTHER) {
      return Replies.problem(NOT_OWN);
    }
    Optional<Fields> fields = Fields.ofBody(request);
    if (fields.isEmpty()) {
      return Replies.problem(NOT_READABLE);
    }
    boolean form = kind == Fields.Kind.FORM;
    if (what.equals("sign-out")) {
      return signOut(request, fields.get(), form);
    }
    boolean signUp = what.equals("sign-up");
    Outcome outcome = signUp ? signUp(request, fields.get()) : signIn(request, fields.get());
    return form
        ? formAnswered(request, fields.get(), signUp, outcome)
        : jsonAnswered(request, signUp ? 201 : 200, outcome);
  }

  private Outcome signUp(GatewayRequest request, Fields fields) {
    return offer.signUp()
        ? directory.signUp(credentials(fields), fields.text("name"), request.remoteAddress())
        : CLOSED;
  }

  private Outcome signIn(GatewayRequest request, Fields fields) {
    return directory.signIn(credentials(fields), request.remoteAddress());
  }

  private static Credentials credentials(Fields fields) {
    return new Credentials(fields.text("email"), fields.text("password"));
  }

  private GatewayResponse jsonAnswered(GatewayRequest request, int status, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Refused refused -> Replies.problem(refused);
      case Outcome.SignedIn(String token, User user) ->
          begun(request, token, Replies.json(status, user.claims()));
    };
  }

  private GatewayResponse formAnswered(
      GatewayRequest request, Fields fields, boolean signUp, Outcome outcome) {
    String next = Next.of(fields.find("next"));
    return switch (outcome) {
      case Outcome.Refused refused ->
          Replies.page(
              refused.status(),
              page.form(
                  signUp,
                  next,
                  fields.text("email"),
                  fields.text("name"),
                  refused.what() + " " + refused.next()));
      case Outcome.SignedIn(String token, _) -> begun(request, token, Replies.redirect(next));
    };
  }

  /** Whoever had a session before, has another one now. */
  private GatewayResponse begun(GatewayRequest request, String token, GatewayResponse response) {
    Cookies.session(request).ifPresent(directory::signOut);
    return Replies.with(response, Cookies.sessionSet(request, token));
  }

  private GatewayResponse signOut(GatewayRequest request, Fields fields, boolean form) {
    Cookies.session(request).ifPresent(directory::signOut);
    GatewayResponse response =
        form
            ? Replies.redirect(Next.of(fields.find("next")))
            : new GatewayResponse(204, Headers.of("Cache-Control", "no-store"), NOTHING);
    return Replies.with(response, Cookies.sessionCleared(request));
  }

  private GatewayResponse provider(GatewayRequest request, String rest) {
    if (rest.endsWith(CALLBACK)) {
      return arrive(request, rest.substring(0, rest.length() - CALLBACK.length()));
    }
    String next = Next.of(Fields.ofQuery(request).find("next"));
    return switch (providers.depart(rest, callback(request, rest))) {
      case Providers.Departure.No(Outcome.Refused why) -> failed(why, next);
      case Providers.Departure.To(String location, String kept) ->
          Replies.with(
              Replies.redirect(location),
              Cookies.journeySet(
                  request, kept + "." + Base64.getUrlEncoder().encodeToString(utf8(next))));
    };
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String callback(GatewayRequest request, String provider) {
    return request.origin() + SignInPath.PATH + OIDC + provider + CALLBACK;
  }

  private GatewayResponse arrive(GatewayRequest request, String provider) {
    String journey = Cookies.journey(request).orElse("");
    int end = journey.lastIndexOf('.');
    String kept = journey.substring(0, Math.max(0, end));
    String next = Next.of(Optional.of(plain(journey.substring(end + 1))));
    Outcome outcome =
        providers.arrive(
            provider, callback(request, provider), Fields.ofQuery(request).values(), kept);
    GatewayResponse response =
        switch (outcome) {
          case Outcome.Refused refused -> failed(refused, next);
          case Outcome.SignedIn(String token, _) -> begun(request, token, Replies.redirect(next));
        };
    return Replies.with(response, Cookies.journeyCleared(request));
  }

  private static String plain(String encoded) {
    try {
      return new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return Next.HOME;
    }
  }

  /** Only people come here, by a browser. */
  private GatewayResponse failed(Outcome.Refused why, String next) {
    return Replies.page(
        why.status(), page.form(false, next, "", "", why.what() + " " + why.next()));
  }
}
