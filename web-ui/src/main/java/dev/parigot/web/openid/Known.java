package dev.parigot.web.openid;

import dev.parigot.user.OpenId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/**
 * What a provider's metadata says, and the keys that it signs by, which are fetched when they are
 * needed.
 *
 * @param registration of the app there, without its secret
 */
record Known(ClientRegistration registration, JwtDecoder tokens) {
  private static final String METADATA = "/.well-known/openid-configuration";
  private static final ParameterizedTypeReference<Map<String, Object>> OBJECT =
      new ParameterizedTypeReference<>() {};

  /** Asks the provider for it. */
  static Known of(OpenId.Client client, OutboundRequests requests) {
    String issuer = client.provider().issuer();
    String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
    Map<String, Object> metadata =
        RestClient.create(new RestTemplate(requests))
            .get()
            .uri(base + METADATA)
            .retrieve()
            .body(OBJECT);
    if (metadata == null || !issuer.equals(metadata.get("issuer"))) {
      throw new IllegalArgumentException(
          "the metadata is that of another issuer: "
              + (metadata == null ? "nobody" : metadata.get("issuer")));
    }
    ClientRegistration registration =
        ClientRegistrations.fromOidcConfiguration(metadata)
            .registrationId(client.name())
            .clientId(client.provider().clientId())
            .scope("openid", "email", "profile")
            .redirectUri(client.callback())
            .build();
    return new Known(registration, decoder(registration, metadata, requests));
  }

  private static JwtDecoder decoder(
      ClientRegistration registration, Map<String, Object> metadata, OutboundRequests requests) {
    NimbusJwtDecoder decoder =
        NimbusJwtDecoder.withJwkSetUri(told(registration.getProviderDetails().getJwkSetUri()))
            .jwsAlgorithms(all -> {
              all.clear();
              all.addAll(algorithms(metadata));
            })
            .restOperations(new RestTemplate(requests))
            .build();
    decoder.setJwtValidator(
        new DelegatingOAuth2TokenValidator<>(
            new JwtTimestampValidator(), new OidcIdTokenValidator(registration)));
    decoder.setClaimSetConverter(OidcIdTokenDecoderFactory.createDefaultClaimTypeConverter());
    return decoder;
  }

  /** Whoever leaves it out is no provider. */
  static String told(@Nullable String address) {
    if (address == null) {
      throw new IllegalArgumentException("the metadata lacks an address");
    }
    return address;
  }

  /** Those with a key pair: a provider's word must not be one that the app could have given. */
  private static Set<SignatureAlgorithm> algorithms(Map<String, Object> metadata) {
    List<?> told =
        metadata.get("id_token_signing_alg_values_supported") instanceof List<?> list
            ? list
            : List.of();
    Set<SignatureAlgorithm> supported =
        Arrays.stream(SignatureAlgorithm.values())
            .filter(each -> told.contains(each.getName()))
            .collect(Collectors.toSet());
    return supported.isEmpty() ? Set.of(SignatureAlgorithm.RS256) : supported;
  }
}
