package dev.parigot.cli;

import java.io.Console;
import java.io.IOException;
import java.io.UncheckedIOException;
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
    List<JsonNode> secrets = platform().all(path("/secrets"));
    if (json) {
      printJson(config);
    } else if (config.isEmpty() && secrets.isEmpty()) {
      out()
          .println(
              "Nothing is set for " + subject() + ". Set something: parigot config set KEY=VALUE");
    } else {
      config
          .properties()
          .forEach(each ->
              out().println(each.getKey() + "=" + Printable.of(each.getValue().asString())));
      secrets.forEach(each ->
          out()
              .println(
                  "%s is a secret, set %s by %s"
                      .formatted(
                          each.path("name").asString(),
                          each.path("setAt").asString(),
                          Printable.of(each.path("by").asString()))));
    }
    return 0;
  }

  /** {@code parigot config set}. */
  @Command(name = "set", description = "Sets keys. A live release is made again with them.")
  static final class Set extends Change {
    @Parameters(
        paramLabel = "KEY=VALUE",
        arity = "1..*",
        description = "what to set; of a secret KEY alone will do: its value is asked for")
    private List<String> pairs = List.of();

    @Override
    Map<String, @Nullable String> changes() {
      Map<String, @Nullable String> changes = new LinkedHashMap<>();
      for (String pair : pairs) {
        int equals = pair.indexOf('=');
        if (equals < 0 && isSecret()) {
          changes.put(pair, asked(pair));
        } else if (equals < 1) {
          throw wrongUsage("\"" + pair + "\" is not KEY=VALUE");
        } else {
          changes.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
      }
      return changes;
    }

    /** So that it gets into no list of commands. */
    private String asked(String key) {
      Console console = System.console();
      char[] typed =
          console != null && console.isTerminal()
              ? console.readPassword("Value of %s: ", key)
              : null;
      if (typed != null) {
        return new String(typed);
      }
      try {
        String line = parigot().input().readLine();
        if (line == null) {
          throw new UserMistake("the standard input has no line for the value of " + key);
        }
        return line;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
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
    @Option(
        names = "--secret",
        description = "values that nobody can read afterwards, but for the app's services")
    private boolean secret;

    final boolean isSecret() {
      return secret;
    }

    abstract Map<String, @Nullable String> changes();

    @Override
    final int run() {
      Map<String, @Nullable String> changes = changes();
      var _ = platform().patch(path(secret ? "/secrets" : "/config"), changes);
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
