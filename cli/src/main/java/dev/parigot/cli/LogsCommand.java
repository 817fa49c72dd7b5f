package dev.parigot.cli;

import dev.parigot.cli.platform.Event;
import dev.parigot.cli.platform.Platform;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code parigot logs}: what the services have written. */
@Command(name = "logs", description = "Prints the app's log, the oldest line first.")
final class LogsCommand extends BranchVerb {
  @Option(names = "--tail", description = "go on with each line as it is written, until Ctrl-C")
  private boolean tail;

  @Option(
      names = {"-n", "--lines"},
      paramLabel = "N",
      defaultValue = "100",
      description = "how many of the newest lines, 1000 at most (100)")
  private int lines = 100;

  @Option(names = "--service", paramLabel = "NAME", description = "of this service alone")
  private @Nullable String service;

  @Option(
      names = "--level",
      paramLabel = "LEVEL",
      description = "of this level and graver ones: trace, debug, info, warn, error")
  private @Nullable String level;

  @Option(names = "--json", description = "a JSON object a line")
  private boolean json;

  @Override
  int run() {
    if (lines < 1 || lines > 1000) {
      throw wrongUsage("--lines is a number from 1 to 1000");
    }
    String query =
        "?limit="
            + lines
            + (service == null ? "" : "&service=" + Platform.encoded(service))
            + (level == null ? "" : "&level=" + Platform.encoded(level));
    if (!tail) {
      platform().get(path("/logs" + query)).path("items").forEach(this::print);
      return 0;
    }
    platform().events(path("/logs" + query + "&follow=true"), null, this::follow);
    errors().println("parigot: the log ended: the app was deleted, or the platform stopped");
    return Parigot.BROKEN;
  }

  private void follow(Event event) {
    if (event.name().equals("missed")) {
      errors().println("parigot: " + event.data() + " lines came too fast and are left out");
      return;
    }
    print(JsonMapper.shared().readTree(event.data()));
    out().flush();
  }

  private void print(JsonNode line) {
    if (json) {
      out().println(JsonMapper.shared().writeValueAsString(line));
      return;
    }
    String message = line.path("message").asString().stripTrailing();
    String head =
        "%s %-5s %s: "
            .formatted(
                Printable.time(line.path("at").asString()),
                line.path("level").asString(),
                line.path("instance").asString(line.path("service").asString()));
    // What is written in one go stays together, under its head.
    boolean first = true;
    for (String part : message.split("\n", -1)) {
      out().println((first ? head : " ".repeat(head.length())) + Printable.of(part));
      first = false;
    }
  }
}
