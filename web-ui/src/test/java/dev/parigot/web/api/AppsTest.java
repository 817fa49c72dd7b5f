package dev.parigot.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.web.testing.Client;
import dev.parigot.web.testing.Running;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Apps over REST. */
class AppsTest {
  private final Running platform = Running.shared();
  private final Client ada = platform.account();

  @Test
  void anAppTellsWhereItIs() {
    Client.Answer made = ada.post("apps", "{\"name\": \"addressed\"}").mustBe(201);

    assertThat(made.headers().firstValue("Location")).hasValue("/api/v1/apps/addressed");
    JsonNode app = ada.get("apps/addressed").mustBe(200).json();
    assertThat(app).isEqualTo(made.json());
    String port = ":" + platform.port();
    assertThat(app.get("name").stringValue()).isEqualTo("addressed");
    assertThat(app.get("url").stringValue()).isEqualTo("http://addressed.localhost" + port + "/");
    assertThat(app.get("gitUrl").stringValue())
        .isEqualTo("http://localhost" + port + "/git/addressed.git");
    assertThat(app.get("consoleUrl").stringValue())
        .isEqualTo("http://localhost" + port + "/apps/addressed");
  }

  @Test
  void appsAreListedInPartsByName() {
    for (String name : new String[] {"paged-c", "paged-a", "paged-b"}) {
      ada.create(name);
    }

    Client.Answer first = ada.get("apps?limit=2").mustBe(200);
    Client.Answer rest =
        ada.get("apps?limit=2&after=" + first.json().get("next").stringValue()).mustBe(200);

    assertThat(first.items())
        .extracting(it -> it.get("name").stringValue())
        .containsExactly("paged-a", "paged-b");
    assertThat(rest.items())
        .extracting(it -> it.get("name").stringValue())
        .containsExactly("paged-c");
    assertThat(rest.json().get("next").isNull()).isTrue();
  }

  @Test
  void servicesAreListedInPartsByName() {
    ada.create("paged-services");
    assertThat(ada.get("apps/paged-services/services").mustBe(200).items()).isEmpty();
    ada.deploy("paged-services", Path.of("../examples/hello")).mustBe(201);

    Client.Answer first = ada.get("apps/paged-services/services?limit=1").mustBe(200);
    Client.Answer rest = ada.get("apps/paged-services/services?limit=1&after=greeter").mustBe(200);

    assertThat(first.json().get("next").stringValue()).isEqualTo("greeter");
    assertThat(first.items()).hasSize(1);
    assertThat(rest.items())
        .extracting(it -> it.get("name").stringValue())
        .containsExactly("phrases");
    assertThat(rest.json().get("next").isNull()).isTrue();
  }
}
