package dev.parigot.signin;

import dev.parigot.gateway.SignInPath;
import dev.parigot.situation.User;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The page on which people sign in, sign up and sign out: plain HTML, with no script. */
final class Page {
  private static final String STYLE =
      """
      :root { color-scheme: light dark; --line: light-dark(#767676, #8d8d8d); --soft: light-dark(#555, #b8b8b8);
        --accent: light-dark(#1b4fc4, #9db8ff); --on-accent: light-dark(#fff, #101828); --bad: light-dark(#a3151a, #ffb0ab) }
      * { box-sizing: border-box }
      body { margin: 0; font: 1rem/1.5 system-ui, sans-serif; background: light-dark(#f6f6f7, #17181b); color: light-dark(#1b1b1f, #ececef) }
      main { max-width: 24rem; margin: clamp(1rem, 12vh, 8rem) auto; padding: 2rem 1.5rem; border-radius: .75rem;
        background: light-dark(#fff, #202226) }
      h1 { margin: 0 0 .25rem; font-size: 1.5rem; overflow-wrap: anywhere }
      p { margin: 0 0 1.25rem; color: var(--soft); overflow-wrap: anywhere }
      p.bad { padding: .75rem 1rem; border: 1px solid; border-radius: .5rem; color: var(--bad) }
      label { display: block; margin-bottom: 1rem; font-weight: 600 }
      input { display: block; width: 100%; margin-top: .25rem; padding: .6rem .75rem; font: inherit; font-weight: 400;
        border: 1px solid var(--line); border-radius: .5rem; background: transparent; color: inherit }
      button, .way { display: block; width: 100%; padding: .65rem; font: inherit; font-weight: 600; text-align: center;
        text-decoration: none; border: 1px solid var(--accent); border-radius: .5rem; cursor: pointer }
      button { background: var(--accent); color: var(--on-accent) }
      .way { margin-bottom: .75rem; color: var(--accent) }
      .closed { border-style: dashed; cursor: default; color: var(--soft) }
      :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
      small { display: block; font-weight: 400; color: var(--soft) }
      .or { text-align: center }
      .other { margin: 1.25rem 0 0; text-align: center }
      a { color: var(--accent) }
      """;

  /** By which the page's policy knows its style. */
  static final String STYLE_HASH = "sha256-" + hash();

  private final Offer offer;

  Page(Offer offer) {
    this.offer = offer;
  }

  /**
   * The form, empty or as it was sent.
   *
   * @param mistake what was wrong with what was sent, or empty
   */
  String form(boolean signUp, String next, String email, String name, String mistake) {
    boolean up = signUp && offer.signUp();
    String verb = up ? "Sign up" : "Sign in";
    String problem =
        mistake.isEmpty() ? "" : "<p class=\"bad\" role=\"alert\">" + escaped(mistake) + "</p>\n";
    return page(
        verb,
        ways(next)
            + problem
            + """
            <form method="post" action="%1$s%2$s">
            <input type="hidden" name="next" value="%3$s">
            <label>E-mail <input type="email" name="email" value="%4$s" required autocomplete="username" maxlength="254"></label>
            %5$s<label>Password <input type="password" name="password" required %6$s</label>
            <button>%7$s</button>
            </form>
            %8$s\
            """
                .formatted(
                    SignInPath.PATH,
                    up ? "sign-up" : "sign-in",
                    escaped(next),
                    escaped(email),
                    up ? nameField(name) : "",
                    up
                        ? "autocomplete=\"new-password\" minlength=\"8\" maxlength=\"256\">\n<small>At least 8 characters.</small>"
                        : "autocomplete=\"current-password\">",
                    verb,
                    other(up, next)));
  }

  private static String nameField(String name) {
    return """
    <label>Name <small>if you like</small><input name="name" value="%s" autocomplete="name" maxlength="100"></label>
    """
        .formatted(escaped(name));
  }

  private String ways(String next) {
    if (offer.ways().isEmpty()) {
      return "";
    }
    return offer.ways().stream()
        .map(way -> way(way, next))
        .collect(Collectors.joining("\n", "", "\n<p class=\"or\">or</p>\n"));
  }

  private static String way(Offer.Way way, String next) {
    return way.open()
        ? "<a class=\"way\" href=\"%soidc/%s?next=%s\">Sign in with %s</a>"
            .formatted(SignInPath.PATH, way.name(), encoded(next), escaped(way.title()))
        : "<span class=\"way closed\">%s, once it is deployed</span>"
            .formatted(escaped(way.title()));
  }

  private String other(boolean up, String next) {
    if (!offer.signUp()) {
      return "";
    }
    return "<p class=\"other\">%s <a href=\"%s%s?next=%s\">%s</a></p>"
        .formatted(
            up ? "Signed up already?" : "New here?",
            SignInPath.PATH,
            up ? "" : "sign-up",
            encoded(next),
            up ? "Sign in" : "Sign up");
  }

  /** For those who are signed in already. */
  String signedIn(User user, String next) {
    JsonNode claims = JsonMapper.shared().readTree(user.claims());
    String name = claims.path("name").asString("");
    String email = claims.path("email").asString("");
    return page(
        "Signed in",
        """
        <p>You are signed in as <strong>%1$s</strong>%2$s.</p>
        <form method="post" action="%3$ssign-out">
        <input type="hidden" name="next" value="%4$s">
        <button>Sign out</button>
        </form>
        <p class="other"><a href="%4$s">Go on to %5$s</a></p>\
        """
            .formatted(
                escaped(name.isEmpty() ? user.id() : name),
                email.isEmpty() ? "" : " (" + escaped(email) + ")",
                SignInPath.PATH,
                escaped(next),
                escaped(offer.app())));
  }

  private String page(String what, String content) {
    return """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>%1$s · %2$s</title>
    <style>%3$s</style>
    </head>
    <body>
    <main>
    <h1>%2$s</h1>
    <p>%1$s</p>
    %4$s
    </main>
    </body>
    </html>
    """
        .formatted(what, escaped(offer.app()), STYLE, content);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private static String hash() {
    try {
      return Base64.getEncoder()
          .encodeToString(
              MessageDigest.getInstance("SHA-256").digest(STYLE.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
