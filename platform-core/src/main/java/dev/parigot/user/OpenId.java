package dev.parigot.user;

import dev.parigot.app.AppId;
import dev.parigot.manifest.Manifest;
import dev.parigot.problem.Problem;
import java.util.Map;

/** Asks providers of OpenID Connect who somebody is: the authorization code flow, with PKCE. */
public interface OpenId {
  /** Knows no provider. */
  OpenId NONE =
      new OpenId() {
        @Override
        public Way way(Client client) {
          throw none();
        }

        @Override
        public Identity identity(Client client, Map<String, String> parameters, String kept) {
          throw none();
        }

        private static Problem none() {
          return Problem.user(
              404, "no-such-provider", "Nobody can be signed in by a provider here.", "");
        }
      };

  /**
   * An app as its provider knows it.
   *
   * @param name of the provider in the manifest
   * @param callback the address that the browser comes back to
   */
  record Client(AppId app, String name, Manifest.Provider provider, String callback) {}

  /**
   * The way to a provider.
   *
   * @param location where the browser goes
   * @param kept what it has to keep meanwhile
   */
  record Way(String location, String kept) {}

  /** Where to send somebody; a {@code Problem} if the provider can't be asked. */
  Way way(Client client);

  /**
   * Who has come back. A {@code Problem} if the provider did not vouch for him, or it is not he who
   * went.
   *
   * @param parameters of the request that he came back with
   * @param kept what his browser has kept
   */
  Identity identity(Client client, Map<String, String> parameters, String kept);
}
