package dev.parigot.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code parigot releases}: what was deployed, the newest first. */
@Command(name = "releases", description = "Lists the app's releases, the newest first.")
final class ReleasesCommand extends AppVerb {
  private static final int SHORT_COMMIT = 7;

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "N",
      defaultValue = "20",
      description = "how many, 100 at most (20)")
  private int limit = 20;

  @Option(names = "--json", description = "as JSON")
  private boolean json;

  @Override
  int run() {
    if (limit < 1 || limit > 100) {
      throw wrongUsage("--limit is a number from 1 to 100");
    }
    JsonNode releases = platform().get(path("/releases?limit=" + limit)).path("items");
    if (json) {
      printJson(releases);
    } else if (releases.isEmpty()) {
      out().println(app() + " has no releases. Make one: parigot deploy");
    } else {
      Table table = new Table("RELEASE", "STATE", "AT", "BY", "COMMIT", "WHAT");
      releases.forEach(release ->
          table.row(
              "v" + release.path("number").asInt(),
              release.path("state").asString(),
              Printable.time(release.path("at").asString()),
              release.path("by").asString(),
              commit(release.path("commit").asString("")),
              what(release)));
      table.print(out());
    }
    return 0;
  }

  private static String commit(String id) {
    return id.isEmpty() ? "-" : id.substring(0, Math.min(SHORT_COMMIT, id.length()));
  }

  private static String what(JsonNode release) {
    List<String> what = new ArrayList<>();
    switch (release.path("origin").asString("")) {
      case "rollback" -> what.add("rollback to v" + release.path("rolledBackTo").asInt());
      case "configuration" -> what.add("configuration");
      default -> {
        for (String kind : List.of("changed", "added", "removed")) {
          List<String> names = release.path(kind).valueStream().map(JsonNode::asString).toList();
          if (!names.isEmpty()) {
            what.add(kind + " " + String.join(", ", names));
          }
        }
      }
    }
    String failure = release.path("failure").asString("");
    if (!failure.isEmpty()) {
      what.add(failure.lines().findFirst().orElse(""));
    }
    return what.isEmpty() ? "no service changed" : String.join("; ", what);
  }
}
