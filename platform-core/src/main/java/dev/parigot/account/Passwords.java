package dev.parigot.account;

import dev.parigot.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.AbstractValidatingPasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/** How passwords are kept. */
public final class Passwords {
  private static final String CURRENT = "bcrypt-hmac-sha256";

  private static final int SHORTEST = 8;
  private static final int LONGEST = 256;

  private Passwords() {}

  /** A 400 {@link Problem} if the password is none, as it has under 8 or over 256 characters. */
  public static void check(String password) {
    int length = password.codePointCount(0, password.length());
    if (length < SHORTEST || length > LONGEST) {
      throw Problem.user(
          400,
          "password-invalid",
          "A password has %d to %d characters.".formatted(SHORTEST, LONGEST),
          "Choose one that is " + (length < SHORTEST ? "longer." : "shorter."));
    }
  }

  /** Encodes as is best today, and still knows what it encoded otherwise before. */
  public static PasswordEncoder encoder() {
    BCryptPasswordEncoder bcrypt = new BCryptPasswordEncoder();
    return new DelegatingPasswordEncoder(
        CURRENT, Map.of(CURRENT, new Prehashed(bcrypt), "bcrypt", bcrypt));
  }

  /**
   * BCrypt reads 72 bytes only, so it is given a digest of the whole password. The digest is keyed,
   * with a constant, so that plain SHA-256 sums leaked elsewhere are no shortcut to guessing.
   */
  private static final class Prehashed extends AbstractValidatingPasswordEncoder {
    private static final SecretKeySpec KEY =
        new SecretKeySpec("dev.parigot.account".getBytes(StandardCharsets.UTF_8), "HmacSHA256");

    private final BCryptPasswordEncoder bcrypt;

    Prehashed(BCryptPasswordEncoder bcrypt) {
      this.bcrypt = bcrypt;
    }

    @Override
    protected String encodeNonNullPassword(String rawPassword) {
      return Objects.requireNonNull(bcrypt.encode(digest(rawPassword)));
    }

    @Override
    protected boolean matchesNonNull(String rawPassword, String encodedPassword) {
      return bcrypt.matches(digest(rawPassword), encodedPassword);
    }

    @Override
    protected boolean upgradeEncodingNonNull(String encodedPassword) {
      return bcrypt.upgradeEncoding(encodedPassword);
    }

    private static String digest(String password) {
      try {
        Mac mac = Mac.getInstance(KEY.getAlgorithm());
        mac.init(KEY);
        byte[] sum = mac.doFinal(password.getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().withoutPadding().encodeToString(sum);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
      }
    }
  }
}
