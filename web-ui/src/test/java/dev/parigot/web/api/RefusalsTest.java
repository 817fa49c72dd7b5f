package dev.parigot.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.web.testing.Client;
import dev.parigot.web.testing.Running;
import org.junit.jupiter.api.Test;

/** Whatever is wrong with a request is told as problem+json. */
class RefusalsTest {
  private final Running platform = Running.shared();
  private final Client ada = platform.account();

  @Test
  void whatIsNotThereIsAProblem() {
    ada.get("nothing").mustBeProblem(404, "not-found");
    ada.get("apps/none/traces").mustBeProblem(404, "not-found");
  }

  @Test
  void aMethodThatDoesNotFitIsAProblemThatNamesThoseThatDo() {
    Client.Answer refused = ada.put("apps", "{}").mustBeProblem(405, "method-not-allowed");

    assertThat(refused.headers().firstValue("Allow")).isPresent();
    assertThat(refused.json().get("next").stringValue()).contains("POST").contains("GET");
  }

  @Test
  void aBodyOfAnotherTypeIsAProblem() {
    ada.upload("apps", new byte[0]).mustBeProblem(415, "media-type-unsupported");
  }

  @Test
  void jsonThatIsNoneIsAProblemWithItsPlace() {
    Client.Answer refused =
        ada.post("apps", "{\n \"name\": nonsense}").mustBeProblem(400, "body-unreadable");

    assertThat(refused.json().get("detail").stringValue()).contains("line 2");
  }

  @Test
  void parametersThatAreNotWhatTheyShouldBeAreNamed() {
    for (String limit : new String[] {"0", "101", "many"}) {
      Client.Answer refused = ada.get("apps?limit=" + limit).mustBeProblem(400, "invalid-request");
      assertThat(refused.json().get("fields").propertyNames()).containsExactly("limit");
    }
    ada.get("tokens?after=x").mustBeProblem(400, "invalid-cursor");
    ada.delete("tokens/x").mustBeProblem(400, "invalid-request");
  }

  @Test
  void namesThatAreNoneOrReservedOrTakenAreProblems() {
    ada.post("apps", "{\"name\": \"Not A Name\"}").mustBeProblem(400, "app-name-invalid");
    ada.post("apps", "{\"name\": \"admin\"}").mustBeProblem(400, "app-name-reserved");
    ada.create("taken-name");
    ada.post("apps", "{\"name\": \"taken-name\"}").mustBeProblem(409, "app-name-taken");
  }

  @Test
  void aBodyLargerThanJsonEverIsIsRefused() {
    String large = "{\"name\": \"" + "x".repeat(2 << 20) + "\"}";

    ada.post("apps", large).mustBeProblem(413, "request-too-large");
    platform.stranger().post("accounts", large).mustBeProblem(413, "request-too-large");
  }
}
