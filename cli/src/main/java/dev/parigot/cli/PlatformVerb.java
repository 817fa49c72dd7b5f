package dev.parigot.cli;

import dev.parigot.cli.platform.Credentials;
import dev.parigot.cli.platform.Platform;
import dev.parigot.cli.platform.Refused;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** A verb that asks a platform: the one named, or the one that the user is logged in to. */
abstract class PlatformVerb implements Callable<Integer> {
  private static final int UNAUTHENTICATED = 401;

  @Option(
      names = "--platform",
      paramLabel = "URL",
      description = "the platform; needed if you are logged in to several")
  private @Nullable String wanted;

  @Spec private CommandSpec spec = CommandSpec.create();

  private @Nullable Platform opened;

  /** Does what the verb is for. */
  abstract int run();

  @Override
  public final Integer call() {
    try {
      return run();
    } catch (Refused e) {
      if (e.status() == UNAUTHENTICATED && opened != null) {
        throw new UserMistake(
            opened.url()
                + " does not take your access token any more. Log in again: parigot login "
                + opened.url());
      }
      throw e;
    } finally {
      if (opened != null) {
        tellOtherVersion(opened);
      }
    }
  }

  /** The folder that the verb is about. */
  Path dir() {
    return parigot().dir();
  }

  final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  final PrintWriter errors() {
    return spec.commandLine().getErr();
  }

  final Parigot parigot() {
    return (Parigot) spec.root().userObject();
  }

  /** What ends the command as wrong usage. */
  final ParameterException wrongUsage(String why) {
    return new ParameterException(spec.commandLine(), why);
  }

  final void printJson(Object json) {
    out().println(JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(json));
  }

  /** The platform's address as the user gave it; wrong usage if it is none. */
  final URI address(String text) {
    try {
      return Platform.address(text);
    } catch (IllegalArgumentException e) {
      throw wrongUsage("\"" + text + "\" is no address of a platform: " + e.getMessage());
    }
  }

  /** The platform; a {@link UserMistake} says what to do if it can't be told or entered. */
  final Platform platform() {
    if (opened == null) {
      opened = open();
    }
    return opened;
  }

  private Platform open() {
    Map<String, String> environment = parigot().environment();
    Credentials credentials = parigot().credentials();
    String token = environment.get("PARIGOT_TOKEN");
    Optional<URI> named = named();
    if (token != null && !token.isBlank()) {
      URI url =
          named
              .or(() -> remote().map(GitFolder.Remote::platform))
              .or(() -> only(credentials).map(Credentials.Login::address))
              .orElseThrow(() ->
                  new UserMistake(
                      "PARIGOT_TOKEN is set, but not the platform: say --platform URL, or set"
                          + " PARIGOT_PLATFORM"));
      return Platform.at(url, token.strip());
    }
    Credentials.Login login = login(credentials, named);
    return Platform.at(login.address(), login.token());
  }

  /** By the option, or else by the environment. */
  private Optional<URI> named() {
    return Optional.ofNullable(wanted)
        .or(() -> Optional.ofNullable(parigot().environment().get("PARIGOT_PLATFORM")))
        .map(this::address);
  }

  /**
   * The login that is meant: that of the platform named, of the folder's git remote, or the only
   * one.
   */
  final Credentials.Login login() {
    return login(parigot().credentials(), named());
  }

  private Credentials.Login login(Credentials credentials, Optional<URI> named) {
    if (named.isPresent()) {
      return credentials
          .of(named.get())
          .orElseThrow(() ->
              new UserMistake(
                  "you are not logged in to " + named.get() + ": parigot login " + named.get()));
    }
    return remote()
        .flatMap(remote -> credentials.of(remote.platform()))
        .or(() -> only(credentials))
        .orElseThrow(() -> ambiguous(credentials.all()));
  }

  private static Optional<Credentials.Login> only(Credentials credentials) {
    List<Credentials.Login> all = credentials.all();
    return all.size() == 1 ? Optional.of(all.getFirst()) : Optional.empty();
  }

  private static UserMistake ambiguous(List<Credentials.Login> logins) {
    return new UserMistake(
        logins.isEmpty()
            ? "you are not logged in: parigot login URL"
            : "you are logged in to several platforms; say --platform with one of "
                + String.join(", ", logins.stream().map(Credentials.Login::url).toList()));
  }

  final Optional<GitFolder.Remote> remote() {
    return new GitFolder(dir()).remote();
  }

  private void tellOtherVersion(Platform platform) {
    String own = Version.OWN;
    platform
        .version()
        .filter(other -> !other.equals(own))
        .ifPresent(other ->
            errors()
                .println(
                    "parigot: this command is version %s, and the platform %s; get its own from %s/download/parigot.tar.gz"
                        .formatted(own, Printable.of(other), platform.url())));
  }
}
