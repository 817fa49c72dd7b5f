package dev.parigot.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.web.testing.Client;
import dev.parigot.web.testing.Running;
import org.junit.jupiter.api.Test;

/** Accounts and access tokens over REST. */
class AccountsTest {
  private final Running platform = Running.shared();

  @Test
  void signingUpAnswersTheAccountWithoutItsPassword() {
    Client.Answer made =
        platform
            .stranger()
            .post(
                "accounts",
                "{\"email\": \"new@example.org\", \"password\": \"correct horse\", \"name\": \"New\"}")
            .mustBe(201);

    assertThat(made.json().get("email").stringValue()).isEqualTo("new@example.org");
    assertThat(made.text()).doesNotContain("horse");
  }

  @Test
  void anEmailThatIsTakenIsAConflict() {
    Client ada = platform.account();

    platform
        .stranger()
        .post(
            "accounts",
            "{\"email\": \""
                + ada.email()
                + "\", \"password\": \"another one\", \"name\": \"Eve\"}")
        .mustBe(409);
  }

  @Test
  void everyMissingFieldIsNamed() {
    Client.Answer refused =
        platform.stranger().post("accounts", "{}").mustBeProblem(400, "invalid-request");

    assertThat(refused.json().get("fields").propertyNames())
        .containsExactlyInAnyOrder("email", "password", "name");
  }

  @Test
  void signUpCanBeClosed() {
    try (Running closed = Running.with("--parigot.sign-up=false")) {
      closed
          .stranger()
          .post(
              "accounts",
              "{\"email\": \"a@example.org\", \"password\": \"correct horse\", \"name\": \"A\"}")
          .mustBe(403);
    }
  }

  @Test
  void tooManySignUpsFromOneAddressAreRefused() {
    try (Running strict = Running.with("--parigot.sign-ups-per-hour=1")) {
      strict.account();
      strict
          .stranger()
          .post(
              "accounts",
              "{\"email\": \"b@example.org\", \"password\": \"correct horse\", \"name\": \"B\"}")
          .mustBeProblem(429, "too-many-sign-ups");
    }
  }

  @Test
  void strangersGetNothing() {
    Client stranger = platform.stranger();

    stranger.get("apps").mustBeProblem(401, "unauthenticated");
    stranger.post("apps", "{\"name\": \"x\"}").mustBeProblem(401, "unauthenticated");
    stranger.get("tokens").mustBeProblem(401, "unauthenticated");
    stranger.post("tokens", "{\"name\": \"x\"}").mustBeProblem(401, "unauthenticated");
    stranger.delete("tokens/1").mustBeProblem(401, "unauthenticated");
    stranger.put("accounts/me/password", "{}").mustBeProblem(401, "unauthenticated");
    stranger.get("nothing").mustBeProblem(401, "unauthenticated");
    stranger.bearer("parigot_0000").get("apps").mustBeProblem(401, "unauthenticated");
  }

  @Test
  void aTokenIsMadeByPasswordAndByNothingElse() {
    Client ada = platform.account();

    ada.basic(ada.email(), "wrong password").post("tokens", "{\"name\": \"x\"}").mustBe(401);
    ada.post("tokens", "{\"name\": \"x\"}").mustBe(401);
    ada.basic(ada.email(), Client.PASSWORD).post("tokens", "{\"name\": \"x\"}").mustBe(201);
  }

  @Test
  void aPasswordOpensNothingButTheMakingOfTokens() {
    Client ada = platform.account();

    Client.Answer refused = ada.basic(ada.email(), Client.PASSWORD).get("apps");

    refused.mustBeProblem(401, "unauthenticated");
    assertThat(refused.headers().firstValue("WWW-Authenticate"))
        .hasValue("Bearer realm=\"Parigot\"");
  }

  @Test
  void aRevokedTokenOpensNothing() {
    Client ada = platform.account();
    var made =
        ada.basic(ada.email(), Client.PASSWORD)
            .post("tokens", "{\"name\": \"laptop\"}")
            .mustBe(201)
            .json();
    Client laptop = ada.bearer(made.get("token").stringValue());
    laptop.get("apps").mustBe(200);

    ada.delete("tokens/" + made.get("id").asString()).mustBe(204);

    laptop.get("apps").mustBe(401);
  }

  @Test
  void tokensAreListedInPartsWithoutTheirSecrets() {
    Client ada = platform.account();
    for (String name : new String[] {"a", "b"}) {
      ada.basic(ada.email(), Client.PASSWORD)
          .post("tokens", "{\"name\": \"" + name + "\"}")
          .mustBe(201);
    }

    Client.Answer first = ada.get("tokens?limit=2").mustBe(200);
    Client.Answer rest =
        ada.get("tokens?limit=2&after=" + first.json().get("next").stringValue()).mustBe(200);

    assertThat(first.items()).hasSize(2);
    assertThat(rest.items())
        .singleElement()
        .matches(it -> it.get("name").stringValue().equals("b"));
    assertThat(rest.json().get("next").isNull()).isTrue();
    assertThat(first.text()).doesNotContain("parigot_");
  }

  @Test
  void afterAPasswordChangeOnlyTheNewOneCounts() {
    Client ada = platform.account();

    ada.put("accounts/me/password", "{\"old\": \"wrong password\", \"new\": \"battery staple\"}")
        .mustBe(403);
    ada.put(
            "accounts/me/password",
            "{\"old\": \"" + Client.PASSWORD + "\", \"new\": \"battery staple\"}")
        .mustBe(204);

    ada.basic(ada.email(), Client.PASSWORD).post("tokens", "{\"name\": \"x\"}").mustBe(401);
    ada.basic(ada.email(), "battery staple").post("tokens", "{\"name\": \"x\"}").mustBe(201);
  }

  @Test
  void tooManyWrongPasswordsAreThrottled() {
    Client ada = platform.account();
    Client guesser = ada.basic(ada.email(), "a wrong guess");
    int status = 401;
    for (int i = 0; i < 50 && status == 401; i++) {
      status = guesser.post("tokens", "{\"name\": \"x\"}").status();
    }

    assertThat(status).isEqualTo(429);
    assertThat(guesser.post("tokens", "{\"name\": \"x\"}").type())
        .isEqualTo("application/problem+json");
  }
}
