package dev.parigot.web.openid;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parigot.app.AppId;
import dev.parigot.manifest.Manifest;
import dev.parigot.outbound.OutboundHttp;
import dev.parigot.problem.Problem;
import dev.parigot.user.Identity;
import dev.parigot.user.OpenId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.authentication.OAuth2LoginAuthenticationToken;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.oidc.authentication.OidcAuthorizationCodeAuthenticationProvider;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.userinfo.DefaultOAuth2UserService;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestTemplate;

/**
 * The authorization code flow with PKCE, state and nonce. What a provider's metadata says is asked
 * when somebody first wants to sign in by it, and again after {@link #KNOWN}.
 */
public final class SpringOpenId implements OpenId {
  private static final Logger LOG = LoggerFactory.getLogger(SpringOpenId.class);
  private static final Duration KNOWN = Duration.ofHours(1);
  private static final int MOST_KNOWN = 1000;
  private static final int RANDOM_BYTES = 32;
  private static final int LONGEST_SUBJECT = 255;
  private static final int LONGEST_NAME = 100;

  private final Function<AppId, Map<String, String>> secrets;
  private final OutboundHttp outbound;
  private final SecureRandom random;
  private final Cache<Place, Known> known =
      Caffeine.newBuilder().maximumSize(MOST_KNOWN).expireAfterWrite(KNOWN).build();

  /** One app at one provider, by one address. */
  private record Place(AppId app, String name, Manifest.Provider provider, String callback) {}

  /**
   * @param secrets those of an app by name
   */
  public SpringOpenId(
      Function<AppId, Map<String, String>> secrets, OutboundHttp outbound, SecureRandom random) {
    this.secrets = secrets;
    this.outbound = outbound;
    this.random = random;
  }

  /** What was made for one journey: nobody else can know it. */
  private record Journey(String state, String nonce, String verifier) {
    String kept() {
      return state + "." + nonce + "." + verifier;
    }

    static Optional<Journey> of(String kept) {
      String[] parts = kept.split("\\.", -1);
      return parts.length == 3 && Stream.of(parts).noneMatch(String::isEmpty)
          ? Optional.of(new Journey(parts[0], parts[1], parts[2]))
          : Optional.empty();
    }
  }

  @Override
  public Way way(Client client) {
    Journey journey = new Journey(word(), word(), word());
    OAuth2AuthorizationRequest request = request(registration(client), journey);
    return new Way(request.getAuthorizationRequestUri(), journey.kept());
  }

  @Override
  public Identity identity(Client client, Map<String, String> parameters, String kept) {
    Journey journey = Journey.of(kept).orElseThrow(SpringOpenId::lost);
    String by = parameters.get("iss");
    if (by != null && !by.equals(client.provider().issuer())) {
      throw refused(client, "the answer is of another provider");
    }
    ClientRegistration registration = registration(client);
    OAuth2AuthorizationExchange exchange =
        new OAuth2AuthorizationExchange(
            request(registration, journey), response(client, parameters));
    return identity(client, user(client, registration, exchange));
  }

  private OidcUser user(
      Client client, ClientRegistration registration, OAuth2AuthorizationExchange exchange) {
    try {
      Authentication authenticated =
          provider(client).authenticate(new OAuth2LoginAuthenticationToken(registration, exchange));
      return (OidcUser)
          Objects.requireNonNull(Objects.requireNonNull(authenticated).getPrincipal());
    } catch (OAuth2AuthenticationException e) {
      LOG.info("{} did not vouch for a user: {}", client.provider().issuer(), e.getError());
      throw refused(client, e.getError().getErrorCode());
    } catch (RestClientException e) {
      throw unreachable(client, e);
    }
  }

  private OidcAuthorizationCodeAuthenticationProvider provider(Client client) {
    OutboundRequests requests = new OutboundRequests(outbound, client.app());
    RestClientAuthorizationCodeTokenResponseClient tokens =
        new RestClientAuthorizationCodeTokenResponseClient();
    tokens.setRestClient(
        RestClient.builder()
            .requestFactory(requests)
            .configureMessageConverters(converters ->
                converters
                    .addCustomConverter(new FormHttpMessageConverter())
                    .addCustomConverter(new OAuth2AccessTokenResponseHttpMessageConverter()))
            .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
            .build());
    DefaultOAuth2UserService infos = new DefaultOAuth2UserService();
    RestTemplate template = new RestTemplate(requests);
    template.setErrorHandler(new OAuth2ErrorResponseErrorHandler());
    infos.setRestOperations(template);
    OidcUserService users = new OidcUserService();
    users.setOauth2UserService(infos);
    var provider = new OidcAuthorizationCodeAuthenticationProvider(tokens, users);
    provider.setJwtDecoderFactory(_ -> known(client).tokens());
    return provider;
  }

  private static OAuth2AuthorizationRequest request(
      ClientRegistration registration, Journey journey) {
    return OAuth2AuthorizationRequest.authorizationCode()
        .clientId(registration.getClientId())
        .authorizationUri(Known.told(registration.getProviderDetails().getAuthorizationUri()))
        .redirectUri(registration.getRedirectUri())
        .scopes(registration.getScopes())
        .state(journey.state())
        .attributes(
            Map.of(
                OAuth2ParameterNames.REGISTRATION_ID,
                registration.getRegistrationId(),
                OidcParameterNames.NONCE,
                journey.nonce(),
                PkceParameterNames.CODE_VERIFIER,
                journey.verifier()))
        .additionalParameters(
            Map.of(
                OidcParameterNames.NONCE,
                hash(journey.nonce()),
                PkceParameterNames.CODE_CHALLENGE,
                hash(journey.verifier()),
                PkceParameterNames.CODE_CHALLENGE_METHOD,
                "S256"))
        .build();
  }

  private static OAuth2AuthorizationResponse response(
      Client client, Map<String, String> parameters) {
    String state = parameters.getOrDefault(OAuth2ParameterNames.STATE, "");
    String code = parameters.get(OAuth2ParameterNames.CODE);
    OAuth2AuthorizationResponse.Builder response =
        code == null || code.isEmpty()
            ? OAuth2AuthorizationResponse.error(
                parameters.getOrDefault(OAuth2ParameterNames.ERROR, "no_code"))
            : OAuth2AuthorizationResponse.success(code);
    return response.redirectUri(client.callback()).state(state).build();
  }

  /** With the secret as it is now. */
  private ClientRegistration registration(Client client) {
    String name = Manifest.Provider.secret(client.name());
    String secret = secrets.apply(client.app()).get(name);
    if (secret == null) {
      throw Problem.user(
          404,
          "provider-without-secret",
          "The app can't be recognised by " + client.provider().title() + ".",
          "Those who run it have to set its secret " + name + ".");
    }
    return ClientRegistration.withClientRegistration(known(client).registration())
        .clientSecret(secret)
        .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
        .build();
  }

  private Known known(Client client) {
    Place place = new Place(client.app(), client.name(), client.provider(), client.callback());
    try {
      return known.get(place, _ -> Known.of(client, new OutboundRequests(outbound, client.app())));
    } catch (RestClientException | IllegalArgumentException | IllegalStateException e) {
      throw unreachable(client, e);
    }
  }

  private static Identity identity(Client client, OidcUser user) {
    String subject = user.getSubject();
    if (subject == null || subject.length() > LONGEST_SUBJECT) {
      throw refused(client, "its name for the user is none, or too long");
    }
    return new Identity(
        client.name(),
        client.provider().issuer(),
        subject,
        user.getEmail(),
        Boolean.TRUE.equals(user.getEmailVerified()),
        name(user),
        user.getClaims());
  }

  private static String name(OidcUser user) {
    return Stream.of(user.getFullName(), user.getPreferredUsername(), user.getEmail())
        .filter(Objects::nonNull)
        .map(name -> name.replaceAll("\\p{Cntrl}", " ").strip())
        .filter(name -> !name.isEmpty())
        .findFirst()
        .map(name -> name.substring(0, Math.min(name.length(), LONGEST_NAME)))
        .orElse("Somebody");
  }

  private String word() {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    return encoded(bytes);
  }

  /** As RFC 7636 has it, and Spring Security for nonces. */
  private static String hash(String word) {
    try {
      return encoded(
          MessageDigest.getInstance("SHA-256").digest(word.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static Problem lost() {
    return Problem.user(
        400,
        "sign-in-lost",
        "This sign-in was begun in another browser, or more than ten minutes ago.",
        "Begin it again.");
  }

  private static Problem refused(Client client, String why) {
    return Problem.user(
        403,
        "provider-refused",
        client.provider().title() + " did not sign you in: " + why + ".",
        "Try again.");
  }

  private static Problem unreachable(Client client, RuntimeException e) {
    LOG.warn("The provider {} can't be asked: {}", client.provider().issuer(), e.getMessage());
    return Problem.external(
        "provider-unreachable",
        client.provider().title() + " can't be asked now.",
        "Try again later.",
        e);
  }
}
