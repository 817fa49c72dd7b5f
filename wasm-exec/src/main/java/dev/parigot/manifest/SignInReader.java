package dev.parigot.manifest;

import dev.parigot.manifest.Entries.Located;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads how an app's users sign in. */
final class SignInReader {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,30}");
  private static final int LONGEST_TITLE = 40;

  private final Mistakes mistakes;

  SignInReader(Mistakes mistakes) {
    this.mistakes = mistakes;
  }

  Manifest.SignIn read(@Nullable Entries entry) {
    if (entry == null) {
      return Manifest.SignIn.DEFAULT;
    }
    boolean signUp = entry.flag("sign_up", true);
    Map<String, Manifest.Provider> providers = new LinkedHashMap<>();
    for (Entries each : entry.tables("oidc")) {
      Manifest.Provider provider = provider(each);
      each.refuseOthers();
      if (provider != null) {
        providers.put(each.name(), provider);
      }
    }
    entry.refuseOthers();
    return new Manifest.SignIn(signUp, providers);
  }

  private Manifest.@Nullable Provider provider(Entries entry) {
    if (!NAME.matcher(entry.name()).matches()) {
      mistakes.add(
          entry.place(),
          "\"" + entry.name() + "\" can't name a provider.",
          "Expected 1 to 31 lower-case letters, digits, hyphens and underscores, beginning with a letter.");
    }
    Located<String> issuer = entry.requiredText("issuer");
    Located<String> client = entry.requiredText("client_id");
    Located<String> title = entry.text("name");
    if (issuer != null && !isIssuer(issuer.value())) {
      mistakes.add(
          issuer.at(),
          entry.shown("issuer") + " is \"" + issuer.value() + "\".",
          "Expected an https URL without a query, such as \"https://accounts.google.com\"; http only on this machine.");
    }
    if (client != null && client.value().isBlank()) {
      mistakes.add(client.at(), entry.shown("client_id") + " is empty.", "");
    }
    if (title != null && (title.value().isBlank() || title.value().length() > LONGEST_TITLE)) {
      mistakes.add(
          title.at(),
          entry.shown("name") + " is \"" + title.value() + "\".",
          "Expected 1 to " + LONGEST_TITLE + " characters, such as \"Google\".");
    }
    return issuer == null || client == null
        ? null
        : new Manifest.Provider(
            issuer.value(), client.value(), title == null ? entry.name() : title.value());
  }

  /** By OpenID Connect Discovery; without TLS only where nobody can listen. */
  private static boolean isIssuer(String text) {
    try {
      URI uri = new URI(text);
      String host = uri.getHost();
      boolean here =
          host != null
              && (host.equals("localhost")
                  || host.endsWith(".localhost")
                  || host.equals("127.0.0.1"));
      return host != null
          && uri.getQuery() == null
          && uri.getFragment() == null
          && uri.getUserInfo() == null
          && ("https".equals(uri.getScheme()) || here && "http".equals(uri.getScheme()));
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
