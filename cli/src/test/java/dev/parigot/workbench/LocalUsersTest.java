package dev.parigot.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.signin.Directory.Credentials;
import dev.parigot.signin.Directory.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalUsersTest {
  private static final Credentials ADA = new Credentials(" Ada@example.org", "correct horse");

  @Test
  void whoHasSignedUpIsKnownInTheNextRun(@TempDir Path folder) throws IOException {
    String token;
    String id;
    try (Store store = Store.in(folder)) {
      Outcome.SignedIn ada = (Outcome.SignedIn) users(store).signUp(ADA, "Ada", "127.0.0.1");
      token = ada.token();
      id = ada.user().id();
    }
    try (Store store = Store.in(folder)) {
      LocalUsers users = users(store);
      assertThat(users.user(token)).get().extracting("id").isEqualTo(id);
      assertThat(users.user(token).orElseThrow().claims())
          .isEqualTo(
              "{\"id\":\"%s\",\"email\":\"ada@example.org\",\"email_verified\":false,\"name\":\"Ada\",\"provider\":\"password\"}"
                  .formatted(id));
      users.signOut(token);
      assertThat(users.user(token)).isEmpty();
      assertThat(users.signIn(ADA, "127.0.0.1")).isInstanceOf(Outcome.SignedIn.class);
    }
  }

  @Test
  void mistakesAreThoseOfProduction() {
    try (Store store = Store.inMemory()) {
      LocalUsers users = users(store);
      assertThat(users.signUp(ADA, "", "127.0.0.1")).isInstanceOf(Outcome.SignedIn.class);
      assertRefused(409, "email-taken", users.signUp(ADA, "", "127.0.0.1"));
      assertRefused(400, "email-invalid", users.signUp(with("ada", "correct horse"), "", ""));
      assertRefused(400, "password-invalid", users.signUp(with("b@c", "short"), "", ""));
      assertRefused(401, "credentials-wrong", users.signIn(with("ada@example.org", "x"), ""));
      assertRefused(401, "credentials-wrong", users.signIn(with("ada@example.org", ""), ""));
      assertRefused(401, "credentials-wrong", users.signIn(with("eve@example.org", "x"), ""));
    }
  }

  private static Credentials with(String email, String password) {
    return new Credentials(email, password);
  }

  private static LocalUsers users(Store store) {
    return new LocalUsers(store, Clock.systemUTC(), new SecureRandom(), () -> {});
  }

  private static void assertRefused(int status, String type, Outcome outcome) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused -> {
              assertThat(refused.status()).isEqualTo(status);
              assertThat(refused.type()).isEqualTo(type);
            });
  }
}
