package dev.parigot.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code parigot config}: what the app is configured with, beside the defaults of its manifest. */
@Command(
    name = "config",
    description = {
      "Lists the app's configuration as KEY=VALUE; the defaults in parigot.toml are not told."
    },
    subcommands = {ConfigCommand.Set.class, ConfigCommand.Unset.class})
final class ConfigCommand extends BranchVerb {
  @Option(names = "--json", description = "as JSON")
  private boolean json;

  @Override
  int run() {
    JsonNode config = platform().get(path("/config"));
    if (json) {
      printJson(config);
    } else if (config.isEmpty()) {
      out()
          .println(
              "Nothing is set for " + subject() + ". Set something: parigot config set KEY=VALUE");
    } else {
      config
          .properties()
          .forEach(each ->
              out().println(each.getKey() + "=" + Printable.of(each.getValue().asString())));
    }
    return 0;
  }

  /** {@code parigot config set}. */
  @Command(name = "set", description = "Sets keys. A live release is made again with them.")
  static final class Set extends Change {
    @Parameters(paramLabel = "KEY=VALUE", arity = "1..*", description = "what to set")
    private List<String> pairs = List.of();

    @Override
    Map<String, @Nullable String> changes() {
      Map<String, @Nullable String> changes = new LinkedHashMap<>();
      for (String pair : pairs) {
        int equals = pair.indexOf('=');
        if (equals < 1) {
          throw wrongUsage("\"" + pair + "\" is not KEY=VALUE");
        }
        changes.put(pair.substring(0, equals), pair.substring(equals + 1));
      }
      return changes;
    }
  }

  /** {@code parigot config unset}. */
  @Command(name = "unset", description = "Removes keys. A live release is made again without them.")
  static final class Unset extends Change {
    @Parameters(paramLabel = "KEY", arity = "1..*", description = "what to remove")
    private List<String> keys = List.of();

    @Override
    Map<String, @Nullable String> changes() {
      Map<String, @Nullable String> changes = new LinkedHashMap<>();
      keys.forEach(key -> changes.put(key, null));
      return changes;
    }
  }

  /** What changes the configuration, and with it the live release. */
  abstract static class Change extends BranchVerb {
    abstract Map<String, @Nullable String> changes();

    @Override
    final int run() {
      Map<String, @Nullable String> changes = changes();
      var _ = platform().patch(path("/config"), changes);
      JsonNode newest = platform().get(path("/releases?limit=1")).path("items").path(0);
      boolean live = newest.path("state").asString("").equals("live");
      out()
          .println(
              "Changed %s: %s"
                  .formatted(
                      String.join(", ", changes.keySet()),
                      live
                          ? "v" + newest.path("number").asInt() + " is live with it."
                          : "the first release will have it."));
      return 0;
    }
  }
}
