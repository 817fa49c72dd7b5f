package dev.parigot.contract;

import static dev.parigot.contract.Modules.module;
import static dev.parigot.contract.Modules.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceGraphTest {
  private final Map<String, Contract> services = new LinkedHashMap<>();

  @Test
  void ordersServicesAfterThoseThatTheyCall() {
    services.put("web", service("http").calls("cart", "add").calls("stock", "take").contract());
    services.put("cart", service("add").calls("stock", "take").starts("web", "http").contract());
    services.put("mailer", service("send").contract());
    services.put("stock", service("take").contract());

    ServiceGraph graph = ServiceGraph.of(services);

    assertThat(graph.order()).containsExactly("stock", "cart", "web", "mailer");
    assertThat(graph.edges())
        .extracting(edge -> edge.from() + " " + edge.call().service() + " " + edge.call().async())
        .containsExactly("web cart false", "web stock false", "cart stock false", "cart web true");
  }

  @Test
  void refusesACycleAndPrintsIt() {
    services.put("web", service("http").calls("a", "m").contract());
    services.put("a", service("m").calls("b", "m").contract());
    services.put("b", service("m").calls("c", "m").contract());
    services.put("c", service("m").calls("a", "m").contract());
    services.put("self", service("m").calls("self", "m").contract());

    List<BrokenGraph.Fault> faults = faults(Map.of());

    assertThat(faults)
        .extracting(fault -> fault.service() + ": " + fault.violation().what())
        .containsExactly(
            "c: calls form a cycle: a -> b -> c -> a", "self: calls form a cycle: self -> self");
    assertThat(faults.getFirst().violation().offset()).isPositive();
  }

  @Test
  void allowsACycleOfAsynchronousCalls() {
    services.put("a", service("m").starts("b", "m").contract());
    services.put("b", service("m").starts("a", "m").contract());

    assertThat(ServiceGraph.of(services).order()).containsExactly("a", "b");
  }

  @Test
  void tellsEveryCallThatLeadsNowhere() {
    services.put("stock", service("take").contract());
    services.put("cgi", module().function("_start", "", "").contract());
    services.put(
        "cart",
        service("add").calls("stok", "take").calls("stock", "tale").calls("cgi", "m").contract());

    assertThat(faults(Map.of()))
        .extracting(fault -> fault.violation().what() + ". " + fault.violation().next())
        .containsExactly(
            "it calls `stok.take`, but no such service exists. Did you mean `stock`?",
            "it calls `stock.tale`, but no such method exists. Did you mean `take`?",
            "it calls `cgi.m`, but that is a command. Only methods of services can be called by"
                + " services.");
  }

  @Test
  void testModulesCallServicesAndAreCalledByNone() {
    Map<String, Contract> tests =
        Map.of("checkout", service("testBuy").calls("cart", "add").contract());
    services.put("cart", service("add").contract());
    assertThat(ServiceGraph.of(services, tests).order()).containsExactly("cart");

    services.put("cart", service("ad").calls("checkout", "testBuy").contract());
    assertThat(faults(tests))
        .extracting(BrokenGraph.Fault::service)
        .containsExactly("cart", "checkout");
  }

  @Test
  void walksLongChains() {
    int length = 20_000;
    for (int i = 0; i < length; i++) {
      services.put(
          "s" + i,
          new Contract(
              Contract.Kind.SERVICE,
              List.of(new Method("m", ContractReader.METHOD)),
              List.of(),
              i + 1 < length ? List.of(new Dependency("s" + (i + 1), "m", false, 0)) : List.of(),
              List.of(),
              false));
    }

    assertThat(ServiceGraph.of(services).order()).startsWith("s" + (length - 1)).endsWith("s0");
  }

  private List<BrokenGraph.Fault> faults(Map<String, Contract> tests) {
    BrokenGraph broken =
        catchThrowableOfType(BrokenGraph.class, () -> ServiceGraph.of(services, tests));
    assertThat(broken).as("the graph is accepted").isNotNull();
    return broken.faults();
  }
}
