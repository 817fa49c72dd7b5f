package dev.parigot.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.contract.Contract;
import dev.parigot.contract.Contract.Kind;
import dev.parigot.contract.Method;
import dev.parigot.wasm.FunctionType;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MethodCheckTest {
  private static final Manifest MANIFEST =
      ManifestReader.read(
          """
          [services.cart]
          wasm = "cart.wasm"
          public = ["add", "remov"]
          [services.cgi]
          wasm = "cgi.wasm"
          public = ["http", "list"]
          [site]
          dir = "site"
          service = "cart"
          [cron.night]
          schedule = "0 0 * * *"
          call = "cart.tidy"
          [queues.orders]
          deliver = "cgi.order"
          """);

  @Test
  void tellsTheMethodsThatTheModulesDoNotHave() {
    Map<String, Contract> contracts =
        Map.of(
            "cart", contract(Kind.SERVICE, "add", "remove", "tidi"),
            "cgi", contract(Kind.COMMAND));

    assertThat(MANIFEST.mistakes(contracts))
        .extracting(mistake -> mistake.line() + " " + mistake.what())
        .containsExactly(
            "1 [services.cart] makes `remov` public, but has no such method.",
            "4 [services.cgi] makes `list` public, but is a command.",
            "7 [site] gives requests to `cart`, which has no `http` method.",
            "10 [cron.night] calls `cart.tidy`, but there is no such method.",
            "13 [queues.orders] calls `cgi.order`, but `cgi` is no service.");
    assertThat(MANIFEST.mistakes(contracts).getFirst().next()).isEqualTo("Did you mean `remove`?");
  }

  @Test
  void saysNothingOfModulesThatCouldNotBeRead() {
    assertThat(MANIFEST.mistakes(Map.of())).isEmpty();
  }

  private static Contract contract(Kind kind, String... methods) {
    FunctionType type = new FunctionType(List.of(), List.of());
    return new Contract(
        kind,
        Stream.of(methods).map(name -> new Method(name, type)).toList(),
        List.of(),
        List.of(),
        List.of(),
        false);
  }
}
