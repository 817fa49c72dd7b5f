package dev.parigot.manifest;

import dev.parigot.contract.Contract;
import dev.parigot.contract.Contract.Kind;
import dev.parigot.contract.Method;
import dev.parigot.contract.Nearest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks the methods that a manifest names against those that the modules have. */
final class MethodCheck {
  private final Map<String, Contract> contracts;
  private final List<Mistake> mistakes = new ArrayList<>();

  MethodCheck(Map<String, Contract> contracts) {
    this.contracts = contracts;
  }

  List<Mistake> of(Manifest manifest) {
    manifest.services().forEach(this::exposure);
    manifest.cron().forEach((name, cron) -> target("cron." + name, cron.call(), cron.line()));
    manifest
        .queues()
        .forEach((name, queue) -> target("queues." + name, queue.deliver(), queue.line()));
    site(manifest.site());
    return mistakes.stream().sorted(Comparator.comparingInt(Mistake::line)).toList();
  }

  private void exposure(String name, Manifest.Service service) {
    Contract contract = contracts.get(name);
    if (contract == null || !(service.exposure() instanceof Exposure.Only only)) {
      return;
    }
    if (contract.kind() == Kind.COMMAND) {
      only.methods().stream()
          .filter(method -> !method.equals("http"))
          .forEach(method ->
              add(
                  service.line(),
                  "[services." + name + "] makes `" + method + "` public, but is a command.",
                  "A command has no methods: write `public = true`."));
      return;
    }
    for (String method : only.methods()) {
      if (contract.method(method).isEmpty()) {
        add(
            service.line(),
            "[services." + name + "] makes `" + method + "` public, but has no such method.",
            Nearest.hint(method, names(contract)));
      }
    }
  }

  private void target(String entry, Manifest.Target target, int line) {
    Contract contract = contracts.get(target.service());
    if (contract == null) {
      return;
    }
    if (contract.kind() != Kind.SERVICE) {
      add(
          line,
          "[" + entry + "] calls `" + target + "`, but `" + target.service() + "` is no service.",
          "It must export `memory`, `parigot_alloc` and the method.");
    } else if (contract.method(target.method()).isEmpty()) {
      add(
          line,
          "[" + entry + "] calls `" + target + "`, but there is no such method.",
          Nearest.hint(target.method(), names(contract)));
    }
  }

  private void site(Manifest.@Nullable Site site) {
    String service = site == null ? null : site.service();
    Contract contract = service == null ? null : contracts.get(service);
    if (site == null || contract == null || contract.kind() == Kind.COMMAND) {
      return;
    }
    if (contract.kind() == Kind.PLAIN || contract.method("http").isEmpty()) {
      add(
          site.line(),
          "[site] gives requests to `" + service + "`, which has no `http` method.",
          "It must be a service with a method named `http`, or a command.");
    }
  }

  private void add(int line, String what, String next) {
    mistakes.add(new Mistake(line, 1, what, next));
  }

  private static List<String> names(Contract contract) {
    return contract.methods().stream().map(Method::name).toList();
  }
}
