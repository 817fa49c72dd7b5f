package dev.parigot.web.gatewayhttp;

import dev.parigot.app.App;
import java.util.Optional;

/** The hosts that apps have beside those that the platform gives them. All names in lower case. */
public interface OwnDomains {
  /** There are none. */
  OwnDomains NONE =
      new OwnDomains() {
        @Override
        public Optional<App> appAt(String host) {
          return Optional.empty();
        }

        @Override
        public Optional<String> challenge(String host, String token) {
          return Optional.empty();
        }
      };

  /** The app that answers there. */
  Optional<App> appAt(String host);

  /** What a certificate authority that asks for that token is to be told there. */
  Optional<String> challenge(String host, String token);
}
