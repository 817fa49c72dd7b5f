package dev.parigot.cli;

import dev.parigot.cli.platform.Credentials;
import dev.parigot.cli.platform.Platform;
import dev.parigot.cli.platform.Refused;
import dev.parigot.cli.platform.Unreachable;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code parigot login}: makes an access token for this machine, and keeps it. */
@Command(
    name = "login",
    description = {
      "Logs in to a platform: makes an access token with your e-mail and password, and keeps it in"
          + " a file that only you may read. The password is not kept.",
      "Without a terminal, e-mail and password are read as two lines."
    })
final class LoginCommand extends PlatformVerb {
  private static final int WRONG = 401;
  private static final int LONGEST_NAME = 100;

  @Parameters(paramLabel = "URL", description = "the platform, such as http://localhost:8080")
  private String url = "";

  @Option(names = "--email", paramLabel = "E-MAIL", description = "your e-mail (asked for)")
  private @Nullable String email;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description = "a token that you have already; - reads it from the standard input")
  private @Nullable String token;

  @Override
  int run() {
    URI address = address(url);
    Credentials.Login login = token == null ? byPassword(address) : byToken(address, token);
    Credentials credentials = parigot().credentials();
    credentials.of(address).ifPresent(old -> forget(old, login));
    credentials.put(login);
    out().println("Logged in to " + login + ".");
    return 0;
  }

  private Credentials.Login byToken(URI address, String given) {
    String secret = given.equals("-") ? line("the token") : given;
    try {
      var _ = Platform.at(address, secret).get("apps?limit=1");
    } catch (Refused e) {
      throw e.status() == WRONG
          ? new UserMistake(address + " does not take this token; make one in its console")
          : e;
    }
    return new Credentials.Login(address.toString(), null, null, secret);
  }

  private Credentials.Login byPassword(URI address) {
    String who = email == null ? ask("E-mail: ", "the e-mail") : email;
    String password = askSecretly();
    try {
      JsonNode made = Platform.at(address, who, password).post("tokens", Map.of("name", machine()));
      return new Credentials.Login(
          address.toString(), who, made.get("id").asLong(), made.get("token").asString());
    } catch (Refused e) {
      throw e.status() == WRONG
          ? new UserMistake(
              "e-mail or password is wrong; an account is made at " + address + "/sign-up")
          : e;
    }
  }

  /** The token that the new one takes the place of opens nothing from now on. */
  private static void forget(Credentials.Login old, Credentials.Login login) {
    if (old.tokenId() != null && login.email() != null && login.email().equals(old.email())) {
      try {
        Platform.at(login.address(), login.token()).delete("tokens/" + old.tokenId());
      } catch (Refused | Unreachable e) {
        // It is gone already, or stays in the list of tokens, where it can be revoked.
      }
    }
  }

  private String ask(String prompt, String what) {
    Console console = System.console();
    if (console != null && console.isTerminal()) {
      String line = console.readLine("%s", prompt);
      if (line != null) {
        return line.strip();
      }
    }
    return line(what);
  }

  private String askSecretly() {
    Console console = System.console();
    if (console != null && console.isTerminal()) {
      char[] password = console.readPassword("Password: ");
      if (password != null) {
        return new String(password);
      }
    }
    return line("the password");
  }

  private String line(String what) {
    try {
      BufferedReader input = parigot().input();
      String line = input.readLine();
      if (line == null || line.isBlank()) {
        throw new UserMistake(
            "there is no terminal to ask for "
                + what
                + ", and the standard input does not have it");
      }
      return line.strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the token is called in the list of tokens. */
  private static String machine() {
    String name;
    try {
      name = InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      name = "a machine without a name";
    }
    String full = "parigot on " + name;
    return full.substring(0, Math.min(full.length(), LONGEST_NAME));
  }
}
