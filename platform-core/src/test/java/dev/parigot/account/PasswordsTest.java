package dev.parigot.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

class PasswordsTest {
  private final PasswordEncoder encoder = Passwords.encoder();

  @Test
  void aPasswordMatchesItselfAlone() {
    String encoded = encoder.encode("correct horse");
    assertThat(encoded).startsWith("{bcrypt-hmac-sha256}").doesNotContain("correct");
    assertThat(encoder.matches("correct horse", encoded)).isTrue();
    assertThat(encoder.matches("correct horsf", encoded)).isFalse();
  }

  @Test
  void everyCharacterOfALongPasswordCounts() {
    String encoded = encoder.encode("x".repeat(255) + "a");
    assertThat(encoder.matches("x".repeat(255) + "a", encoded)).isTrue();
    assertThat(encoder.matches("x".repeat(255) + "b", encoded)).isFalse();
  }

  @Test
  void plainBCryptOfOldStillMatches() {
    String old = "{bcrypt}" + new BCryptPasswordEncoder(4).encode("correct horse");
    assertThat(encoder.matches("correct horse", old)).isTrue();
    assertThat(encoder.upgradeEncoding(old)).isTrue();
    assertThat(encoder.upgradeEncoding(encoder.encode("correct horse"))).isFalse();
  }
}
