package dev.parigot.cli;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.parigot.contract.Contract;
import dev.parigot.contract.Dependency;
import dev.parigot.contract.Method;
import dev.parigot.manifest.Blueprint;
import dev.parigot.manifest.Exposure;
import dev.parigot.manifest.Manifest;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** An app at a glance: its services, callees first, with what they offer and what they call. */
record Overview(String name, Blueprint app) {
  void print(PrintWriter out) {
    out.println(name + ": " + summary());
    int width = width();
    for (String service : app.graph().order()) {
      Manifest.Service declared = app.manifest().services().get(service);
      Blueprint.Part part = app.services().get(service);
      if (declared != null && part != null) {
        print(out, width, service, offer(part.contract(), declared), part.contract());
      }
    }
    app.tests()
        .forEach((test, part) -> print(out, width, test, tests(part.contract()), part.contract()));
    app.manifest()
        .queues()
        .forEach((queue, to) ->
            out.println(
                "  queue %s -> %s, %d attempts".formatted(queue, to.deliver(), to.attempts())));
    app.manifest()
        .cron()
        .forEach((cron, due) ->
            out.println(
                "  cron %s \"%s\" %s -> %s"
                    .formatted(cron, due.schedule(), due.timezone(), due.call())));
    out.flush();
  }

  private String summary() {
    String services = counted(app.services().size(), "service");
    return app.tests().isEmpty()
        ? services
        : services + ", " + counted(app.tests().size(), "test module");
  }

  static String counted(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  private int width() {
    return Stream.concat(app.services().keySet().stream(), app.tests().keySet().stream())
        .mapToInt(String::length)
        .max()
        .orElse(0);
  }

  private static void print(
      PrintWriter out, int width, String name, String offer, Contract contract) {
    out.println(("  %-" + Math.max(1, width) + "s  %s").formatted(name, offer));
    calls(contract).forEach(call -> out.println(" ".repeat(width + 6) + call));
  }

  private static String offer(Contract contract, Manifest.Service declared) {
    Exposure exposure = declared.exposure();
    String kind =
        switch (contract.kind()) {
          case SERVICE -> "service";
          case COMMAND -> "command";
          case PLAIN -> "plain module";
        };
    String methods =
        contract.methods().stream()
            .map(Method::name)
            .map(method -> exposure.includes(method) ? method : "(" + method + ")")
            .collect(joining(", "));
    String hidden = exposure instanceof Exposure.Nothing ? ", private" : "";
    hidden += declared.signedIn() ? ", for users who are signed in" : "";
    return kind + hidden + (methods.isEmpty() ? "" : ": " + bare(methods, exposure));
  }

  /** In a private service no method needs to be told apart as private. */
  private static String bare(String methods, Exposure exposure) {
    return exposure instanceof Exposure.Nothing
        ? methods.replace("(", "").replace(")", "")
        : methods;
  }

  private static String tests(Contract contract) {
    return "test module: "
        + contract.methods().stream()
            .map(Method::name)
            .filter(method -> method.startsWith("test"))
            .collect(joining(", "));
  }

  private static List<String> calls(Contract contract) {
    Map<String, List<String>> callees =
        contract.dependencies().stream()
            .collect(
                groupingBy(
                    call -> call.async() ? "starts " : "calls ",
                    LinkedHashMap::new,
                    mapping(Overview::callee, toList())));
    List<String> lines = new ArrayList<>();
    callees.forEach((verb, names) -> lines.add(verb + String.join(", ", names)));
    return lines;
  }

  private static String callee(Dependency call) {
    return call.service() + "." + call.method();
  }
}
