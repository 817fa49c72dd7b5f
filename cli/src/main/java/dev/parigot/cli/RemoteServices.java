package dev.parigot.cli;

import dev.parigot.cli.platform.Credentials;
import dev.parigot.cli.platform.Platform;
import dev.parigot.cli.platform.Refused;
import dev.parigot.cli.platform.Unreachable;
import dev.parigot.workbench.Elsewhere;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which services {@code --remote} says run elsewhere, and where: at an app's address, which is
 * called with the access token of a platform if that app is there.
 */
final class RemoteServices {
  private static final int UNAUTHENTICATED = 401;
  private static final Pattern ADDRESS =
      Pattern.compile("(?<scheme>https?)://(?<label>[^./]+)(?<rest>[./].*)");

  private final Map<String, String> environment;
  private final Credentials credentials;
  private final Map<String, Elsewhere> known = new LinkedHashMap<>();

  RemoteServices(Map<String, String> environment, Credentials credentials) {
    this.environment = environment;
    this.credentials = credentials;
  }

  /**
   * By service. An {@link IllegalArgumentException} if an option is not {@code a,b=URL}.
   *
   * @param options each with the services before, and the app's address behind the first =
   */
  Map<String, Elsewhere> of(List<String> options) {
    Map<String, Elsewhere> services = new LinkedHashMap<>();
    for (String option : options) {
      int equals = option.indexOf('=');
      String url = option.substring(equals + 1).replaceFirst("/+$", "");
      if (equals < 1 || !url.matches("https?://[^/?#]+")) {
        throw new IllegalArgumentException(
            "--remote is a list of services and the app's address elsewhere, such as"
                + " cart,stock=http://main--shop.localhost:8080");
      }
      Elsewhere where = known.computeIfAbsent(url, this::find);
      for (String service : option.substring(0, equals).split(",")) {
        services.put(service.strip(), where);
      }
    }
    return services;
  }

  private Elsewhere find(String url) {
    for (Login login : logins()) {
      Optional<String> name = app(login, url);
      if (name.isPresent()) {
        return new Elsewhere.SignedIn(
            url,
            URI.create(login.platform() + "/api/v1/apps/" + Platform.encoded(name.get())),
            login.token());
      }
    }
    return new Elsewhere.Open(url);
  }

  /** The name of the user's app that answers at that address, which may be one in staging. */
  private static Optional<String> app(Login login, String url) {
    try {
      return Platform.at(login.platform(), login.token()).all("apps").stream()
          .flatMap(app -> name(app.path("url").asString(""), url).stream())
          .findFirst();
    } catch (Unreachable e) {
      return Optional.empty(); // If the app is there, it can't be reached either, and says so.
    } catch (Refused e) {
      if (e.status() == UNAUTHENTICATED) {
        throw new UserMistake(
            login.platform()
                + " does not take your access token any more. Log in again: parigot login "
                + login.platform());
      }
      throw e;
    }
  }

  /**
   * What the first label of an address names, if it is that of the production of an app, or such as
   * {@code http://branch--shop.localhost:8080} of a branch.
   *
   * @param production the address of the production, with a slash at its end
   */
  static Optional<String> name(String production, String url) {
    Matcher app = ADDRESS.matcher(production);
    Matcher wanted = ADDRESS.matcher(url + "/");
    return app.matches()
            && wanted.matches()
            && app.group("scheme").equals(wanted.group("scheme"))
            && app.group("rest").equals(wanted.group("rest"))
            && ("--" + wanted.group("label")).endsWith("--" + app.group("label"))
        ? Optional.of(wanted.group("label"))
        : Optional.empty();
  }

  /** A platform, and the token that opens it. */
  private record Login(URI platform, String token) {}

  private List<Login> logins() {
    List<Login> logins = new ArrayList<>();
    String token = environment.getOrDefault("PARIGOT_TOKEN", "").strip();
    String platform = environment.getOrDefault("PARIGOT_PLATFORM", "").strip();
    if (!token.isEmpty() && !platform.isEmpty()) {
      logins.add(new Login(Platform.address(platform), token));
    }
    credentials.all().forEach(login -> logins.add(new Login(login.address(), login.token())));
    return logins;
  }
}
