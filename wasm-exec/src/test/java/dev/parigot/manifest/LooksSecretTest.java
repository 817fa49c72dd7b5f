package dev.parigot.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LooksSecretTest {
  @ParameterizedTest
  @CsvSource({
    "STRIPE_KEY, something-long",
    "api_token, hunter22",
    "DB_PASSWORD, hunter2x",
    "SESSION_SECRET, abcdefgh",
    "PAYMENTS, sk_live_abc",
    "DEPLOY, ghp_abcdef",
    "DATABASE, postgres://ada:hunter2@db.example.org/shop",
    "SALT, 9fK2xQ7vLm3ZpT8wRb5YcN1d",
    "LOGIN, eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0",
  })
  void looksSecret(String name, String value) {
    assertThat(LooksSecret.looksSecret(name, value)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "CURRENCY, EUR",
    "SHIPPING, 490",
    "TOKEN_SECONDS, 3600000",
    "KEYBOARD, the quick brown fox",
    "MONKEY, a monkey",
    "DATABASE, postgres://db.example.org/shop",
    "GREETING, aaaaaaaaaaaaaaaaaaaaaaaaaaaaa1",
    "HOME_PAGE, https://example.org/a/rather/long/path",
  })
  void looksOrdinary(String name, String value) {
    assertThat(LooksSecret.looksSecret(name, value)).isFalse();
  }

  @Test
  void aWarningTellsWhereAndNotWhat() {
    Manifest manifest =
        ManifestReader.read(
            """
            [services.a]
            wasm = "a.wasm"
            [config]
            CURRENCY = "EUR"
            [config.production]
            STRIPE_KEY = "sk_live_hunter2"
            """);
    List<String> warnings = LooksSecret.warnings(manifest.config());
    assertThat(warnings).hasSize(1);
    assertThat(warnings.getFirst())
        .startsWith("[config.production] STRIPE_KEY looks like a secret")
        .doesNotContain("hunter2");
  }
}
