package dev.parigot.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** A verb that prints the branches of an app in staging. */
abstract class StagingListing extends AppVerb {
  @Option(names = "--json", description = "as JSON")
  private boolean json;

  @Override
  int run() {
    List<JsonNode> branches = platform().all(path("/staging"));
    if (json) {
      printJson(branches);
    } else if (branches.isEmpty()) {
      out()
          .println(
              app() + " has no branch in staging. Push one, or: parigot deploy --branch BRANCH");
    } else {
      Table table = new Table("BRANCH", "RELEASE", "AT", "BY", "DIFFERENT", "ADDRESS");
      branches.forEach(branch -> row(table, branch));
      table.print(out());
    }
    return 0;
  }

  private static void row(Table table, JsonNode branch) {
    JsonNode live = branch.path("live");
    table.row(
        branch.path("branch").asString(""),
        live.isObject() ? "v" + live.path("number").asInt() : "-",
        live.isObject() ? Printable.time(live.path("at").asString()) : "-",
        live.path("by").asString("-"),
        live.isObject() ? different(branch.path("difference")) : "-",
        branch.path("url").asString(""));
  }

  /** What is not as in production, in few words. */
  private static String different(JsonNode difference) {
    List<String> parts = new ArrayList<>();
    difference
        .path("services")
        .forEach(service ->
            parts.add(
                word(service.path("change").asString(""))
                    + " "
                    + service.path("name").asString("")));
    tell(parts, "site: %d of its files", count(difference.path("site"), StagingListing::files));
    tell(parts, "config: %d keys", count(difference.path("config"), JsonNode::size));
    tell(parts, "queues: %d", count(difference.path("queues"), JsonNode::size));
    tell(parts, "schedules: %d", count(difference.path("cron"), JsonNode::size));
    tell(parts, "channels: %d", count(difference.path("channels"), JsonNode::size));
    tell(parts, "sign-in: %d", count(difference.path("signIn"), JsonNode::size));
    JsonNode outbound = difference.path("outbound");
    int hosts = outbound.path("gained").size() + outbound.path("lost").size();
    tell(parts, "outbound: %d hosts", hosts);
    return parts.isEmpty() ? "nothing" : String.join(", ", parts);
  }

  private static String word(String change) {
    return change.equals("settings") ? "settings of" : change;
  }

  private static int count(JsonNode changes, ToIntFunction<JsonNode> size) {
    return Stream.of("added", "changed", "removed").map(changes::path).mapToInt(size).sum();
  }

  private static int files(JsonNode files) {
    return files.path("count").asInt(0);
  }

  private static void tell(List<String> parts, String words, int count) {
    if (count > 0) {
      parts.add(words.formatted(count));
    }
  }
}
