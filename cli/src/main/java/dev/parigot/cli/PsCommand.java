package dev.parigot.cli;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code parigot ps}: what runs. */
@Command(name = "ps", description = "Lists the services of the live release, and how they are.")
final class PsCommand extends BranchVerb {
  @Option(names = "--json", description = "as JSON")
  private boolean json;

  @Override
  int run() {
    List<JsonNode> services = platform().all(path("/services"));
    if (json) {
      printJson(services);
    } else if (services.isEmpty()) {
      out().println("Nothing runs: " + subject() + " has no live release.");
    } else {
      Table table =
          new Table(
              "SERVICE", "KIND", "STATE", "INSTANCES", "CALLS/MIN", "ERRORS/MIN", "LAST ERROR");
      for (JsonNode service : services) {
        table.row(
            service.path("name").asString(),
            service.path("kind").asString(),
            service.path("state").asString(),
            service.path("instances").asString(),
            service.path("callsPerMinute").asString(),
            service.path("errorsPerMinute").asString(),
            service.path("lastError").asString("").lines().findFirst().orElse(""));
      }
      table.print(out());
    }
    return 0;
  }
}
