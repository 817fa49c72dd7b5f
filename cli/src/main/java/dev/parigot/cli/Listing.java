package dev.parigot.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How many of the newest a verb lists, and how. */
final class Listing {
  private static final int MOST = 100;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec verb = CommandSpec.create();

  @Option(names = "--json", description = "as JSON")
  private boolean json;

  private int limit = 20;

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "N",
      description = "how many, 100 at most (20)")
  void limit(int wanted) {
    if (wanted < 1 || wanted > MOST) {
      throw new ParameterException(verb.commandLine(), "--limit is a number from 1 to " + MOST);
    }
    limit = wanted;
  }

  boolean json() {
    return json;
  }

  /** As the API is asked. */
  String query() {
    return "?limit=" + limit;
  }
}
