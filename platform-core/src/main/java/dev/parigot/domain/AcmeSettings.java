package dev.parigot.domain;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Which ACME server issues certificates, and to whom.
 *
 * @param directory such as {@code https://acme-v02.api.letsencrypt.org/directory}
 * @param contact the operator's e-mail, or empty
 * @param keyId of an account at the authority that the operator has there already, or empty
 * @param keySecret that belongs to it, in base64url
 * @param trust certificates in PEM of authorities that the server's own certificate may be from
 *     beside the usual ones, or null
 */
public record AcmeSettings(
    URI directory, String contact, String keyId, String keySecret, @Nullable Path trust) {
  @Override
  public String toString() {
    return "AcmeSettings[" + directory + "]";
  }
}
