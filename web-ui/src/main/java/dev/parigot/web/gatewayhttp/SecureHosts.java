package dev.parigot.web.gatewayhttp;

import java.util.Optional;

/** The hosts that answer over HTTPS here, and what they insist on. */
public interface SecureHosts {
  /** None does. */
  SecureHosts NONE =
      new SecureHosts() {
        @Override
        public boolean covers(String host) {
          return false;
        }

        @Override
        public String origin(String host) {
          throw new IllegalStateException("there is no HTTPS here");
        }

        @Override
        public boolean redirects() {
          return false;
        }

        @Override
        public Optional<String> strictTransport() {
          return Optional.empty();
        }
      };

  /** Whether there is a certificate for that host, which is in lower case and has no port. */
  boolean covers(String host);

  /** Where the host answers over HTTPS, without a slash at its end. */
  String origin(String host);

  /** Whether requests over HTTP to such a host are sent there. */
  boolean redirects();

  /** What browsers are told by the header Strict-Transport-Security. */
  Optional<String> strictTransport();
}
