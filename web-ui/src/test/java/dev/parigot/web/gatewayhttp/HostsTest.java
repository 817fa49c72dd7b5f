package dev.parigot.web.gatewayhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.web.gatewayhttp.Hosts.Destination;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whom a host stands for. */
class HostsTest {
  private final Hosts hosts = new Hosts("localhost", List.of("localhost", "127.0.0.1", "[::1]"));

  @Test
  void theConsolesOwnNamesAreTheConsole() {
    for (String host :
        List.of("localhost", "LOCALHOST:8080", "localhost.", "127.0.0.1:80", "[::1]", "[::1]:80")) {
      assertThat(hosts.of(host)).as(host).isEqualTo(new Destination.Console());
    }
  }

  @Test
  void oneLabelBeforeTheDomainIsAnApp() {
    for (String host : List.of("shop.localhost", "Shop.LocalHost.", "shop.localhost.:8080")) {
      assertThat(hosts.of(host)).as(host).isEqualTo(new Destination.Production("shop"));
    }
  }

  @Test
  void labelsWithTwoHyphensAreDemosOrBranches() {
    assertThat(hosts.of("main--shop.localhost")).isEqualTo(new Destination.Staging("main--shop"));
    assertThat(hosts.of("k3--demo.localhost")).isEqualTo(new Destination.Demo("k3"));
    assertThat(hosts.of("K3--Demo.localhost:8080")).isEqualTo(new Destination.Demo("k3"));
  }

  @Test
  void anythingElseIsNobody() {
    for (String host :
        List.of(
            "example.org",
            "a.b.localhost",
            ".localhost",
            "notlocalhost",
            "shop.localhost.evil.org",
            "10.0.0.1",
            "")) {
      assertThat(hosts.of(host)).as(host).isEqualTo(new Destination.Nobody());
    }
  }

  @Test
  void theAppsDomainCanBeAnotherThanTheConsoles() {
    Hosts apart = new Hosts("apps.example.net", List.of("parigot.example.org"));

    assertThat(apart.of("shop.apps.example.net")).isEqualTo(new Destination.Production("shop"));
    assertThat(apart.of("parigot.example.org")).isEqualTo(new Destination.Console());
    assertThat(apart.of("apps.example.net")).isEqualTo(new Destination.Nobody());
    assertThat(apart.of("localhost")).isEqualTo(new Destination.Nobody());
  }
}
