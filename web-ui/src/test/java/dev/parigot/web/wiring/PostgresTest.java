package dev.parigot.web.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.web.testing.Client;
import dev.parigot.web.testing.Running;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole application on PostgreSQL. */
class PostgresTest {
  @TempDir Path data;

  @Test
  void whatWasLiveIsLiveAgainAfterARestart() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
      String[] settings = {
        "--parigot.database.url=" + postgres.getJdbcUrl("postgres", "postgres"),
        "--parigot.database.user=postgres"
      };
      String account;
      try (Running first = Running.on(data, settings)) {
        Client ada = first.account();
        ada.create("lasting");
        ada.deploy("lasting", Path.of("../examples/hello")).mustBe(201);
        ada.patch("apps/lasting/config", "{\"KEY\": \"kept\"}").mustBe(200);
        ada.post("apps/lasting/rollback", "{\"release\": 1}").mustBe(201);
        assertThat(greet(first).mustBe(200).text()).contains("Ada");
        account = ada.email();
      }
      try (Running second = Running.on(data, settings)) {
        assertThat(greet(second).mustBe(200).text()).contains("Ada");
        Client ada =
            second
                .stranger()
                .bearer(
                    second
                        .stranger()
                        .basic(account, Client.PASSWORD)
                        .post("tokens", "{\"name\": \"again\"}")
                        .mustBe(201)
                        .json()
                        .get("token")
                        .stringValue());
        assertThat(ada.get("apps/lasting/releases").mustBe(200).items())
            .extracting(it -> it.get("origin").stringValue() + " " + it.get("state").stringValue())
            .containsExactly("rollback live", "configuration replaced", "push replaced");
        assertThat(ada.get("apps/lasting/config").mustBe(200).text())
            .isEqualTo("{\"KEY\":\"kept\"}");
        assertThat(ada.get("apps/lasting/logs").mustBe(200).items()).isNotEmpty();
      }
    }
  }

  private static Client.Answer greet(Running platform) {
    return platform
        .stranger()
        .visit(
            "lasting.localhost",
            "POST",
            "/greeter/greet",
            BodyPublishers.ofString("{\"name\": \"Ada\"}"));
  }
}
