package dev.parigot.cli;

import dev.parigot.cli.platform.Credentials;
import dev.parigot.cli.platform.Platform;
import dev.parigot.cli.platform.Refused;
import dev.parigot.cli.platform.Unreachable;
import picocli.CommandLine.Command;

/** {@code parigot logout}: revokes this machine's access token, and forgets it. */
@Command(name = "logout", description = "Revokes this machine's access token, and forgets it.")
final class LogoutCommand extends PlatformVerb {
  @Override
  int run() {
    Credentials.Login login = login();
    parigot().credentials().remove(login.address());
    if (login.tokenId() == null) {
      out()
          .println(
              "Logged out of %s. The token was not made here and stays valid: revoke it in the console."
                  .formatted(login.url()));
      return 0;
    }
    try {
      Platform.at(login.address(), login.token()).delete("tokens/" + login.tokenId());
    } catch (Unreachable e) {
      errors()
          .println(
              "parigot: %s. The token is forgotten here, and valid until you revoke it in the console."
                  .formatted(e.getMessage()));
      return Parigot.BROKEN;
    } catch (Refused e) {
      if (e.platformFailed()) {
        throw e;
      }
      // It was revoked already.
    }
    out().println("Logged out of " + login.url() + ".");
    return 0;
  }
}
