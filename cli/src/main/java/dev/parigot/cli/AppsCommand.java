package dev.parigot.cli;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code parigot apps}: the apps of the account. */
@Command(name = "apps", description = "Lists your apps.")
final class AppsCommand extends PlatformVerb {
  @Option(names = "--json", description = "as JSON")
  private boolean json;

  @Override
  int run() {
    List<JsonNode> apps = platform().all("apps");
    if (json) {
      printJson(apps);
    } else if (apps.isEmpty()) {
      out().println("You have no apps. Make one: parigot create NAME");
    } else {
      Table table = new Table("APP", "ADDRESS", "MADE");
      for (JsonNode app : apps) {
        table.row(
            app.path("name").asString(),
            app.path("url").asString(),
            Printable.time(app.path("createdAt").asString()));
      }
      table.print(out());
    }
    return 0;
  }
}
