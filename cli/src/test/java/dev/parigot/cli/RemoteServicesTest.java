package dev.parigot.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parigot.cli.platform.Credentials;
import dev.parigot.workbench.Elsewhere;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code parigot local --remote} makes of its addresses and of the user's logins. */
class RemoteServicesTest {
  @TempDir private Path home;

  private final FakePlatform platform = new FakePlatform();

  @BeforeEach
  void thePlatformHasAnApp() {
    platform.answers(
        "GET apps?limit=100",
        200,
        "{\"items\": [{\"name\": \"shop\", \"url\": \"http://shop.apps.example:81/\"}], \"next\":"
            + " null}");
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  private Map<String, Elsewhere> resolve(String... options) {
    return new RemoteServices(Map.of(), credentials()).of(List.of(options));
  }

  private Credentials credentials() {
    return new Credentials(home.resolve("credentials"));
  }

  private void login() {
    credentials().put(new Credentials.Login(platform.url(), "ada@example.org", 7L, "secret"));
  }

  @Test
  void anAppOfAPlatformThatOneIsLoggedInToIsCalledWithTheToken() {
    login();
    String url = "http://shop.apps.example:81";

    assertThat(resolve("stock,catalog=" + url + "/", "other=http://else.where"))
        .containsExactly(
            Map.entry("stock", signedIn(url, "shop")),
            Map.entry("catalog", signedIn(url, "shop")),
            Map.entry("other", new Elsewhere.Open("http://else.where")));
    assertThat(platform.asked()).allMatch(asked -> asked.authorization().equals("Bearer secret"));
  }

  private Elsewhere signedIn(String url, String app) {
    return new Elsewhere.SignedIn(
        url, URI.create(platform.url() + "/api/v1/apps/" + app), "secret");
  }

  @Test
  void aStagingIsFoundByItsProduction() {
    login();
    String url = "http://new-cart--shop.apps.example:81";
    assertThat(resolve("stock=" + url)).containsEntry("stock", signedIn(url, "new-cart--shop"));
    assertThat(RemoteServices.name("http://shop.a/", "http://bookshop.a")).isEmpty();
    assertThat(RemoteServices.name("http://shop.a/", "https://shop.a")).isEmpty();
    assertThat(RemoteServices.name("http://shop.a/", "http://shop.b")).isEmpty();
  }

  @Test
  void withoutALoginWhatIsPublicCanBeCalled() {
    assertThat(resolve("stock=http://shop.apps.example:81"))
        .containsEntry("stock", new Elsewhere.Open("http://shop.apps.example:81"));
    assertThat(platform.asked()).isEmpty();
  }

  @Test
  void aTokenOfTheEnvironmentIsALogin() {
    Map<String, String> environment =
        Map.of("PARIGOT_TOKEN", "from-ci", "PARIGOT_PLATFORM", platform.url());
    RemoteServices services = new RemoteServices(environment, credentials());

    assertThat(services.of(List.of("stock=http://shop.apps.example:81")).get("stock"))
        .isInstanceOf(Elsewhere.SignedIn.class)
        .asString()
        .doesNotContain("from-ci");
  }

  @Test
  void aTokenThatIsTakenNoMoreAndAnOptionThatIsNoneAreTold() {
    login();
    platform.answers("GET apps?limit=100", 401, "{\"status\": 401, \"detail\": \"No.\"}");

    assertThatThrownBy(() -> resolve("stock=http://shop.apps.example:81"))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("Log in again: parigot login " + platform.url());
    assertThatThrownBy(() -> resolve("stock"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("such as cart,stock=http");
  }
}
