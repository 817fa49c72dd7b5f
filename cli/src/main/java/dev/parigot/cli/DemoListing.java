package dev.parigot.cli;

import java.util.List;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** A verb that prints the demos of an app, the newest first. */
abstract class DemoListing extends AppVerb {
  @Option(names = "--json", description = "as JSON")
  private boolean json;

  @Override
  int run() {
    List<JsonNode> demos = platform().all(path("/demos"));
    if (json) {
      printJson(demos);
    } else if (demos.isEmpty()) {
      out().println(app() + " has no demos. Share one: parigot demo create NAME");
    } else {
      Table table = new Table("NAME", "RELEASE", "STATE", "OPENS", "EXPIRES", "ADDRESS");
      demos.forEach(demo ->
          table.row(
              demo.path("name").asString(""),
              demo.path("release").isNumber() ? "v" + demo.path("release").asInt() : "the live one",
              demo.path("state").asString(""),
              demo.path("opens").asString(""),
              demo.path("expires").isString()
                  ? Printable.time(demo.path("expires").asString())
                  : "-",
              demo.path("url").asString("")));
      table.print(out());
    }
    return 0;
  }
}
