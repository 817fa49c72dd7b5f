package dev.parigot.cli;

import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code parigot ps}: what runs, and why so many instances of it do. */
@Command(
    name = "ps",
    description = "Lists the services of the live release, and how they are.",
    footer =
        "RUNNING and WAITING are calls at once, CPU is cores, each an average of the last 5 s.")
final class PsCommand extends BranchVerb {
  @Option(
      names = "--scaling",
      description = "why services got more or fewer instances, the newest first")
  private boolean scaling;

  @Option(names = "--json", description = "as JSON")
  private boolean json;

  @Override
  int run() {
    if (scaling) {
      showScaling();
    } else {
      showServices();
    }
    return 0;
  }

  private void showServices() {
    List<JsonNode> services = platform().all(path("/services"));
    if (json) {
      printJson(services);
    } else if (services.isEmpty()) {
      out().println("Nothing runs: " + subject() + " has no live release.");
    } else {
      Table table =
          new Table(
              "SERVICE",
              "KIND",
              "STATE",
              "INSTANCES",
              "RUNNING",
              "WAITING",
              "CPU",
              "MEMORY",
              "CALLS/MIN",
              "ERRORS/MIN",
              "LAST ERROR");
      for (JsonNode service : services) {
        JsonNode load = service.path("load");
        table.row(
            service.path("name").asString(),
            service.path("kind").asString(),
            service.path("state").asString(),
            service.path("instances").asString(),
            number("%.1f", load.path("running")),
            number("%.1f", load.path("waiting")),
            number("%.2f", load.path("cores")),
            mebibytes(load.path("memoryBytes")),
            service.path("callsPerMinute").asString(),
            service.path("errorsPerMinute").asString(),
            service.path("lastError").asString("").lines().findFirst().orElse(""));
      }
      table.print(out());
    }
  }

  private void showScaling() {
    JsonNode decisions = platform().get(path("/scaling")).path("items");
    if (json) {
      printJson(decisions);
    } else if (decisions.isEmpty()) {
      out().println("No service got more or fewer instances since the platform started.");
    } else {
      Table table = new Table("AT", "SERVICE", "INSTANCES", "WHY");
      decisions.forEach(each ->
          table.row(
              Printable.time(each.path("at").asString()),
              each.path("service").asString(),
              each.path("from").asInt() + " → " + each.path("to").asInt(),
              each.path("reason").asString()));
      table.print(out());
    }
  }

  private static String number(String format, JsonNode value) {
    return value.isNumber() ? String.format(Locale.ROOT, format, value.asDouble()) : "-";
  }

  private static String mebibytes(JsonNode bytes) {
    return bytes.isNumber()
        ? String.format(Locale.ROOT, "%.1f MiB", bytes.asDouble() / (1 << 20))
        : "-";
  }
}
