package dev.parigot.workbench;

import dev.parigot.manifest.Manifest;
import dev.parigot.signin.Directory;
import dev.parigot.signin.Offer;
import dev.parigot.signin.Providers;
import dev.parigot.signin.SignIn;
import dev.parigot.situation.User;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.h2.mvstore.MVMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The users of the app on this machine, kept with its values. They sign in as in production, by
 * e-mail and password; a provider of OpenID Connect knows no address of this machine.
 */
final class LocalUsers implements Directory {
  private static final int SHORTEST = 8;
  private static final int LONGEST = 256;
  private static final int ID_BYTES = 10;
  private static final int TOKEN_BYTES = 32;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BITS = 256;

  /** What OWASP asks for is more; whoever reads this file is at this machine already. */
  private static final int ROUNDS = 50_000;

  private final Store store;
  private final MVMap<String, String> users;
  private final MVMap<String, String> sessions;
  private final Clock clock;
  private final RandomGenerator random;
  private final Runnable ended;

  /**
   * @param ended is run when a session has been ended
   */
  LocalUsers(Store store, Clock clock, RandomGenerator random, Runnable ended) {
    this.ended = ended;
    this.store = store;
    this.users = store.users();
    this.sessions = store.sessions();
    this.clock = clock;
    this.random = random;
  }

  /** How they sign in, as a manifest has it. */
  SignIn signIn(String app, Manifest.SignIn declared) {
    return new SignIn(
        new Offer(
            app,
            declared.signUp(),
            declared.providers().entrySet().stream()
                .map(each -> new Offer.Way(each.getKey(), each.getValue().title(), false))
                .toList()),
        this,
        new NotHere());
  }

  /** The providers of an app that is not deployed. */
  private static final class NotHere implements Providers {
    private static final Outcome.Refused WHY =
        new Outcome.Refused(
            404,
            "provider-not-here",
            "Nobody is signed in by a provider on this machine.",
            "Sign up with an e-mail and a password; it is asked once the app is deployed.");

    @Override
    public Departure depart(String provider, String callback) {
      return new Departure.No(WHY);
    }

    @Override
    public Outcome arrive(
        String provider, String callback, Map<String, String> parameters, String kept) {
      return WHY;
    }
  }

  @Override
  public synchronized Outcome signUp(Credentials credentials, String name, String remoteAddress) {
    String email = credentials.email().strip().toLowerCase(Locale.ROOT);
    int at = email.indexOf('@');
    if (at < 1 || at == email.length() - 1) {
      return new Outcome.Refused(
          400,
          "email-invalid",
          "That is not an e-mail address.",
          "It has a name, an @ and a domain, such as ada@example.org.");
    }
    int length = credentials.password().length();
    if (length < SHORTEST || length > LONGEST) {
      return new Outcome.Refused(
          400,
          "password-invalid",
          "A password has %d to %d characters.".formatted(SHORTEST, LONGEST),
          "Choose one that is " + (length < SHORTEST ? "longer." : "shorter."));
    }
    if (users.containsKey(email)) {
      return new Outcome.Refused(
          409,
          "email-taken",
          "Somebody has signed up with that e-mail already.",
          "Sign in with it, or use another e-mail.");
    }
    byte[] salt = random(SALT_BYTES);
    ObjectNode user = JsonMapper.shared().createObjectNode();
    user.put(
        "id",
        HexFormat.of().toHexDigits(clock.millis(), 12)
            + HexFormat.of().formatHex(random(ID_BYTES)));
    user.put("name", name.isBlank() ? email.substring(0, at) : name.strip());
    user.put("salt", Base64.getEncoder().encodeToString(salt));
    user.put("password", hash(credentials.password(), salt));
    users.put(email, user.toString());
    return begin(email);
  }

  @Override
  public synchronized Outcome signIn(Credentials credentials, String remoteAddress) {
    String email = credentials.email().strip().toLowerCase(Locale.ROOT);
    String known = users.get(email);
    if (known != null && !credentials.password().isEmpty()) {
      JsonNode user = JsonMapper.shared().readTree(known);
      byte[] salt = Base64.getDecoder().decode(user.path("salt").asString());
      if (user.path("password").asString().equals(hash(credentials.password(), salt))) {
        return begin(email);
      }
    }
    return new Outcome.Refused(
        401,
        "credentials-wrong",
        "The e-mail or the password is not right.",
        "Try again, or sign up.");
  }

  private Outcome begin(String email) {
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(random(TOKEN_BYTES));
    sessions.put(key(token), email);
    store.commit();
    return new Outcome.SignedIn(token, user(token).orElseThrow());
  }

  @Override
  public synchronized void signOut(String token) {
    sessions.remove(key(token));
    store.commit();
    ended.run();
  }

  @Override
  public Optional<User> user(String token) {
    return Optional.ofNullable(sessions.get(key(token)))
        .flatMap(email -> Optional.ofNullable(users.get(email)).map(user -> known(email, user)));
  }

  private static User known(String email, String stored) {
    JsonNode user = JsonMapper.shared().readTree(stored);
    ObjectNode claims = JsonMapper.shared().createObjectNode();
    claims.put("id", user.path("id").asString());
    claims.put("email", email);
    claims.put("email_verified", false);
    claims.put("name", user.path("name").asString());
    claims.put("provider", "password");
    return new User(user.path("id").asString(), claims.toString());
  }

  private byte[] random(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static String hash(String password, byte[] salt) {
    try {
      return Base64.getEncoder()
          .encodeToString(
              SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                  .generateSecret(new PBEKeySpec(password.toCharArray(), salt, ROUNDS, HASH_BITS))
                  .getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has PBKDF2", e);
    }
  }

  private static String key(String token) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
