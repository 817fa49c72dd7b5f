package dev.parigot.user;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Somebody as the one who vouches for him knows him.
 *
 * @param provider its name in the manifest
 * @param issuer its URL; never the same for two
 * @param subject what it knows him by, for ever
 * @param email as it knows it, or null
 * @param emailVerified whether it says that it is his
 * @param claims whatever else it says of him
 */
public record Identity(
    String provider,
    String issuer,
    String subject,
    @Nullable String email,
    boolean emailVerified,
    String name,
    Map<String, Object> claims) {
  public Identity {
    claims = Map.copyOf(claims);
  }
}
